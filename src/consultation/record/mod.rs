//! The record of a consultation in the database: entries that SQL made are written, days are sealed, and
//! both are read for the pages, for receipts and for the export. What is hashed, and how, is `ledger`'s.

mod export;
mod proofs;
mod sealing;
mod seals;
mod writing;

pub use export::{ENTRIES_PER_PART, export_entries};
pub use proofs::{EntryProof, Sealed, proofs};
pub use sealing::seal_days;
pub use seals::{SealedDays, StoredSeal, sealed_days};
pub use writing::write_entries;
