//! How many comments a draft has received, and when they were answered, as the database `DB` counts them.

use std::collections::HashMap;

use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::vietnamese::Timestamp;

/// What is known of a draft's comments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Tally {
    /// Comments received, the withdrawn among them.
    pub received: u32,
    pub withdrawn: u32,
    /// When the answers were released.
    pub answered_at: Option<Timestamp>,
    /// When they will be, where that is still to come: nobody but the desk is told, but no page made before is
    /// shown after it.
    pub changes_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct AnsweredRow {
    slug: String,
    answered_at: Timestamp,
}

/// The tally of a draft at a moment; nothing received where nobody has sent any.
///
/// # Errors
/// D1 did not answer.
pub async fn tally(db: &Database, slug: &str, now: Timestamp) -> Result<Tally, DatabaseError> {
    let sql =
        "SELECT received, withdrawn, iif(answered_at <= ?2, answered_at, NULL) AS answered_at,
                   iif(answered_at > ?2, answered_at, NULL) AS changes_at
               FROM consultation WHERE slug = ?1";
    let rows: Vec<Tally> = db.rows(Statement::new(sql, [slug.into(), now.0.into()])).await?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

/// The drafts whose answers were released, or will be, by slug, with the time of it.
///
/// # Errors
/// D1 did not answer.
pub async fn answered(db: &Database) -> Result<HashMap<String, Timestamp>, DatabaseError> {
    let sql = "SELECT slug, answered_at FROM consultation WHERE answered_at IS NOT NULL";
    let rows: Vec<AnsweredRow> = db.rows(Statement::new(sql, [])).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.answered_at)).collect())
}
