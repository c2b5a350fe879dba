use cong_core::article::DocumentRules;

use crate::platform::{Database, Store};

/// What the sync needs: the stores of articles, files and the hot index, the catalogue, and the rules for documents.
pub struct SyncStores {
    pub articles: Store,
    pub index: Store,
    pub files: Store,
    pub db: Database,
    /// The rules for documents that the office sets.
    pub rules: DocumentRules,
}
