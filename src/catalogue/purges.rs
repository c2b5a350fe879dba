//! The table of the second purges of Workers Cache. KV may take a minute until all locations read a new document. A
//! page that is made from the old document in that minute is cached again, so it is purged a second time after that
//! minute.

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

#[derive(Deserialize)]
struct TagRow {
    tag: String,
}

/// Notes that the pages with these cache tags are to be purged at `due_at`.
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

/// Reads the cache tags whose purge is due at `now`.
pub async fn due_purges(db: &Database, now: Timestamp) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT tag FROM purge WHERE due_at <= ?1";
    let rows: Vec<TagRow> = db.rows(Statement::new(sql, [now.0.into()])).await?;
    Ok(rows.into_iter().map(|row| row.tag).collect())
}

/// Deletes the purges of these cache tags from the table, after they were carried out. Purges of these tags that are
/// not due at `now` stay. If the deletion fails, the pages are purged once more, which does no harm.
pub async fn drop_purges(
    db: &Database,
    tags: &[String],
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let tags = serde_json::to_string(tags)?;
    let sql = "DELETE FROM purge WHERE due_at <= ?2 AND tag IN (SELECT value FROM json_each(?1))";
    db.run(Statement::new(sql, [tags.as_str().into(), now.0.into()])).await.map(|_| ())
}
