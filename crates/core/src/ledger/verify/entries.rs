//! Checks of a single entry, and of its references to earlier entries.

use super::super::commitment::Field;
use super::super::entry::{Answer, Entry, Removal};
use super::super::export::EntryLine;
use super::super::hash::Hash;
use super::super::problem::{Finding, Kind, Mentioned, Place};
use super::super::report::{Kept, Listed, Removed};
use super::super::tree::leaf;
use super::{Stage, Verifier};

impl Verifier {
    pub(super) fn entry(&mut self, line: EntryLine) {
        self.entries += 1;
        if self.stage != Stage::Days {
            self.find(Place::Line(self.lines), Finding::Misplaced);
        }
        let last = self.report.days.iter().enumerate().next_back();
        let Some((day_index, day)) = last else {
            return;
        };
        let (index, day) = (day.entries.len(), day.seal.day);
        let leaf = leaf(&line.entry);
        let entry = Entry::parse(&line.entry).ok();
        let mentioned = Mentioned {
            day,
            position: index as u64 + 1,
            kind: entry.as_ref().map_or(Kind::Unknown, Kind::of),
            clause: entry.as_ref().and_then(|entry| self.clause_of(entry)),
        };
        let place = || Place::Entry(mentioned.clone());
        if let Some(first) = self.listed(leaf) {
            let first = first.mentioned.clone();
            self.find(place(), Finding::Repeated(first));
        }
        let mut fields = Vec::new();
        match &entry {
            None => self.find(place(), Finding::NotCanonical),
            Some(entry) => {
                self.facts(entry, &place());
                fields = self.fields(entry, &line, &place());
            }
        }
        self.places.entry(leaf).or_insert((day_index, index));
        if let Some(day) = self.report.days.last_mut() {
            day.entries.push(Listed { leaf, mentioned, fields });
        }
    }

    fn listed(&self, leaf: Hash) -> Option<&Listed> {
        let (day, index) = *self.places.get(&leaf)?;
        self.report.days.get(day)?.entries.get(index)
    }

    fn clause_of(&self, entry: &Entry) -> Option<String> {
        match entry {
            Entry::Comment(comment) => Some(comment.clause.clone()),
            Entry::Answer(answer) => self.listed(answer.to)?.mentioned.clause.clone(),
            Entry::Removal(_) => None,
        }
    }

    /// Checks that the entry belongs to the draft and to its day, and that it refers to suitable entries.
    fn facts(&mut self, entry: &Entry, place: &Place) {
        if self.report.draft.as_ref().is_some_and(|draft| draft != entry.draft()) {
            self.find(place.clone(), Finding::OtherDraft(entry.draft().to_owned()));
        }
        if self.report.last_seal().is_some_and(|seal| entry.at().day() > seal.day) {
            self.find(place.clone(), Finding::LaterThanDay);
        }
        match entry {
            Entry::Comment(_) => {}
            Entry::Answer(answer) => self.answer(answer, place),
            Entry::Removal(removal) => self.removal(removal, place),
        }
    }

    fn answer(&mut self, answer: &Answer, place: &Place) {
        match self.listed(answer.to).map(|comment| comment.mentioned.kind) {
            None => self.find(place.clone(), Finding::NamesNothing),
            Some(Kind::Comment) => {}
            Some(_) => self.find(place.clone(), Finding::NamesUnfit),
        }
    }

    fn removal(&mut self, removal: &Removal, place: &Place) {
        let Removal { field, removed: at, reason, .. } = *removal;
        let Some(&(day, index)) = self.places.get(&removal.of) else {
            return self.find(place.clone(), Finding::NamesNothing);
        };
        let day = self.report.days.get_mut(day);
        let Some(listed) = day.and_then(|day| day.entries.get_mut(index)) else {
            return;
        };
        let from = listed.mentioned.clone();
        let kept = listed.fields.iter_mut().find(|(its, _)| *its == field).map(|(_, kept)| kept);
        match kept {
            None => return self.find(place.clone(), Finding::NamesUnfit),
            Some(Kept::Public | Kept::Withheld) => {
                return self.find(Place::Entry(from), Finding::StillThere(field));
            }
            Some(kept) => *kept = Kept::Removed,
        }
        self.report.removals.push(Removed { from, field, at, reason });
    }

    /// Checks the values of an entry, and returns the state of each field to which it commits.
    fn fields(&mut self, entry: &Entry, line: &EntryLine, place: &Place) -> Vec<(Field, Kept)> {
        let commitments = entry.commitments();
        for field in Field::ALL {
            let is_spoken_of = line.values.get(field).is_some()
                || line.withheld.contains(&field)
                || line.removed.contains(&field);
            if is_spoken_of && commitments.iter().all(|(its, _)| *its != field) {
                self.find(place.clone(), Finding::Foreign(field));
            }
        }
        let mut fields = Vec::with_capacity(commitments.len());
        for (field, commitment) in commitments {
            let opened = line.values.get(field);
            if opened.is_some_and(|opened| !opened.opens(field, commitment)) {
                self.find(place.clone(), Finding::Altered(field));
            }
            let kept = match (opened, line.withheld.contains(&field), line.removed.contains(&field))
            {
                (Some(_), false, false) => Kept::Public,
                (None, true, false) => Kept::Withheld,
                (None, false, true) => Kept::RemovalWaits,
                (None, false, false) => Kept::Absent,
                _ => {
                    self.find(place.clone(), Finding::Contradictory(field));
                    Kept::Public
                }
            };
            fields.push((field, kept));
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::export::{Line, Values};
    use super::super::super::samples::{
        answer, check, comment, comment_at, day, entry_at, erased, export, found, removal, sound,
    };
    use super::super::super::{Asked, Problem};
    use super::*;

    #[test]
    fn a_text_withheld_is_no_problem_and_one_that_is_simply_not_there_is() {
        let mut days = sound();
        let redacted = &mut days[0].1[1];
        redacted.values = Values::default();
        redacted.withheld.push(Field::Text);
        assert_eq!(found(&export(&days)), []);
        days[0].1[1].withheld.clear();
        let absent =
            [Field::Text, Field::Name].map(|field| (comment_at(2), Finding::Absent(field)));
        assert_eq!(found(&export(&days)), absent);
    }

    #[test]
    fn a_value_erased_before_its_day_was_sealed_is_no_problem() {
        let one = comment(2, "dieu-5", "Một");
        let gone = [Field::Text, Field::Name].map(|field| removal(2, &one, field, Asked::Sender));
        let one = erased(&erased(&one, Field::Text), Field::Name);
        let report = check(&export(&[(2, [vec![one], gone.to_vec()].concat())]));
        assert_eq!(report.problems, []);
        assert_eq!(report.removals.len(), 2);
    }

    #[test]
    fn a_value_erased_today_waits_for_its_removal_to_be_sealed() {
        let mut days = sound();
        days[0].1[1].withheld.clear();
        days[0].1[1].removed.push(Field::Name);
        let mut lines = export(&days);
        let too_few = Finding::TooFewWaiting { removals: 1, unsealed: 0 };
        assert_eq!(found(&lines), [(Place::Record, too_few)]);
        let unsealed = lines.len() - 2;
        lines[unsealed] = Line::Unsealed { unsealed: 1 };
        let report = check(&lines);
        assert_eq!(report.problems, []);
        let waiting: Vec<_> = report.values(Kept::RemovalWaits).collect();
        assert!(matches!(waiting[..], [(entry, Field::Name)] if entry.position == 2));
    }

    #[test]
    fn a_value_that_is_there_although_it_was_removed_is_found() {
        let mut days = sound();
        days[0].1[0].withheld.push(Field::Name);
        let report = check(&export(&days));
        assert_eq!(
            report.problems,
            [Problem::new(comment_at(1), Finding::StillThere(Field::Name))]
        );
        assert_eq!(report.removals, []);
    }

    #[test]
    fn an_entry_names_only_what_it_can() {
        let one = comment(2, "dieu-5", "Một");
        let reply = answer(2, &one, "Có.");
        let days = [
            (2, vec![reply.clone(), one.clone()]),
            (
                3,
                vec![
                    answer(3, &reply, "Không."),
                    removal(3, &one, Field::Answer, Asked::Office),
                    removal(3, &comment(2, "", "Hai"), Field::Text, Asked::Office),
                ],
            ),
        ];
        assert_eq!(
            found(&export(&days)),
            [
                (entry_at(2, 1, Kind::Answer, None), Finding::NamesNothing),
                (entry_at(3, 1, Kind::Answer, None), Finding::NamesUnfit),
                (entry_at(3, 2, Kind::Removal, None), Finding::NamesUnfit),
                (entry_at(3, 3, Kind::Removal, None), Finding::NamesNothing),
            ]
        );
    }

    #[test]
    fn entries_that_cannot_be_as_they_are_are_found() {
        let mut one = comment(2, "dieu-5", "Một");
        let first = Mentioned {
            day: day(2),
            position: 1,
            kind: Kind::Comment,
            clause: Some("dieu-5".into()),
        };
        one.withheld.push(Field::Text);
        one.withheld.push(Field::Changed);
        let mut other_draft = comment(2, "dieu-5", "Hai");
        other_draft.entry = other_draft.entry.replace("du-thao-1", "du-thao-2");
        let mut spaced = comment(2, "dieu-5", "Ba");
        spaced.entry = spaced.entry.replace(',', ", ");
        let again = comment(2, "dieu-5", "Một");
        let days = [(2, vec![one, other_draft, spaced, again, comment(3, "dieu-5", "Bốn")])];
        assert_eq!(
            found(&export(&days)),
            [
                (comment_at(1), Finding::Foreign(Field::Changed)),
                (comment_at(1), Finding::Contradictory(Field::Text)),
                (comment_at(2), Finding::OtherDraft("du-thao-2".into())),
                (entry_at(2, 3, Kind::Unknown, None), Finding::NotCanonical),
                (comment_at(4), Finding::Repeated(first)),
                (comment_at(5), Finding::LaterThanDay),
            ]
        );
    }
}
