//! Reads, for a draft, the number of submissions about it and the time when its answers were released.

use std::collections::HashMap;

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Tally {
    /// The number of submissions received, including withdrawn ones, but without confirmed spam.
    pub received: u32,
    pub withdrawn: u32,
    /// When the answers were released; `None` if they are not public.
    pub answered_at: Option<Timestamp>,
    /// When the answers will be released, if this was decided but the time is still to come. Only the desk may show
    /// this time, and no cache may keep a page beyond it.
    pub changes_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct AnsweredRow {
    slug: String,
    answered_at: Timestamp,
}

/// Reads the number of submissions about a draft, and when its answers were or will be released, as of `now`. The
/// numbers are zero if there are no submissions.
pub async fn tally(db: &Database, slug: &str, now: Timestamp) -> Result<Tally, DatabaseError> {
    let sql =
        "SELECT received, withdrawn, iif(answered_at <= ?2, answered_at, NULL) AS answered_at,
                   iif(answered_at > ?2, answered_at, NULL) AS changes_at
               FROM consultation WHERE slug = ?1";
    let rows: Vec<Tally> = db.rows(Statement::new(sql, [slug.into(), now.0.into()])).await?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

/// Reads the time of the release for each draft whose answers were released or will be released. Returns a map from
/// slugs to times.
pub async fn answered(db: &Database) -> Result<HashMap<String, Timestamp>, DatabaseError> {
    let sql = "SELECT slug, answered_at FROM consultation WHERE answered_at IS NOT NULL";
    let rows: Vec<AnsweredRow> = db.rows(Statement::new(sql, [])).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.answered_at)).collect())
}
