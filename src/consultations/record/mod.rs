//! The ledger of a consultation: its entries in the database, its seals, and the pages about it.

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
