//! English descriptions of problems in a ledger. Vietnamese ones are in `cong_core::ledger`.

use cong_core::ledger::{
    EntryKind, EntryReference, LedgerField, LedgerFinding, LedgerPlace, LedgerProblem,
};
use cong_core::vietnamese::WrittenTime;

pub fn problem(problem: &LedgerProblem) -> String {
    format!("{}: {}", place(&problem.place), finding(&problem.finding))
}

pub fn place(place: &LedgerPlace) -> String {
    match place {
        LedgerPlace::Record => "the whole record".to_owned(),
        LedgerPlace::Line(line) => format!("line {line}"),
        LedgerPlace::Day(day) => WrittenTime::Date(*day).start().date(),
        LedgerPlace::Entry(entry) => mentioned(entry),
    }
}

fn mentioned(entry: &EntryReference) -> String {
    let EntryReference { day, position, kind, clause } = entry;
    let kind = match kind {
        EntryKind::Comment => "comment",
        EntryKind::Answer => "answer to a comment",
        EntryKind::Removal => "removal",
        EntryKind::Unknown => "unreadable",
    };
    let about = match clause.as_deref() {
        None => String::new(),
        Some("") => " on the whole draft".to_owned(),
        Some(clause) => format!(" on “{clause}”"),
    };
    format!("{}, entry {position} ({kind}{about})", WrittenTime::Date(*day).start().date())
}

pub fn field(field: LedgerField) -> &'static str {
    match field {
        LedgerField::Text => "the comment's text",
        LedgerField::Name => "the sender's name",
        LedgerField::Answer => "the answer's text",
        LedgerField::Changed => "where the draft was changed",
    }
}

fn finding(finding: &LedgerFinding) -> String {
    let name = |one: &LedgerField| field(*one);
    match finding {
        LedgerFinding::NoHeader => "the file does not begin like an export of a record".to_owned(),
        LedgerFinding::OtherFormat => {
            "the export has another format; a newer version of this tool reads it".to_owned()
        }
        LedgerFinding::Unreadable => "this line cannot be read".to_owned(),
        LedgerFinding::Misplaced => "this line must not stand here".to_owned(),
        LedgerFinding::NoUnsealed => {
            "the line that says how many entries wait for a seal is missing".to_owned()
        }
        LedgerFinding::NoEnd => {
            "the last line is missing: the download broke off, or the export was cut".to_owned()
        }
        LedgerFinding::WrongTotal { said, found } => {
            format!("the last line says {said} entries in all, and the export has {found}")
        }
        LedgerFinding::DayOutOfOrder => "the day does not come after the one before it".to_owned(),
        LedgerFinding::TooFew { sealed, found } => format!(
            "sealed with {sealed} entries, and the export has {found}: {} missing",
            sealed.saturating_sub(*found)
        ),
        LedgerFinding::TooMany { sealed, found } => format!(
            "sealed with {sealed} entries, and the export has {found}: {} too many",
            found.saturating_sub(*sealed)
        ),
        LedgerFinding::OtherRoot => "as many entries as were sealed, and another root: some were \
             altered, exchanged or moved"
            .to_owned(),
        LedgerFinding::OtherChain => {
            "the chain value does not continue the seal before: this seal was \
             altered, or the day before it was dropped"
                .to_owned()
        }
        LedgerFinding::NotCanonical => "not written as an entry of a record is".to_owned(),
        LedgerFinding::OtherDraft(draft) => format!("belongs to another draft: “{draft}”"),
        LedgerFinding::LaterThanDay => {
            "says a time after the day on which it was sealed".to_owned()
        }
        LedgerFinding::Repeated(first) => {
            format!("repeats an entry word for word: {}", mentioned(first))
        }
        LedgerFinding::NamesNothing => "names an entry that does not stand before it".to_owned(),
        LedgerFinding::NamesUnfit => "names an entry that it cannot be about".to_owned(),
        LedgerFinding::Altered(field) => {
            format!("{} does not fit its hash in the record: it was altered", name(field))
        }
        LedgerFinding::Foreign(field) => {
            format!("comes with {}, which it cannot have", name(field))
        }
        LedgerFinding::Contradictory(field) => format!(
            "contradicts itself about {}: it is either public, not public or removed",
            name(field)
        ),
        LedgerFinding::Absent(field) => format!(
            "{} is not there, and the record does not say that it was removed or is not public",
            name(field)
        ),
        LedgerFinding::StillThere(field) => {
            format!("the record says that {} was removed, and it is there", name(field))
        }
        LedgerFinding::TooFewWaiting { removals, unsealed } => format!(
            "{removals} values are said to be removed and wait for a seal, but only {unsealed} \
             entries wait"
        ),
        LedgerFinding::DayGone => "the later export does not have this day".to_owned(),
        LedgerFinding::DayInserted => {
            "the later export has this day among those that were sealed before".to_owned()
        }
        LedgerFinding::SealedAnew => "the two exports have different seals of this day".to_owned(),
        LedgerFinding::EntryGone => "the later export does not have this entry".to_owned(),
        LedgerFinding::EntryInserted => {
            "the later export has this entry on a day that was sealed before".to_owned()
        }
    }
}
