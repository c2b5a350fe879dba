//! The stores that the sync reads and writes.

use cong_core::article::DocumentRules;

use crate::platform::{Database, Store};

/// The stores and the rules that the sync works with.
pub struct SyncStores {
    pub articles: Store,
    pub index: Store,
    pub files: Store,
    pub db: Database,
    /// The office's rules for its articles, by which documents are parsed.
    pub rules: DocumentRules,
}
