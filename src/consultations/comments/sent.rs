//! The comments of one submission, as the receipt page shows them, with their answers once these are released.

use cong_core::ledger::Decision;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

/// One comment of a submission.
#[derive(Clone, Debug, Deserialize)]
pub struct SentComment {
    /// The position of the comment within its submission, counted from 1.
    pub position: u32,
    /// The id of the clause's heading. `clause_title` is the text of the heading. Both are empty for a comment on the
    /// whole draft.
    pub clause: String,
    pub clause_title: String,
    /// The text of the comment; `None` if it was withdrawn or erased.
    pub text: Option<String>,
    /// The decision on the comment. Both `decision` and `answer` are `None` before the answers are released.
    pub decision: Option<Decision>,
    pub answer: Option<String>,
    /// The place in the draft that was changed because of the comment.
    pub changed: Option<String>,
}

/// Reads the comments of the submission with this receipt, and the answers that are public at `now`.
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
