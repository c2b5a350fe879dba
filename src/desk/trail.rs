//! The audit trail of a submission: who did what and when, never what was written. Its last line is also the
//! version of the submission, by which two editors do not undo what the other did.

use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::vietnamese::Timestamp;

/// One line of it.
#[derive(Clone, Debug, Deserialize)]
pub struct AuditLine {
    /// Grows with every line; that of the last is the submission's version.
    pub id: i64,
    pub at: Timestamp,
    /// As the database's triggers write it: `state received > answered`.
    pub what: String,
    /// An editor's e-mail address, `sender`, or `portal`.
    pub who: String,
}

/// The lines that came after a version, the first one first; all of them after version 0.
///
/// # Errors
/// The database did not answer.
pub async fn trail_since(
    db: &Database,
    submission: i64,
    version: i64,
) -> Result<Vec<AuditLine>, DatabaseError> {
    db.rows(trail_statement(submission, version)).await
}

/// The same, to be asked together with something else.
pub fn trail_statement(submission: i64, version: i64) -> Statement<'static> {
    let sql =
        "SELECT id, at, what, who FROM audit WHERE submission_id = ?1 AND id > ?2 ORDER BY id";
    Statement::new(sql, [submission.into(), version.into()])
}
