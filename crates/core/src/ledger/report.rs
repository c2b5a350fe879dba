//! The result of the verification of a ledger.

use super::commitment::Field;
use super::entry::Asked;
use super::hash::Hash;
use super::problem::{Kind, Mentioned, Problem};
use super::seal::Seal;
use crate::vietnamese::Timestamp;

/// The contents of a ledger, and its problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The slug of the draft; `None` if the header could not be read.
    pub draft: Option<String>,
    pub exported: Option<Timestamp>,
    /// The sealed days, in the order of the export.
    pub days: Vec<Day>,
    /// Removals of values, in the order of the export.
    pub removals: Vec<Removed>,
    /// The number of entries that wait for the next seal. They are not in the export.
    pub unsealed: u64,
    /// Problems in the order of the export, then those that are found only at its end.
    pub problems: Vec<Problem>,
}

/// A sealed day: its seal, and the entries under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub seal: Seal,
    pub entries: Vec<Listed>,
}

/// An entry under a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub leaf: Hash,
    pub mentioned: Mentioned,
    /// The fields to which the entry commits, and the state of their values.
    pub fields: Vec<(Field, Kept)>,
}

/// The state of a value to which an entry commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Public,
    /// It exists, but is not public, or not in full.
    Withheld,
    /// It was erased, and the entry of the removal waits for the next seal.
    RemovalWaits,
    /// It was erased, and a removal in the ledger says so.
    Removed,
    /// It is missing without a reason.
    Absent,
}

/// A removal of a value, as a later entry records it.
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

    /// The number of entries of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.entries().filter(|entry| entry.mentioned.kind == kind).count()
    }

    /// The values in this state, each with its entry.
    pub fn values(&self, kept: Kept) -> impl Iterator<Item = (&Mentioned, Field)> {
        self.entries().flat_map(move |entry| {
            let of_this = entry.fields.iter().filter(move |(_, became)| *became == kept);
            of_this.map(|(field, _)| (&entry.mentioned, *field))
        })
    }

    pub fn last_seal(&self) -> Option<&Seal> {
        self.days.last().map(|day| &day.seal)
    }
}
