//! The record of a consultation: its ledger in the database, the seals, and the pages about them.

mod export;
mod page;
mod proofs;
mod sealing;
mod seals;
mod writing;

pub use page::{export_record, hash, record};
pub use proofs::{EntryProof, Sealed, proofs};
pub use sealing::seal_days;
pub use writing::write_entries;
