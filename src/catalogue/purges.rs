//! What Workers Cache is to forget once more, a while after a change: KV takes up to a minute until a new text can be
//! read everywhere, and pages made meanwhile from the old one are cached again.

use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::vietnamese::Timestamp;

#[derive(Deserialize)]
struct TagRow {
    tag: String,
}

/// Notes tags that are to be forgotten at that time.
///
/// # Errors
/// D1 did not answer.
pub async fn note_purges(
    db: &Database,
    tags: &[String],
    due_at: Timestamp,
) -> Result<(), DatabaseError> {
    let tags = serde_json::to_string(tags)?;
    let sql =
        "INSERT OR REPLACE INTO purge (tag, due_at) SELECT value, ?2 FROM json_each(?1) WHERE true";
    db.run(Statement::new(sql, [tags.as_str().into(), due_at.0.into()])).await.map(|_| ())
}

/// The tags whose time has come.
///
/// # Errors
/// D1 did not answer.
pub async fn due_purges(db: &Database, now: Timestamp) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT tag FROM purge WHERE due_at <= ?1";
    let rows: Vec<TagRow> = db.rows(Statement::new(sql, [now.0.into()])).await?;
    Ok(rows.into_iter().map(|row| row.tag).collect())
}

/// Notes those of these tags no longer whose time has come: they are forgotten.
///
/// # Errors
/// D1 did not answer; then they are forgotten once more, which does no harm.
pub async fn drop_purges(
    db: &Database,
    tags: &[String],
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let tags = serde_json::to_string(tags)?;
    let sql = "DELETE FROM purge WHERE due_at <= ?2 AND tag IN (SELECT value FROM json_each(?1))";
    db.run(Statement::new(sql, [tags.as_str().into(), now.0.into()])).await.map(|_| ())
}
