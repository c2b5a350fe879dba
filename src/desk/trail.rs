//! Audit trails: who did what and when with a submission or draft, without any texts. The id of the last line about a
//! submission is the version of the submission. By it, an editor's form notices changes that others made after it was
//! opened.

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

/// One line of an audit trail.
#[derive(Clone, Debug, Deserialize)]
pub struct AuditLine {
    /// The id of the line. Later lines have larger ids, and the id of the last line is the version of the submission.
    pub id: i64,
    pub at: Timestamp,
    /// The event, as the triggers of the database write it, such as `state received > answered`.
    pub what: String,
    /// Who caused the event: the e-mail address of an editor, `sender`, or `portal`.
    pub who: String,
}

/// The query for the lines of a submission's audit trail that are newer than `version`, oldest first. Version 0 selects
/// all lines.
pub fn trail_statement(submission: i64, version: i64) -> Statement<'static> {
    let sql =
        "SELECT id, at, what, who FROM audit WHERE submission_id = ?1 AND id > ?2 ORDER BY id";
    Statement::new(sql, [submission.into(), version.into()])
}

/// Writes a line into the audit trail of the desk itself, for actions that belong to no single submission or draft.
pub async fn record_action(
    db: &Database,
    at: Timestamp,
    what: &str,
    who: &str,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO desk_audit (at, what, who) VALUES (?1, ?2, ?3)";
    db.run(Statement::new(sql, [at.0.into(), what.into(), who.into()])).await.map(drop)
}
