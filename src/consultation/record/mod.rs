//! The ledger in the database: completes entries that triggers created, seals days, and reads both for pages, receipts
//! and the export. The format and the hashes are in `ledger`.

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
