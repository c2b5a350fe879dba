//! The sync: updates the catalogue from the documents in KV, and the hot index from the catalogue. Each run does a
//! bounded amount of work and continues where the last one stopped.
//!
//! A run compares a page of KV's key list with the catalogue (`find`). It reads the documents that differ, and some
//! others whose changes the key list may not show, and writes their rows (`changes`). Then it measures pictures that
//! articles show (`pictures`) and makes the hot index (`hot`). The `budget` limits what a run may use, and the `lease`
//! keeps two runs from working at once.

mod budget;
mod changes;
mod error;
mod find;
mod hot;
mod lease;
mod pictures;
mod report;
mod run;
mod stores;

pub use budget::SyncBudget;
pub use error::SyncError;
pub use report::SyncReport;
pub use run::sync_catalogue;
pub use stores::SyncStores;
