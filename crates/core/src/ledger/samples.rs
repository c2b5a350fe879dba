//! Sample ledgers for tests.

use chrono::NaiveDate;

use super::commitment::{CommitmentOpening, LedgerField, commitment};
use super::entry::{
    AnswerEntry, CommentEntry, Decision, LedgerEntry, RemovalEntry, RemovalRequester,
};
use super::export::{EntryLine, ExportLine, PublicValues};
use super::hash::Hash;
use super::problem::{EntryKind, EntryReference, LedgerFinding, LedgerPlace};
use super::report::LedgerReport;
use super::seal::Seal;
use super::tree::leaf;
use super::verify::verify;
use crate::consultation::Capacity;
use crate::vietnamese::{Timestamp, WrittenTime};

const DRAFT: &str = "du-thao-1";

/// The days of a sample ledger, as days of November 2026, each with its entries.
pub type SampleDays = Vec<(u32, Vec<EntryLine>)>;

pub fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

fn noon(number: u32) -> Timestamp {
    Timestamp(WrittenTime::Date(day(number)).start().0 + 12 * 3600)
}

fn opened(field: LedgerField, value: &str) -> (Hash, Option<CommitmentOpening>) {
    let salt = Hash::of(&[field.code().as_bytes(), value.as_bytes()]).to_string()[..32].to_owned();
    (commitment(field, &salt, value), Some(CommitmentOpening { salt, value: value.to_owned() }))
}

/// A comment with the text `says` on a clause, received on this day of November 2026. The text is public, and the name
/// of the sender is withheld.
pub fn comment(day: u32, clause: &str, says: &str) -> EntryLine {
    let (text, text_opened) = opened(LedgerField::Text, says);
    let (name, _) = opened(LedgerField::Name, &format!("Người gửi “{says}”"));
    let entry = LedgerEntry::Comment(CommentEntry {
        draft: DRAFT.into(),
        received: noon(day),
        clause: clause.into(),
        sender: Capacity::Individual,
        text,
        name,
    });
    EntryLine {
        entry: entry.content(),
        values: PublicValues { text: text_opened, ..PublicValues::default() },
        withheld: vec![LedgerField::Name],
        removed: Vec::new(),
    }
}

pub fn answer(day: u32, to: &EntryLine, says: &str) -> EntryLine {
    let (answer, answer_opened) = opened(LedgerField::Answer, says);
    let (changed, changed_opened) = opened(LedgerField::Changed, "");
    let entry = LedgerEntry::Answer(AnswerEntry {
        draft: DRAFT.into(),
        to: leaf(&to.entry),
        decision: Decision::Explained,
        released: noon(day),
        answer,
        changed,
    });
    let values =
        PublicValues { answer: answer_opened, changed: changed_opened, ..PublicValues::default() };
    EntryLine { entry: entry.content(), values, ..EntryLine::default() }
}

pub fn removal(
    day: u32,
    of: &EntryLine,
    field: LedgerField,
    reason: RemovalRequester,
) -> EntryLine {
    let entry = LedgerEntry::Removal(RemovalEntry {
        draft: DRAFT.into(),
        of: leaf(&of.entry),
        field,
        removed: noon(day),
        reason,
    });
    EntryLine { entry: entry.content(), ..EntryLine::default() }
}

/// The export line of an entry after the value of `field` was erased.
pub fn erased(line: &EntryLine, field: LedgerField) -> EntryLine {
    let mut line = line.clone();
    line.withheld.retain(|withheld| *withheld != field);
    match field {
        LedgerField::Text => line.values.text = None,
        LedgerField::Name => line.values.name = None,
        LedgerField::Answer => line.values.answer = None,
        LedgerField::Changed => line.values.changed = None,
    }
    line
}

/// The export of a valid ledger with these days and entries.
pub fn export(days: &[(u32, Vec<EntryLine>)]) -> Vec<ExportLine> {
    let mut lines = vec![ExportLine::header(DRAFT, noon(28))];
    let mut previous = None;
    let mut count = 0;
    for (number, entries) in days {
        let leaves: Vec<_> = entries.iter().map(|line| leaf(&line.entry)).collect();
        let seal = Seal::next(previous.as_ref(), day(*number), &leaves);
        previous = Some(seal);
        count += leaves.len() as u64;
        lines.push(ExportLine::Seal { seal });
        lines.extend(entries.iter().cloned().map(ExportLine::Entry));
    }
    lines.extend([ExportLine::Unsealed { unsealed: 0 }, ExportLine::end(count)]);
    lines
}

pub fn check(lines: &[ExportLine]) -> LedgerReport {
    let lines: Vec<_> = lines.iter().map(ExportLine::to_string).collect();
    verify(lines.iter().map(String::as_bytes))
}

/// A valid ledger of two days, with four comments, one answer, and a name that was erased.
pub fn sound() -> SampleDays {
    let comments = ["Một", "Hai", "Ba"].map(|says| comment(2, "dieu-5", says));
    let gone = removal(3, &comments[0], LedgerField::Name, RemovalRequester::Sender);
    let [first, second, third] = comments;
    let reply = answer(3, &second, "Giữ nguyên.");
    vec![
        (2, vec![erased(&first, LedgerField::Name), second, third]),
        (3, vec![comment(3, "", "Bốn"), reply, gone]),
    ]
}

/// The `LedgerPlace` of an entry, by its day of November 2026, position, kind and clause.
pub fn entry_at(number: u32, position: u64, kind: EntryKind, clause: Option<&str>) -> LedgerPlace {
    let clause = clause.map(str::to_owned);
    LedgerPlace::Entry(EntryReference { day: day(number), position, kind, clause })
}

/// The `LedgerPlace` of a comment on `dieu-5`, on 2 November, the first day of `sound`.
pub fn comment_at(position: u64) -> LedgerPlace {
    entry_at(2, position, EntryKind::Comment, Some("dieu-5"))
}

/// Verifies an export, and returns the place and the finding of each problem.
pub fn found(lines: &[ExportLine]) -> Vec<(LedgerPlace, LedgerFinding)> {
    check(lines).problems.into_iter().map(|problem| (problem.place, problem.finding)).collect()
}
