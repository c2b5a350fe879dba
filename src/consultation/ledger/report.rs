//! What a check of a record found: its facts, and its problems.

use super::commitment::Field;
use super::entry::Asked;
use super::hash::Hash;
use super::problem::{Kind, Mentioned, Problem};
use super::seal::Seal;
use crate::vietnamese::Timestamp;

/// A record that was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The slug of the draft's article; `None` where the header could not be read.
    pub draft: Option<String>,
    pub exported: Option<Timestamp>,
    /// The sealed days as they stand in the record.
    pub days: Vec<Day>,
    /// What was removed, in the order of the record.
    pub removals: Vec<Removed>,
    /// Entries that wait for the next seal, and are not in the record.
    pub unsealed: u64,
    /// In the order of the record, then what only shows at its end.
    pub problems: Vec<Problem>,
}

/// A day as it stands in the record: its seal, and the entries under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub seal: Seal,
    pub entries: Vec<Listed>,
}

/// An entry of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub leaf: Hash,
    pub mentioned: Mentioned,
    /// What it commits to, and what became of that.
    pub fields: Vec<(Field, Kept)>,
}

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Public,
    /// It exists and is not public as it is.
    Withheld,
    /// It does not exist any more, and the removal waits for the next seal.
    RemovalWaits,
    /// It does not exist any more, and a removal in the record says so.
    Removed,
    /// It is not there, and nothing says why.
    Absent,
}

/// A removal by right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The entry whose value was removed.
    pub from: Mentioned,
    pub field: Field,
    pub at: Timestamp,
    pub reason: Asked,
}

impl Report {
    pub fn entries(&self) -> impl Iterator<Item = &Listed> {
        self.days.iter().flat_map(|day| &day.entries)
    }

    /// How many entries are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.entries().filter(|entry| entry.mentioned.kind == kind).count()
    }

    /// The values of which this became, each with its entry.
    pub fn values(&self, kept: Kept) -> impl Iterator<Item = (&Mentioned, Field)> {
        self.entries().flat_map(move |entry| {
            let of_this = entry.fields.iter().filter(move |(_, became)| *became == kept);
            of_this.map(|(field, _)| (&entry.mentioned, *field))
        })
    }

    /// The seal that was made last.
    pub fn last_seal(&self) -> Option<&Seal> {
        self.days.last().map(|day| &day.seal)
    }
}
