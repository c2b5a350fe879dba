//! The audit trail of a submission: who did what and when, but no texts. The id of its last line is the version of
//! the submission, so that two editors do not overwrite each other's changes.

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::Statement;

/// One line of an audit trail.
#[derive(Clone, Debug, Deserialize)]
pub struct AuditLine {
    /// The ids grow with every line; the last one is the version of the submission.
    pub id: i64,
    pub at: Timestamp,
    /// The event, as the database's triggers write it: `state received > answered`.
    pub what: String,
    /// The e-mail address of an editor, `sender`, or `portal`.
    pub who: String,
}

/// The statement for the lines of a submission after a version, oldest first; all lines for version 0.
pub fn trail_statement(submission: i64, version: i64) -> Statement<'static> {
    let sql =
        "SELECT id, at, what, who FROM audit WHERE submission_id = ?1 AND id > ?2 ORDER BY id";
    Statement::new(sql, [submission.into(), version.into()])
}
