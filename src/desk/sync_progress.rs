//! How far the lists are behind the documents in KV.

use serde::Deserialize;

use crate::platform::{DatabaseError, Rows, Statement};
use crate::vietnamese::Timestamp;

/// What the catalogue knows of that.
#[derive(Debug, Deserialize)]
pub struct SyncProgress {
    pub documents: usize,
    /// Found to have changed, and not read yet.
    pub unread: usize,
    /// When all keys had last been listed; 0: never.
    pub listed_at: Timestamp,
}

impl SyncProgress {
    /// Asks the catalogue.
    pub fn statement() -> Statement<'static> {
        Statement::new(
            "SELECT (SELECT count(*) FROM document) AS documents,
                 (SELECT count(*) FROM due) AS unread,
                 coalesce((SELECT round_ended_at FROM sync), 0) AS listed_at",
            [],
        )
    }

    /// # Errors
    /// The rows are not those of the statement.
    pub fn of(rows: &Rows) -> Result<Self, DatabaseError> {
        rows.parse()?.into_iter().next().ok_or_else(DatabaseError::unexpected)
    }
}
