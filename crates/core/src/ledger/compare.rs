//! Compares two exports of one ledger, made at different times. Every sealed day of the earlier export must be
//! unchanged in the later one. The comparison detects a ledger that was changed and then sealed again from the
//! beginning, and names the entries that are missing.

use std::collections::{HashMap, HashSet};

use super::hash::Hash;
use super::problem::{LedgerFinding, LedgerPlace, LedgerProblem};
use super::report::{DayReport, LedgerReport};

/// Compares two exports that have already been verified. Returns a problem for each sealed day that only one export
/// contains, for each day that has different seals in the two exports, and for each entry that only one export contains
/// although both contain its day. Days after the last day of the earlier export are not compared.
pub fn compare(earlier: &LedgerReport, later: &LedgerReport) -> Vec<LedgerProblem> {
    let known: HashMap<_, _> = earlier.days.iter().map(|day| (day.seal.day, day)).collect();
    let now: HashMap<_, _> = later.days.iter().map(|day| (day.seal.day, day)).collect();
    let mut problems = Vec::new();
    for day in &earlier.days {
        match now.get(&day.seal.day) {
            None => problems
                .push(LedgerProblem::new(LedgerPlace::Day(day.seal.day), LedgerFinding::DayGone)),
            Some(later) => compare_day(day, later, &mut problems),
        }
    }
    let last = earlier.days.iter().map(|day| day.seal.day).max();
    let were_sealed = later.days.iter().map(|day| day.seal.day).filter(|&day| Some(day) <= last);
    let inserted = were_sealed.filter(|day| !known.contains_key(day));
    problems.extend(
        inserted.map(|day| LedgerProblem::new(LedgerPlace::Day(day), LedgerFinding::DayInserted)),
    );
    problems
}

fn compare_day(earlier: &DayReport, later: &DayReport, problems: &mut Vec<LedgerProblem>) {
    if earlier.seal != later.seal {
        problems.push(LedgerProblem::new(
            LedgerPlace::Day(earlier.seal.day),
            LedgerFinding::SealedAnew,
        ));
    }
    problems.extend(only_in(earlier, later, &LedgerFinding::EntryGone));
    problems.extend(only_in(later, earlier, &LedgerFinding::EntryInserted));
}

/// Returns a problem with this `finding` for each entry of `day` that is missing in `other`.
fn only_in(day: &DayReport, other: &DayReport, finding: &LedgerFinding) -> Vec<LedgerProblem> {
    let leaves: HashSet<Hash> = other.entries.iter().map(|entry| entry.leaf).collect();
    let missing = day.entries.iter().filter(|entry| !leaves.contains(&entry.leaf));
    missing
        .map(|entry| {
            LedgerProblem::new(LedgerPlace::Entry(entry.reference.clone()), finding.clone())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::entry::RemovalRequester;
    use super::super::export::ExportLine;
    use super::super::samples::{SampleDays, check, comment, day, erased, export, removal};
    use super::super::{LedgerField, Seal};
    use super::*;

    fn last_week() -> SampleDays {
        vec![
            (2, ["Một", "Hai", "Ba"].map(|says| comment(2, "dieu-5", says)).to_vec()),
            (3, vec![comment(3, "", "Bốn")]),
        ]
    }

    fn changes(earlier: &SampleDays, later: &SampleDays) -> Vec<String> {
        let (earlier, later) = (check(&export(earlier)), check(&export(later)));
        assert_eq!((&earlier.problems[..], &later.problems[..]), (&[][..], &[][..]));
        compare(&earlier, &later).iter().map(LedgerProblem::to_string).collect()
    }

    #[test]
    fn new_entries_and_recorded_removals_are_no_changes() {
        let mut today = last_week();
        let first = &mut today[0].1[0];
        let gone = removal(5, first, LedgerField::Name, RemovalRequester::Sender);
        *first = erased(first, LedgerField::Name);
        today.push((5, vec![comment(5, "", "Năm"), gone]));
        assert_eq!(changes(&last_week(), &today), [""; 0]);
        assert_eq!(changes(&last_week(), &last_week()), [""; 0]);
    }

    #[test]
    fn recomputed_ledger_differs_from_an_earlier_export() {
        let mut forged = last_week();
        forged[0].1.remove(1);
        forged[0].1[1] = comment(2, "dieu-5", "Ba, đã sửa");
        assert_eq!(
            changes(&last_week(), &forged),
            [
                "ngày 02/11/2026: hai bản xuất ghi lần khóa sổ ngày này khác nhau",
                "ngày 02/11/2026, mục 2 (ý kiến về “dieu-5”): bản xuất sau không còn mục này",
                "ngày 02/11/2026, mục 3 (ý kiến về “dieu-5”): bản xuất sau không còn mục này",
                "ngày 02/11/2026, mục 2 (ý kiến về “dieu-5”): bản xuất sau thêm mục này vào ngày \
                 đã khóa sổ",
                "ngày 03/11/2026: hai bản xuất ghi lần khóa sổ ngày này khác nhau",
            ]
        );
    }

    #[test]
    fn recomputed_ledger_has_another_chain_value() {
        let noted = |lines: &[ExportLine]| check(lines).last_seal().map(|seal: &Seal| seal.chain);
        let mut forged = last_week();
        forged[0].1.remove(1);
        assert_ne!(noted(&export(&last_week())), noted(&export(&forged)));
    }

    #[test]
    fn missing_and_inserted_days_are_reported() {
        let mut shorter = last_week();
        shorter.pop();
        assert_eq!(
            changes(&last_week(), &shorter),
            ["ngày 03/11/2026: bản xuất sau không còn ngày này"]
        );
        let mut earlier = last_week();
        earlier[1].0 = 4;
        let mut later = earlier.clone();
        later.insert(1, (3, Vec::new()));
        let inserted =
            LedgerProblem::new(LedgerPlace::Day(day(3)), LedgerFinding::DayInserted).to_string();
        let sealed_anew =
            LedgerProblem::new(LedgerPlace::Day(day(4)), LedgerFinding::SealedAnew).to_string();
        assert_eq!(changes(&earlier, &later), [sealed_anew, inserted]);
    }
}
