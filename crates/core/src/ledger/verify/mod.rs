//! Verifies an export line by line and reports all problems. It keeps hashes in memory, but no texts.

mod entries;

use std::collections::HashMap;

use super::export::{Header, Line};
use super::hash::Hash;
use super::problem::{Finding, Place, Problem};
use super::report::{Day, Kept, Report};
use super::seal::Seal;
use super::tree::root;

/// Verifies a whole export.
pub fn verify<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> Report {
    let mut verifier = Verifier::default();
    lines.into_iter().for_each(|line| verifier.line(line));
    verifier.finish()
}

/// A verification that takes one line after the other.
#[derive(Default)]
pub struct Verifier {
    report: Report,
    /// The number of lines so far.
    lines: u64,
    /// The number of entries so far.
    entries: u64,
    stage: Stage,
    /// The place of each entry by its leaf: the index of its day, and its index within the day.
    places: HashMap<Hash, (usize, usize)>,
}

/// The stage of the export. Each kind of line belongs to one stage.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    #[default]
    Start,
    Header,
    Days,
    Unsealed,
    End,
}

impl Verifier {
    /// Takes the next line, with or without its line break.
    pub fn line(&mut self, line: &[u8]) {
        self.lines += 1;
        let line = Line::parse(line);
        if self.lines == 1 && !matches!(line, Some(Line::Header(_))) {
            self.find(Place::Record, Finding::NoHeader);
        }
        match line {
            None => self.find(Place::Line(self.lines), Finding::Unreadable),
            Some(Line::Header(header)) => self.header(header),
            Some(Line::Seal { seal }) => self.seal(seal),
            Some(Line::Entry(entry)) => self.entry(entry),
            Some(Line::Unsealed { unsealed }) => self.unsealed(unsealed),
            Some(Line::End { end }) => self.end(end.entries),
        }
    }

    /// The report, after all lines.
    pub fn finish(mut self) -> Report {
        if self.lines == 0 {
            self.find(Place::Record, Finding::NoHeader);
        }
        self.close_day();
        if self.stage < Stage::End {
            self.find(Place::Record, Finding::NoEnd);
        }
        let absent: Vec<_> = self
            .report
            .values(Kept::Absent)
            .map(|(entry, field)| (entry.clone(), Finding::Absent(field)))
            .collect();
        for (entry, finding) in absent {
            self.find(Place::Entry(entry), finding);
        }
        let (removals, unsealed) =
            (self.report.values(Kept::RemovalWaits).count() as u64, self.report.unsealed);
        if removals > unsealed {
            self.find(Place::Record, Finding::TooFewWaiting { removals, unsealed });
        }
        self.report
    }

    fn find(&mut self, place: Place, finding: Finding) {
        self.report.problems.push(Problem::new(place, finding));
    }

    /// Moves on to the stage of a line. The line is misplaced if its stage is earlier than the current one, or is the
    /// current one and cannot repeat.
    fn enter(&mut self, stage: Stage) {
        let may_repeat = stage == Stage::Days;
        if self.stage < stage || may_repeat && self.stage == stage {
            self.stage = stage;
        } else {
            self.find(Place::Line(self.lines), Finding::Misplaced);
        }
    }

    fn header(&mut self, header: Header) {
        self.enter(Stage::Header);
        if !header.is_known() {
            self.find(Place::Record, Finding::OtherFormat);
        }
        if self.report.draft.is_none() {
            self.report.draft = Some(header.draft);
            self.report.exported = Some(header.exported);
        }
    }

    fn seal(&mut self, seal: Seal) {
        self.close_day();
        self.enter(Stage::Days);
        let previous = self.report.last_seal().copied();
        if previous.is_some_and(|previous| previous.day >= seal.day) {
            self.find(Place::Day(seal.day), Finding::DayOutOfOrder);
        }
        if !seal.follows(previous.as_ref()) {
            self.find(Place::Day(seal.day), Finding::OtherChain);
        }
        self.report.days.push(Day { seal, entries: Vec::new() });
    }

    /// Compares the entries under the last seal with the seal.
    fn close_day(&mut self) {
        let is_open = self.stage == Stage::Days;
        let Some(day) = self.report.days.last().filter(|_| is_open) else {
            return;
        };
        let (sealed, found) = (day.seal.size, day.entries.len() as u64);
        let finding = if found < sealed {
            Finding::TooFew { sealed, found }
        } else if found > sealed {
            Finding::TooMany { sealed, found }
        } else {
            let leaves: Vec<_> = day.entries.iter().map(|entry| entry.leaf).collect();
            if root(&leaves) == day.seal.root {
                return;
            }
            Finding::OtherRoot
        };
        let place = Place::Day(day.seal.day);
        self.find(place, finding);
    }

    fn unsealed(&mut self, unsealed: u64) {
        self.close_day();
        self.enter(Stage::Unsealed);
        self.report.unsealed = unsealed;
    }

    fn end(&mut self, said: u64) {
        self.close_day();
        if self.stage < Stage::Unsealed {
            self.find(Place::Record, Finding::NoUnsealed);
        }
        self.enter(Stage::End);
        let found = self.entries;
        if said != found {
            self.find(Place::Record, Finding::WrongTotal { said, found });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::export::EntryLine;
    use super::super::samples::{check, comment, comment_at, day, entry_at, export, found, sound};
    use super::super::{Asked, Field, Kind, leaf};
    use super::*;

    fn entry_of(line: &mut Line) -> &mut EntryLine {
        match line {
            Line::Entry(entry) => entry,
            _ => panic!("no entry: {line}"),
        }
    }

    fn seal_of(line: &mut Line) -> &mut Seal {
        match line {
            Line::Seal { seal } => seal,
            _ => panic!("no seal: {line}"),
        }
    }

    /// The public text of a comment in this line.
    fn text_of(line: &mut Line) -> &mut String {
        &mut entry_of(line).values.text.as_mut().unwrap().value
    }

    #[test]
    fn a_sound_record_has_facts_and_no_problems() {
        let report = check(&export(&sound()));
        assert_eq!(report.problems, []);
        assert_eq!(report.draft.as_deref(), Some("du-thao-1"));
        let counts = [Kind::Comment, Kind::Answer, Kind::Removal].map(|kind| report.count(kind));
        assert_eq!(counts, [4, 1, 1]);
        assert_eq!(report.values(Kept::Withheld).count(), 3);
        assert_eq!(report.last_seal().unwrap().day, day(3));
        let [removed] = &report.removals[..] else { panic!("{:?}", report.removals) };
        assert_eq!(Place::Entry(removed.from.clone()), comment_at(1));
        assert_eq!((removed.field, removed.reason), (Field::Name, Asked::Sender));
        assert_eq!(removed.at.date_time(), "03/11/2026 12:00:00");
    }

    #[test]
    fn of_one_dropped_one_altered_and_one_erased_by_right_the_first_two_are_found() {
        let mut lines = export(&sound());
        *text_of(&mut lines[3]) = "Hai, đã sửa".into();
        lines.remove(4);
        *lines.last_mut().unwrap() = Line::end(5);
        assert_eq!(
            found(&lines),
            [
                (comment_at(2), Finding::Altered(Field::Text)),
                (Place::Day(day(2)), Finding::TooFew { sealed: 3, found: 2 }),
            ]
        );
    }

    #[test]
    fn a_comment_dropped_with_the_seal_made_to_fit_is_found() {
        let mut lines = export(&sound());
        lines.remove(4);
        *lines.last_mut().unwrap() = Line::end(5);
        seal_of(&mut lines[1]).size = 2;
        let size_adjusted =
            [(Place::Day(day(2)), Finding::OtherChain), (Place::Day(day(2)), Finding::OtherRoot)];
        assert_eq!(found(&lines), size_adjusted);

        let leaves = [2, 3].map(|line| leaf(&entry_of(&mut lines[line]).entry));
        *seal_of(&mut lines[1]) = Seal::next(None, day(2), &leaves);
        assert_eq!(found(&lines), [(Place::Day(day(3)), Finding::OtherChain)]);
    }

    #[test]
    fn an_answered_comment_that_is_dropped_is_missed_by_its_answer() {
        let mut lines = export(&sound());
        lines.remove(3);
        let problems = found(&lines);
        assert!(problems.contains(&(Place::Day(day(2)), Finding::TooFew { sealed: 3, found: 2 })));
        assert!(problems.contains(&(entry_at(3, 2, Kind::Answer, None), Finding::NamesNothing)));
    }

    #[test]
    fn an_entry_altered_together_with_its_value_is_found_by_the_root() {
        let mut lines = export(&sound());
        lines[4] = Line::Entry(comment(2, "dieu-5", "Ba, đã sửa"));
        assert_eq!(found(&lines), [(Place::Day(day(2)), Finding::OtherRoot)]);
    }

    #[test]
    fn entries_that_changed_places_are_found() {
        let mut lines = export(&sound());
        lines.swap(3, 4);
        assert_eq!(found(&lines), [(Place::Day(day(2)), Finding::OtherRoot)]);
    }

    #[test]
    fn an_entry_added_later_is_found() {
        let mut lines = export(&sound());
        lines.insert(5, Line::Entry(comment(2, "dieu-6", "Thêm")));
        *lines.last_mut().unwrap() = Line::end(7);
        let too_many = Finding::TooMany { sealed: 3, found: 4 };
        assert_eq!(found(&lines), [(Place::Day(day(2)), too_many)]);
    }

    #[test]
    fn a_day_that_was_dropped_breaks_the_chain() {
        let mut lines =
            export(&[(2, vec![comment(2, "", "Một")]), (3, vec![comment(3, "", "Hai")])]);
        lines.drain(1..3);
        *lines.last_mut().unwrap() = Line::end(1);
        assert_eq!(found(&lines), [(Place::Day(day(3)), Finding::OtherChain)]);
    }

    #[test]
    fn days_out_of_order_are_found() {
        let days = [(3, vec![comment(3, "", "Một")]), (2, vec![]), (2, vec![])];
        let out_of_order = (Place::Day(day(2)), Finding::DayOutOfOrder);
        assert_eq!(found(&export(&days)), [out_of_order.clone(), out_of_order]);
    }

    #[test]
    fn a_download_that_broke_off_is_found_wherever_it_did() {
        let lines: Vec<_> = export(&sound()).iter().map(Line::to_string).collect();
        let whole = lines.join("\n");
        for length in 0..whole.len() {
            let report = verify(whole.as_bytes()[..length].split(|&byte| byte == b'\n'));
            let no_end = Problem::new(Place::Record, Finding::NoEnd);
            assert!(report.problems.contains(&no_end), "{length} bytes");
        }
        assert_eq!(verify(whole.as_bytes().split(|&byte| byte == b'\n')).problems, []);
    }

    #[test]
    fn lines_that_stand_where_they_may_not_are_found() {
        let lines = export(&sound());
        let twice = [&lines[..], &lines[..1]].concat();
        assert_eq!(found(&twice), [(Place::Line(12), Finding::Misplaced)]);

        let mut entry_first = lines.clone();
        entry_first.swap(1, 2);
        assert!(found(&entry_first).contains(&(Place::Line(2), Finding::Misplaced)));

        let without_header = &lines[1..];
        assert_eq!(found(without_header), [(Place::Record, Finding::NoHeader)]);

        let mut without_unsealed = lines.clone();
        without_unsealed.remove(lines.len() - 2);
        assert_eq!(found(&without_unsealed), [(Place::Record, Finding::NoUnsealed)]);

        let mut other_total = lines.clone();
        *other_total.last_mut().unwrap() = Line::end(7);
        let wrong = Finding::WrongTotal { said: 7, found: 6 };
        assert_eq!(found(&other_total), [(Place::Record, wrong)]);
    }

    #[test]
    fn a_line_that_cannot_be_read_hides_nothing_else() {
        let lines = export(&sound());
        let mut texts: Vec<_> = lines.iter().map(Line::to_string).collect();
        texts[3] = "…".into();
        texts[0] = texts[0].replace("so-cai/1", "so-cai/2");
        let report = verify(texts.iter().map(String::as_bytes));
        let found: Vec<_> = report.problems.iter().map(|problem| &problem.finding).collect();
        assert_eq!(
            found,
            [
                &Finding::OtherFormat,
                &Finding::Unreadable,
                &Finding::TooFew { sealed: 3, found: 2 },
                &Finding::NamesNothing,
                &Finding::WrongTotal { said: 6, found: 5 },
            ]
        );
    }
}
