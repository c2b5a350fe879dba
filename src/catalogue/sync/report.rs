use std::collections::BTreeSet;

/// What a run of the sync has changed: the number of articles written, of documents that cannot be parsed (`broken`)
/// and of deleted documents (`removed`), and the articles and categories that changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    pub written: usize,
    pub broken: usize,
    pub removed: usize,
    /// The slugs of the articles whose page has changed or is gone.
    pub slugs: Vec<String>,
    /// The slugs of the categories that the changed articles were in before, or are in now.
    pub categories: BTreeSet<String>,
    pub hot_index_changed: bool,
    /// Whether work is left for the next run.
    pub has_more: bool,
}

impl SyncReport {
    pub fn changed_anything(&self) -> bool {
        self.written + self.broken + self.removed > 0 || self.hot_index_changed
    }
}

impl std::fmt::Display for SyncReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { written, broken, removed, hot_index_changed, has_more, .. } = self;
        write!(
            f,
            "{written} articles written, {broken} broken, {removed} removed, hot index {}{}",
            if *hot_index_changed { "changed" } else { "unchanged" },
            if *has_more { ", more is to be done" } else { "" }
        )
    }
}
