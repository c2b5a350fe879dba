//! English descriptions of problems in a ledger; the library has the Vietnamese ones.

use cong_core::ledger::{Field, Finding, Kind, Mentioned, Place, Problem};
use cong_core::vietnamese::Written;

pub fn problem(problem: &Problem) -> String {
    format!("{}: {}", place(&problem.place), finding(&problem.finding))
}

pub fn place(place: &Place) -> String {
    match place {
        Place::Record => "the whole record".to_owned(),
        Place::Line(line) => format!("line {line}"),
        Place::Day(day) => Written::Date(*day).start().date(),
        Place::Entry(entry) => mentioned(entry),
    }
}

fn mentioned(entry: &Mentioned) -> String {
    let Mentioned { day, position, kind, clause } = entry;
    let kind = match kind {
        Kind::Comment => "comment",
        Kind::Answer => "answer to a comment",
        Kind::Removal => "removal",
        Kind::Unknown => "unreadable",
    };
    let about = match clause.as_deref() {
        None => String::new(),
        Some("") => " on the whole draft".to_owned(),
        Some(clause) => format!(" on “{clause}”"),
    };
    format!("{}, entry {position} ({kind}{about})", Written::Date(*day).start().date())
}

pub fn field(field: Field) -> &'static str {
    match field {
        Field::Text => "the comment's text",
        Field::Name => "the sender's name",
        Field::Answer => "the answer's text",
        Field::Changed => "where the draft was changed",
    }
}

fn finding(finding: &Finding) -> String {
    let name = |one: &Field| field(*one);
    match finding {
        Finding::NoHeader => "the file does not begin like an export of a record".to_owned(),
        Finding::OtherFormat => {
            "the export has another format; a newer version of this tool reads it".to_owned()
        }
        Finding::Unreadable => "this line cannot be read".to_owned(),
        Finding::Misplaced => "this line must not stand here".to_owned(),
        Finding::NoUnsealed => {
            "the line that says how many entries wait for a seal is missing".to_owned()
        }
        Finding::NoEnd => {
            "the last line is missing: the download broke off, or the export was cut".to_owned()
        }
        Finding::WrongTotal { said, found } => {
            format!("the last line says {said} entries in all, and the export has {found}")
        }
        Finding::DayOutOfOrder => "the day does not come after the one before it".to_owned(),
        Finding::TooFew { sealed, found } => format!(
            "sealed with {sealed} entries, and the export has {found}: {} missing",
            sealed.saturating_sub(*found)
        ),
        Finding::TooMany { sealed, found } => format!(
            "sealed with {sealed} entries, and the export has {found}: {} too many",
            found.saturating_sub(*sealed)
        ),
        Finding::OtherRoot => "as many entries as were sealed, and another root: some were \
             altered, exchanged or moved"
            .to_owned(),
        Finding::OtherChain => "the chain value does not continue the seal before: this seal was \
             altered, or the day before it was dropped"
            .to_owned(),
        Finding::NotCanonical => "not written as an entry of a record is".to_owned(),
        Finding::OtherDraft(draft) => format!("belongs to another draft: “{draft}”"),
        Finding::LaterThanDay => "says a time after the day on which it was sealed".to_owned(),
        Finding::Repeated(first) => format!("repeats an entry word for word: {}", mentioned(first)),
        Finding::NamesNothing => "names an entry that does not stand before it".to_owned(),
        Finding::NamesUnfit => "names an entry that it cannot be about".to_owned(),
        Finding::Altered(field) => {
            format!("{} does not fit its hash in the record: it was altered", name(field))
        }
        Finding::Foreign(field) => format!("comes with {}, which it cannot have", name(field)),
        Finding::Contradictory(field) => format!(
            "contradicts itself about {}: it is either public, not public or removed",
            name(field)
        ),
        Finding::Absent(field) => format!(
            "{} is not there, and the record does not say that it was removed or is not public",
            name(field)
        ),
        Finding::StillThere(field) => {
            format!("the record says that {} was removed, and it is there", name(field))
        }
        Finding::TooFewWaiting { removals, unsealed } => format!(
            "{removals} values are said to be removed and wait for a seal, but only {unsealed} \
             entries wait"
        ),
        Finding::DayGone => "the later export does not have this day".to_owned(),
        Finding::DayInserted => {
            "the later export has this day among those that were sealed before".to_owned()
        }
        Finding::SealedAnew => "the two exports have different seals of this day".to_owned(),
        Finding::EntryGone => "the later export does not have this entry".to_owned(),
        Finding::EntryInserted => {
            "the later export has this entry on a day that was sealed before".to_owned()
        }
    }
}
