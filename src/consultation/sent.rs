//! What the sender of comments on a draft finds on the receipt: each comment, and the answer to it once all
//! answers are released.

use serde::Deserialize;

use super::ledger::Decision;
use crate::platform::{Database, DatabaseError, Statement};
use crate::vietnamese::Timestamp;

/// One comment of a submission.
#[derive(Clone, Debug, Deserialize)]
pub struct SentComment {
    /// Within its submission, from 1.
    pub position: u32,
    /// The id of the clause's heading, and how it read; both empty for the whole draft.
    pub clause: String,
    pub clause_title: String,
    /// `None` once it was withdrawn or removed.
    pub text: Option<String>,
    /// Once the answers are released.
    pub decision: Option<Decision>,
    pub answer: Option<String>,
    /// Where the text was changed.
    pub changed: Option<String>,
}

/// The comments of the submission with that receipt, as they are known at a moment.
///
/// # Errors
/// D1 did not answer in time or failed.
pub async fn sent_comments(
    db: &Database,
    receipt_hash: &str,
    now: Timestamp,
) -> Result<Vec<SentComment>, DatabaseError> {
    db.rows(Statement::new(
        "SELECT position, clause, clause_title, c.text,
                iif(r.slug IS NULL, NULL, decision) AS decision,
                iif(r.slug IS NULL, NULL, c.answer) AS answer,
                iif(r.slug IS NULL, NULL, changed) AS changed
         FROM submission AS s JOIN comment AS c ON c.submission_id = s.id
              LEFT JOIN answers_released AS r ON r.slug = c.slug AND r.released_at <= ?2
         WHERE receipt_hash = ?1 ORDER BY position",
        [receipt_hash.into(), now.0.into()],
    ))
    .await
}
