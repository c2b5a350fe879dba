//! The result of the verification of a ledger.

use super::commitment::LedgerField;
use super::entry::RemovalRequester;
use super::hash::Hash;
use super::problem::{EntryKind, EntryReference, LedgerProblem};
use super::seal::Seal;
use crate::vietnamese::Timestamp;

/// The contents of a ledger, and its problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerReport {
    /// The slug of the draft; `None` if the header could not be read.
    pub draft: Option<String>,
    pub exported: Option<Timestamp>,
    /// The sealed days, in the order of the export.
    pub days: Vec<DayReport>,
    /// Removals of values, in the order of the export.
    pub removals: Vec<ValueRemoval>,
    /// The number of entries that wait for the next seal. They are not in the export.
    pub unsealed: u64,
    /// Problems in the order of the export, then those that are found only at its end.
    pub problems: Vec<LedgerProblem>,
}

/// A sealed day: its seal, and the entries under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReport {
    pub seal: Seal,
    pub entries: Vec<EntryReport>,
}

/// An entry under a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryReport {
    pub leaf: Hash,
    pub reference: EntryReference,
    /// The fields to which the entry commits, and the state of their values.
    pub fields: Vec<(LedgerField, ValueState)>,
}

/// The state of a value to which an entry commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueState {
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
pub struct ValueRemoval {
    /// The entry whose value was removed.
    pub from: EntryReference,
    pub field: LedgerField,
    pub at: Timestamp,
    pub reason: RemovalRequester,
}

impl LedgerReport {
    pub fn entries(&self) -> impl Iterator<Item = &EntryReport> {
        self.days.iter().flat_map(|day| &day.entries)
    }

    /// The number of entries of a kind.
    pub fn count(&self, kind: EntryKind) -> usize {
        self.entries().filter(|entry| entry.reference.kind == kind).count()
    }

    /// The values in this state, each with its entry.
    pub fn values(
        &self,
        state: ValueState,
    ) -> impl Iterator<Item = (&EntryReference, LedgerField)> {
        self.entries().flat_map(move |entry| {
            let of_this = entry.fields.iter().filter(move |(_, its)| *its == state);
            of_this.map(|(field, _)| (&entry.reference, *field))
        })
    }

    pub fn last_seal(&self) -> Option<&Seal> {
        self.days.last().map(|day| &day.seal)
    }
}
