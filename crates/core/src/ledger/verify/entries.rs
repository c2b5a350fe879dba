//! Checks of a single entry, and of its references to earlier entries.

use super::verifier::{ExportStage, Verifier};
use crate::ledger::commitment::LedgerField;
use crate::ledger::entry::{AnswerEntry, LedgerEntry, RemovalEntry};
use crate::ledger::export::EntryLine;
use crate::ledger::hash::Hash;
use crate::ledger::problem::{EntryKind, EntryReference, LedgerFinding, LedgerPlace};
use crate::ledger::report::{EntryReport, ValueRemoval, ValueState};
use crate::ledger::tree::leaf;

impl Verifier {
    pub(super) fn entry(&mut self, line: EntryLine) {
        self.entries += 1;
        if self.stage != ExportStage::Days {
            self.add_problem(LedgerPlace::Line(self.lines), LedgerFinding::Misplaced);
        }
        let last = self.report.days.iter().enumerate().next_back();
        let Some((day_index, day)) = last else {
            return;
        };
        let (index, day) = (day.entries.len(), day.seal.day);
        let leaf = leaf(&line.entry);
        let entry = LedgerEntry::parse(&line.entry).ok();
        let reference = EntryReference {
            day,
            position: index as u64 + 1,
            kind: entry.as_ref().map_or(EntryKind::Unknown, EntryKind::of),
            clause: entry.as_ref().and_then(|entry| self.clause_of(entry)),
        };
        let place = || LedgerPlace::Entry(reference.clone());
        if let Some(first) = self.listed(leaf) {
            let first = first.reference.clone();
            self.add_problem(place(), LedgerFinding::Repeated(first));
        }
        let mut fields = Vec::new();
        match &entry {
            None => self.add_problem(place(), LedgerFinding::NotCanonical),
            Some(entry) => {
                self.facts(entry, &place());
                fields = self.fields(entry, &line, &place());
            }
        }
        self.places.entry(leaf).or_insert((day_index, index));
        if let Some(day) = self.report.days.last_mut() {
            day.entries.push(EntryReport { leaf, reference, fields });
        }
    }

    fn listed(&self, leaf: Hash) -> Option<&EntryReport> {
        let (day, index) = *self.places.get(&leaf)?;
        self.report.days.get(day)?.entries.get(index)
    }

    fn clause_of(&self, entry: &LedgerEntry) -> Option<String> {
        match entry {
            LedgerEntry::Comment(comment) => Some(comment.clause.clone()),
            LedgerEntry::Answer(answer) => self.listed(answer.to)?.reference.clause.clone(),
            LedgerEntry::Removal(_) => None,
        }
    }

    /// Checks that the entry belongs to the draft and to its day, and that the entries to which it refers exist and are
    /// of the right kind.
    fn facts(&mut self, entry: &LedgerEntry, place: &LedgerPlace) {
        if self.report.draft.as_ref().is_some_and(|draft| draft != entry.draft()) {
            self.add_problem(place.clone(), LedgerFinding::OtherDraft(entry.draft().to_owned()));
        }
        if self.report.last_seal().is_some_and(|seal| entry.at().day() > seal.day) {
            self.add_problem(place.clone(), LedgerFinding::LaterThanDay);
        }
        match entry {
            LedgerEntry::Comment(_) => {}
            LedgerEntry::Answer(answer) => self.answer(answer, place),
            LedgerEntry::Removal(removal) => self.removal(removal, place),
        }
    }

    fn answer(&mut self, answer: &AnswerEntry, place: &LedgerPlace) {
        match self.listed(answer.to).map(|comment| comment.reference.kind) {
            None => self.add_problem(place.clone(), LedgerFinding::NamesNothing),
            Some(EntryKind::Comment) => {}
            Some(_) => self.add_problem(place.clone(), LedgerFinding::NamesUnfit),
        }
    }

    fn removal(&mut self, removal: &RemovalEntry, place: &LedgerPlace) {
        let RemovalEntry { field, removed: at, reason, .. } = *removal;
        let Some(&(day, index)) = self.places.get(&removal.of) else {
            return self.add_problem(place.clone(), LedgerFinding::NamesNothing);
        };
        let day = self.report.days.get_mut(day);
        let Some(listed) = day.and_then(|day| day.entries.get_mut(index)) else {
            return;
        };
        let from = listed.reference.clone();
        let kept = listed.fields.iter_mut().find(|(its, _)| *its == field).map(|(_, kept)| kept);
        match kept {
            None => return self.add_problem(place.clone(), LedgerFinding::NamesUnfit),
            Some(ValueState::Public | ValueState::Withheld) => {
                return self
                    .add_problem(LedgerPlace::Entry(from), LedgerFinding::StillThere(field));
            }
            Some(kept) => *kept = ValueState::Removed,
        }
        self.report.removals.push(ValueRemoval { from, field, at, reason });
    }

    /// Checks the values in the line of an entry, and returns the state of each field that the entry contains as a
    /// commitment.
    fn fields(
        &mut self,
        entry: &LedgerEntry,
        line: &EntryLine,
        place: &LedgerPlace,
    ) -> Vec<(LedgerField, ValueState)> {
        let commitments = entry.commitments();
        for field in LedgerField::ALL {
            let is_spoken_of = line.values.get(field).is_some()
                || line.withheld.contains(&field)
                || line.removed.contains(&field);
            if is_spoken_of && commitments.iter().all(|(its, _)| *its != field) {
                self.add_problem(place.clone(), LedgerFinding::Foreign(field));
            }
        }
        let mut fields = Vec::with_capacity(commitments.len());
        for (field, commitment) in commitments {
            let opened = line.values.get(field);
            if opened.is_some_and(|opened| !opened.opens(field, commitment)) {
                self.add_problem(place.clone(), LedgerFinding::Altered(field));
            }
            let kept = match (opened, line.withheld.contains(&field), line.removed.contains(&field))
            {
                (Some(_), false, false) => ValueState::Public,
                (None, true, false) => ValueState::Withheld,
                (None, false, true) => ValueState::RemovalWaits,
                (None, false, false) => ValueState::Absent,
                _ => {
                    self.add_problem(place.clone(), LedgerFinding::Contradictory(field));
                    ValueState::Public
                }
            };
            fields.push((field, kept));
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::export::{ExportLine, PublicValues};
    use crate::ledger::samples::{
        answer, check, comment, comment_at, day, entry_at, erased, export, found, removal, sound,
    };
    use crate::ledger::{LedgerProblem, RemovalRequester};

    #[test]
    fn withheld_values_are_accepted_and_absent_ones_reported() {
        let mut days = sound();
        let redacted = &mut days[0].1[1];
        redacted.values = PublicValues::default();
        redacted.withheld.push(LedgerField::Text);
        assert_eq!(found(&export(&days)), []);
        days[0].1[1].withheld.clear();
        let absent = [LedgerField::Text, LedgerField::Name]
            .map(|field| (comment_at(2), LedgerFinding::Absent(field)));
        assert_eq!(found(&export(&days)), absent);
    }

    #[test]
    fn removal_on_the_day_of_the_entry_is_accepted() {
        let one = comment(2, "dieu-5", "Một");
        let gone = [LedgerField::Text, LedgerField::Name]
            .map(|field| removal(2, &one, field, RemovalRequester::Sender));
        let one = erased(&erased(&one, LedgerField::Text), LedgerField::Name);
        let report = check(&export(&[(2, [vec![one], gone.to_vec()].concat())]));
        assert_eq!(report.problems, []);
        assert_eq!(report.removals.len(), 2);
    }

    #[test]
    fn removal_that_waits_for_its_seal_is_accepted() {
        let mut days = sound();
        days[0].1[1].withheld.clear();
        days[0].1[1].removed.push(LedgerField::Name);
        let mut lines = export(&days);
        let too_few = LedgerFinding::TooFewWaiting { removals: 1, unsealed: 0 };
        assert_eq!(found(&lines), [(LedgerPlace::Record, too_few)]);
        let unsealed = lines.len() - 2;
        lines[unsealed] = ExportLine::Unsealed { unsealed: 1 };
        let report = check(&lines);
        assert_eq!(report.problems, []);
        let waiting: Vec<_> = report.values(ValueState::RemovalWaits).collect();
        assert!(matches!(waiting[..], [(entry, LedgerField::Name)] if entry.position == 2));
    }

    #[test]
    fn value_present_after_its_removal_is_reported() {
        let mut days = sound();
        days[0].1[0].withheld.push(LedgerField::Name);
        let report = check(&export(&days));
        assert_eq!(
            report.problems,
            [LedgerProblem::new(comment_at(1), LedgerFinding::StillThere(LedgerField::Name))]
        );
        assert_eq!(report.removals, []);
    }

    #[test]
    fn references_to_unsuitable_entries_are_reported() {
        let one = comment(2, "dieu-5", "Một");
        let reply = answer(2, &one, "Có.");
        let days = [
            (2, vec![reply.clone(), one.clone()]),
            (
                3,
                vec![
                    answer(3, &reply, "Không."),
                    removal(3, &one, LedgerField::Answer, RemovalRequester::Office),
                    removal(3, &comment(2, "", "Hai"), LedgerField::Text, RemovalRequester::Office),
                ],
            ),
        ];
        assert_eq!(
            found(&export(&days)),
            [
                (entry_at(2, 1, EntryKind::Answer, None), LedgerFinding::NamesNothing),
                (entry_at(3, 1, EntryKind::Answer, None), LedgerFinding::NamesUnfit),
                (entry_at(3, 2, EntryKind::Removal, None), LedgerFinding::NamesUnfit),
                (entry_at(3, 3, EntryKind::Removal, None), LedgerFinding::NamesNothing),
            ]
        );
    }

    #[test]
    fn contradictory_and_noncanonical_entries_are_reported() {
        let mut one = comment(2, "dieu-5", "Một");
        let first = EntryReference {
            day: day(2),
            position: 1,
            kind: EntryKind::Comment,
            clause: Some("dieu-5".into()),
        };
        one.withheld.push(LedgerField::Text);
        one.withheld.push(LedgerField::Changed);
        let mut other_draft = comment(2, "dieu-5", "Hai");
        other_draft.entry = other_draft.entry.replace("du-thao-1", "du-thao-2");
        let mut spaced = comment(2, "dieu-5", "Ba");
        spaced.entry = spaced.entry.replace(',', ", ");
        let again = comment(2, "dieu-5", "Một");
        let days = [(2, vec![one, other_draft, spaced, again, comment(3, "dieu-5", "Bốn")])];
        assert_eq!(
            found(&export(&days)),
            [
                (comment_at(1), LedgerFinding::Foreign(LedgerField::Changed)),
                (comment_at(1), LedgerFinding::Contradictory(LedgerField::Text)),
                (comment_at(2), LedgerFinding::OtherDraft("du-thao-2".into())),
                (entry_at(2, 3, EntryKind::Unknown, None), LedgerFinding::NotCanonical),
                (comment_at(4), LedgerFinding::Repeated(first)),
                (comment_at(5), LedgerFinding::LaterThanDay),
            ]
        );
    }
}
