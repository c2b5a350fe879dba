use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

#[derive(Deserialize)]
struct SyncRow {
    round_ended_at: Timestamp,
}

/// Reads a row of `DB`, to see whether the database answers.
///
/// # Errors
/// The database is missing or does not answer.
pub async fn does_answer(db: Result<Database, DatabaseError>) -> Result<(), DatabaseError> {
    db?.run(Statement::new("SELECT id FROM submission LIMIT 1", [])).await.map(drop)
}

/// When the sync last finished a comparison of all keys of `ARTICLES` with the catalogue; `None` if it never has.
pub async fn synced_at(
    catalogue: Result<Database, DatabaseError>,
) -> Result<Option<Timestamp>, DatabaseError> {
    let sql = "SELECT round_ended_at FROM sync WHERE round_ended_at > 0";
    let rows: Vec<SyncRow> = catalogue?.rows(Statement::new(sql, [])).await?;
    Ok(rows.first().map(|row| row.round_ended_at))
}
