use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{DatabaseError, Rows, Statement};

/// How far the sync has brought the catalogue up to date with the documents in KV.
#[derive(Debug, Deserialize)]
pub struct SyncProgress {
    /// How many documents are in the catalogue.
    pub documents: usize,
    /// How many documents have changed since the sync last read them, or were never read.
    pub unread: usize,
    /// When the sync last completed a comparison of all keys of `ARTICLES` with the catalogue; 0 if it never has.
    pub listed_at: Timestamp,
}

impl SyncProgress {
    /// The query of the catalogue whose result `of` parses.
    pub fn statement() -> Statement<'static> {
        Statement::new(
            "SELECT (SELECT count(*) FROM document) AS documents,
                 (SELECT count(*) FROM due) AS unread,
                 coalesce((SELECT round_ended_at FROM sync), 0) AS listed_at",
            [],
        )
    }

    /// Parses the result of `statement`.
    ///
    /// # Errors
    /// The rows are not the result of `statement`.
    pub fn of(rows: &Rows) -> Result<Self, DatabaseError> {
        rows.parse()?.into_iter().next().ok_or_else(DatabaseError::unexpected)
    }
}
