//! The result of the verification of a ledger.

use super::commitment::LedgerField;
use super::entry::RemovalRequester;
use super::hash::Hash;
use super::problem::{EntryKind, EntryReference, LedgerProblem};
use super::seal::Seal;
use crate::vietnamese::Timestamp;

/// The result of a verification: the sealed days with their entries, the removals, and the problems that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerReport {
    /// The slug of the draft; `None` if the header could not be read.
    pub draft: Option<String>,
    pub exported: Option<Timestamp>,
    /// The sealed days, in the order of the export.
    pub days: Vec<DayReport>,
    /// The removals of values, in the order of the export.
    pub removals: Vec<ValueRemoval>,
    /// The number of entries that are not sealed yet. These entries are not in the export.
    pub unsealed: u64,
    /// The problems: first those found in single lines, in the order of the export, then those that can be found only
    /// after the last line.
    pub problems: Vec<LedgerProblem>,
}

/// A sealed day: its seal, and the entries under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayReport {
    pub seal: Seal,
    pub entries: Vec<EntryReport>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryReport {
    pub leaf: Hash,
    pub reference: EntryReference,
    /// The fields that the entry contains as commitments, each with the state of its value.
    pub fields: Vec<(LedgerField, ValueState)>,
}

/// The state in an export of a value (a text or a name) to which a ledger entry commits with a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueState {
    Public,
    /// The value exists, but is not public, or only a part of it is.
    Withheld,
    /// The value was erased; the entry that records the removal is not sealed yet.
    RemovalWaits,
    /// The value was erased; an entry in the export records the removal.
    Removed,
    /// The value is missing, and the export does not say why.
    Absent,
}

/// The removal of a value, as an entry of the ledger records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRemoval {
    pub from: EntryReference,
    pub field: LedgerField,
    pub at: Timestamp,
    pub reason: RemovalRequester,
}

impl LedgerReport {
    pub fn entries(&self) -> impl Iterator<Item = &EntryReport> {
        self.days.iter().flat_map(|day| &day.entries)
    }

    pub fn count(&self, kind: EntryKind) -> usize {
        self.entries().filter(|entry| entry.reference.kind == kind).count()
    }

    /// The values that are in the state `state` (for example erased). Each value is returned as its entry and its
    /// field.
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
