//! How far the catalogue is behind the documents in KV.

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{DatabaseError, Rows, Statement};

/// The progress of the sync, as the catalogue stores it.
#[derive(Debug, Deserialize)]
pub struct SyncProgress {
    pub documents: usize,
    /// Documents that have changed, but were not read yet.
    pub unread: usize,
    /// When a complete listing of the keys last ended; 0 if it never has.
    pub listed_at: Timestamp,
}

impl SyncProgress {
    /// The query to the catalogue that `of` parses.
    pub fn statement() -> Statement<'static> {
        Statement::new(
            "SELECT (SELECT count(*) FROM document) AS documents,
                 (SELECT count(*) FROM due) AS unread,
                 coalesce((SELECT round_ended_at FROM sync), 0) AS listed_at",
            [],
        )
    }

    /// # Errors
    /// The rows are not the result of `statement`.
    pub fn of(rows: &Rows) -> Result<Self, DatabaseError> {
        rows.parse()?.into_iter().next().ok_or_else(DatabaseError::unexpected)
    }
}
