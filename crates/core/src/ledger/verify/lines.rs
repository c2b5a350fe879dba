//! Verifies an export line by line. Only the hashes of the entries are kept in memory, not their texts.

use super::verifier::{ExportStage, Verifier};
use crate::ledger::export::{ExportHeader, ExportLine};
use crate::ledger::problem::{LedgerFinding, LedgerPlace};
use crate::ledger::report::{DayReport, LedgerReport, ValueState};
use crate::ledger::seal::Seal;
use crate::ledger::tree::root;

/// Verifies a whole export. Its lines may include their line breaks.
pub fn verify<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> LedgerReport {
    let mut verifier = Verifier::default();
    lines.into_iter().for_each(|line| verifier.line(line));
    verifier.finish()
}

impl Verifier {
    /// Verifies the next line of the export, with or without its line break.
    pub fn line(&mut self, line: &[u8]) {
        self.lines += 1;
        let line = ExportLine::parse(line);
        if self.lines == 1 && !matches!(line, Some(ExportLine::Header(_))) {
            self.add_problem(LedgerPlace::Record, LedgerFinding::NoHeader);
        }
        match line {
            None => self.add_problem(LedgerPlace::Line(self.lines), LedgerFinding::Unreadable),
            Some(ExportLine::Header(header)) => self.header(header),
            Some(ExportLine::Seal { seal }) => self.seal(seal),
            Some(ExportLine::Entry(entry)) => self.entry(entry),
            Some(ExportLine::Unsealed { unsealed }) => self.unsealed(unsealed),
            Some(ExportLine::End { end }) => self.end(end.entries),
        }
    }

    /// Ends the verification after the last line, and returns the report.
    pub fn finish(mut self) -> LedgerReport {
        if self.lines == 0 {
            self.add_problem(LedgerPlace::Record, LedgerFinding::NoHeader);
        }
        self.close_day();
        if self.stage < ExportStage::End {
            self.add_problem(LedgerPlace::Record, LedgerFinding::NoEnd);
        }
        let absent: Vec<_> = self
            .report
            .values(ValueState::Absent)
            .map(|(entry, field)| (entry.clone(), LedgerFinding::Absent(field)))
            .collect();
        for (entry, finding) in absent {
            self.add_problem(LedgerPlace::Entry(entry), finding);
        }
        let (removals, unsealed) =
            (self.report.values(ValueState::RemovalWaits).count() as u64, self.report.unsealed);
        if removals > unsealed {
            self.add_problem(
                LedgerPlace::Record,
                LedgerFinding::TooFewWaiting { removals, unsealed },
            );
        }
        self.report
    }

    fn header(&mut self, header: ExportHeader) {
        self.enter(ExportStage::Header);
        if !header.is_known() {
            self.add_problem(LedgerPlace::Record, LedgerFinding::OtherFormat);
        }
        if self.report.draft.is_none() {
            self.report.draft = Some(header.draft);
            self.report.exported = Some(header.exported);
        }
    }

    fn seal(&mut self, seal: Seal) {
        self.close_day();
        self.enter(ExportStage::Days);
        let previous = self.report.last_seal().copied();
        if previous.is_some_and(|previous| previous.day >= seal.day) {
            self.add_problem(LedgerPlace::Day(seal.day), LedgerFinding::DayOutOfOrder);
        }
        if !seal.follows(previous.as_ref()) {
            self.add_problem(LedgerPlace::Day(seal.day), LedgerFinding::OtherChain);
        }
        self.report.days.push(DayReport { seal, entries: Vec::new() });
    }

    /// Called after the last entry of a day: compares the day's seal with the entries that were read after this seal.
    fn close_day(&mut self) {
        let is_open = self.stage == ExportStage::Days;
        let Some(day) = self.report.days.last().filter(|_| is_open) else {
            return;
        };
        let (sealed, found) = (day.seal.size, day.entries.len() as u64);
        let finding = if found < sealed {
            LedgerFinding::TooFew { sealed, found }
        } else if found > sealed {
            LedgerFinding::TooMany { sealed, found }
        } else {
            let leaves: Vec<_> = day.entries.iter().map(|entry| entry.leaf).collect();
            if root(&leaves) == day.seal.root {
                return;
            }
            LedgerFinding::OtherRoot
        };
        let place = LedgerPlace::Day(day.seal.day);
        self.add_problem(place, finding);
    }

    fn unsealed(&mut self, unsealed: u64) {
        self.close_day();
        self.enter(ExportStage::Unsealed);
        self.report.unsealed = unsealed;
    }

    fn end(&mut self, said: u64) {
        self.close_day();
        if self.stage < ExportStage::Unsealed {
            self.add_problem(LedgerPlace::Record, LedgerFinding::NoUnsealed);
        }
        self.enter(ExportStage::End);
        let found = self.entries;
        if said != found {
            self.add_problem(LedgerPlace::Record, LedgerFinding::WrongTotal { said, found });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::export::EntryLine;
    use crate::ledger::problem::LedgerProblem;
    use crate::ledger::samples::{check, comment, comment_at, day, entry_at, export, found, sound};
    use crate::ledger::{EntryKind, LedgerField, RemovalRequester, leaf};

    fn entry_of(line: &mut ExportLine) -> &mut EntryLine {
        match line {
            ExportLine::Entry(entry) => entry,
            _ => panic!("no entry: {line}"),
        }
    }

    fn seal_of(line: &mut ExportLine) -> &mut Seal {
        match line {
            ExportLine::Seal { seal } => seal,
            _ => panic!("no seal: {line}"),
        }
    }

    /// The text of the comment in this line, which must be public.
    fn text_of(line: &mut ExportLine) -> &mut String {
        &mut entry_of(line).values.text.as_mut().unwrap().value
    }

    #[test]
    fn valid_ledger_has_no_problems() {
        let report = check(&export(&sound()));
        assert_eq!(report.problems, []);
        assert_eq!(report.draft.as_deref(), Some("du-thao-1"));
        let counts = [EntryKind::Comment, EntryKind::Answer, EntryKind::Removal]
            .map(|kind| report.count(kind));
        assert_eq!(counts, [4, 1, 1]);
        assert_eq!(report.values(ValueState::Withheld).count(), 3);
        assert_eq!(report.last_seal().unwrap().day, day(3));
        let [removed] = &report.removals[..] else { panic!("{:?}", report.removals) };
        assert_eq!(LedgerPlace::Entry(removed.from.clone()), comment_at(1));
        assert_eq!((removed.field, removed.reason), (LedgerField::Name, RemovalRequester::Sender));
        assert_eq!(removed.at.date_time(), "03/11/2026 12:00:00");
    }

    #[test]
    fn missing_entry_and_altered_text_are_reported() {
        let mut lines = export(&sound());
        *text_of(&mut lines[3]) = "Hai, đã sửa".into();
        lines.remove(4);
        *lines.last_mut().unwrap() = ExportLine::end(5);
        assert_eq!(
            found(&lines),
            [
                (comment_at(2), LedgerFinding::Altered(LedgerField::Text)),
                (LedgerPlace::Day(day(2)), LedgerFinding::TooFew { sealed: 3, found: 2 }),
            ]
        );
    }

    #[test]
    fn missing_entry_with_adjusted_seal_is_reported() {
        let mut lines = export(&sound());
        lines.remove(4);
        *lines.last_mut().unwrap() = ExportLine::end(5);
        seal_of(&mut lines[1]).size = 2;
        let size_adjusted = [
            (LedgerPlace::Day(day(2)), LedgerFinding::OtherChain),
            (LedgerPlace::Day(day(2)), LedgerFinding::OtherRoot),
        ];
        assert_eq!(found(&lines), size_adjusted);

        let leaves = [2, 3].map(|line| leaf(&entry_of(&mut lines[line]).entry));
        *seal_of(&mut lines[1]) = Seal::next(None, day(2), &leaves);
        assert_eq!(found(&lines), [(LedgerPlace::Day(day(3)), LedgerFinding::OtherChain)]);
    }

    #[test]
    fn answer_to_a_missing_comment_is_reported() {
        let mut lines = export(&sound());
        lines.remove(3);
        let problems = found(&lines);
        assert!(
            problems.contains(&(
                LedgerPlace::Day(day(2)),
                LedgerFinding::TooFew { sealed: 3, found: 2 }
            ))
        );
        assert!(
            problems
                .contains(&(entry_at(3, 2, EntryKind::Answer, None), LedgerFinding::NamesNothing))
        );
    }

    #[test]
    fn replaced_entry_changes_the_root() {
        let mut lines = export(&sound());
        lines[4] = ExportLine::Entry(comment(2, "dieu-5", "Ba, đã sửa"));
        assert_eq!(found(&lines), [(LedgerPlace::Day(day(2)), LedgerFinding::OtherRoot)]);
    }

    #[test]
    fn reordered_entries_change_the_root() {
        let mut lines = export(&sound());
        lines.swap(3, 4);
        assert_eq!(found(&lines), [(LedgerPlace::Day(day(2)), LedgerFinding::OtherRoot)]);
    }

    #[test]
    fn inserted_entry_is_reported() {
        let mut lines = export(&sound());
        lines.insert(5, ExportLine::Entry(comment(2, "dieu-6", "Thêm")));
        *lines.last_mut().unwrap() = ExportLine::end(7);
        let too_many = LedgerFinding::TooMany { sealed: 3, found: 4 };
        assert_eq!(found(&lines), [(LedgerPlace::Day(day(2)), too_many)]);
    }

    #[test]
    fn missing_day_breaks_the_chain() {
        let mut lines =
            export(&[(2, vec![comment(2, "", "Một")]), (3, vec![comment(3, "", "Hai")])]);
        lines.drain(1..3);
        *lines.last_mut().unwrap() = ExportLine::end(1);
        assert_eq!(found(&lines), [(LedgerPlace::Day(day(3)), LedgerFinding::OtherChain)]);
    }

    #[test]
    fn days_out_of_order_are_reported() {
        let days = [(3, vec![comment(3, "", "Một")]), (2, vec![]), (2, vec![])];
        let out_of_order = (LedgerPlace::Day(day(2)), LedgerFinding::DayOutOfOrder);
        assert_eq!(found(&export(&days)), [out_of_order.clone(), out_of_order]);
    }

    #[test]
    fn incomplete_download_is_reported_at_every_length() {
        let lines: Vec<_> = export(&sound()).iter().map(ExportLine::to_string).collect();
        let whole = lines.join("\n");
        for length in 0..whole.len() {
            let report = verify(whole.as_bytes()[..length].split(|&byte| byte == b'\n'));
            let no_end = LedgerProblem::new(LedgerPlace::Record, LedgerFinding::NoEnd);
            assert!(report.problems.contains(&no_end), "{length} bytes");
        }
        assert_eq!(verify(whole.as_bytes().split(|&byte| byte == b'\n')).problems, []);
    }

    #[test]
    fn misplaced_and_missing_lines_are_reported() {
        let lines = export(&sound());
        let twice = [&lines[..], &lines[..1]].concat();
        assert_eq!(found(&twice), [(LedgerPlace::Line(12), LedgerFinding::Misplaced)]);

        let mut entry_first = lines.clone();
        entry_first.swap(1, 2);
        assert!(found(&entry_first).contains(&(LedgerPlace::Line(2), LedgerFinding::Misplaced)));

        let without_header = &lines[1..];
        assert_eq!(found(without_header), [(LedgerPlace::Record, LedgerFinding::NoHeader)]);

        let mut without_unsealed = lines.clone();
        without_unsealed.remove(lines.len() - 2);
        assert_eq!(found(&without_unsealed), [(LedgerPlace::Record, LedgerFinding::NoUnsealed)]);

        let mut other_total = lines.clone();
        *other_total.last_mut().unwrap() = ExportLine::end(7);
        let wrong = LedgerFinding::WrongTotal { said: 7, found: 6 };
        assert_eq!(found(&other_total), [(LedgerPlace::Record, wrong)]);
    }

    #[test]
    fn unreadable_line_does_not_hide_other_problems() {
        let lines = export(&sound());
        let mut texts: Vec<_> = lines.iter().map(ExportLine::to_string).collect();
        texts[3] = "…".into();
        texts[0] = texts[0].replace("so-cai/1", "so-cai/2");
        let report = verify(texts.iter().map(String::as_bytes));
        let found: Vec<_> = report.problems.iter().map(|problem| &problem.finding).collect();
        assert_eq!(
            found,
            [
                &LedgerFinding::OtherFormat,
                &LedgerFinding::Unreadable,
                &LedgerFinding::TooFew { sealed: 3, found: 2 },
                &LedgerFinding::NamesNothing,
                &LedgerFinding::WrongTotal { said: 6, found: 5 },
            ]
        );
    }
}
