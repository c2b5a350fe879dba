//! The ledger of a consultation: an append-only log of every comment and answer, with a seal for each day. Anybody who
//! has noted a seal can detect any later change of what was sealed until then.
//!
//! The ledger contains public facts and salted commitments, but never names or texts themselves. A name or a text can
//! therefore be erased together with its salt: a further entry records the removal, and all hashes stay valid. All
//! hashes can be recomputed with `sha256sum` alone.

mod commitment;
mod compare;
mod entry;
mod export;
mod hash;
mod problem;
mod report;
#[cfg(test)]
mod samples;
mod seal;
mod tree;
mod verify;
pub mod written;

pub use commitment::{CommitmentOpening, LedgerField, commitment, is_salt};
pub use compare::compare;
pub use entry::{
    AnswerEntry, CommentEntry, Decision, LedgerEntry, NotCanonical, RemovalEntry, RemovalRequester,
};
pub use export::{EntryLine, ExportEnd, ExportHeader, ExportLine, PublicValues};
pub use hash::{Hash, ParseHashError};
pub use problem::{EntryKind, EntryReference, LedgerFinding, LedgerPlace, LedgerProblem};
pub use report::{DayReport, EntryReport, LedgerReport, ValueRemoval, ValueState};
pub use seal::Seal;
pub use tree::{AuditStep, audit_path, leaf, root, root_from};
pub use verify::{Verifier, verify};
