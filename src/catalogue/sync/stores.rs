//! The stores that the sync reads and writes: KV namespaces and the catalogue.

use cong_core::article::DocumentRules;

use crate::platform::{Database, Store};

/// What the sync works with: the articles, files and hot index in KV, the catalogue, and the rules for documents.
pub struct SyncStores {
    pub articles: Store,
    pub index: Store,
    pub files: Store,
    pub db: Database,
    /// The office's rules for its articles, by which documents are parsed.
    pub rules: DocumentRules,
}
