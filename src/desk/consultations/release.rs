//! Releasing the answers to a draft's comments, all at once and some minutes before anybody sees them, and taking
//! them back.

use serde::de::IgnoredAny;

use crate::desk::AuditLine;
use crate::platform::{Database, DatabaseError, Statement, Value};
use crate::vietnamese::Timestamp;

/// After so many seconds everybody sees what the desk has released. Until then it can be taken back without a
/// trace in the record.
pub const DELAY_SECONDS: i64 = 600;
/// How many lines tell what has changed meanwhile.
const MAX_LINES: i64 = 20;

/// Releases the answers, if nothing is missing, nothing has changed since `version`, and they are not released yet.
/// Whether they are now.
///
/// # Errors
/// The database did not answer.
pub async fn release(
    db: &Database,
    slug: &str,
    version: i64,
    now: Timestamp,
    who: &str,
) -> Result<bool, DatabaseError> {
    let sql = "INSERT INTO answers_released (slug, released_at, handled_by)
        SELECT ?1, ?2, ?3
        WHERE NOT EXISTS (SELECT 1 FROM answers_released WHERE slug = ?1)
            AND NOT EXISTS (
                SELECT 1 FROM visible_comment
                WHERE slug = ?1 AND (decision IS NULL OR public_text IS NULL)
            )
            AND ?4 = (
                SELECT coalesce(max(audit.id), 0)
                FROM submission AS s JOIN audit ON audit.submission_id = s.id
                WHERE kind = 'gop-y-du-thao' AND about = ?1
            )
        RETURNING slug";
    let released_at = now.0 + DELAY_SECONDS;
    let values = [slug.into(), released_at.into(), who.into(), version.into()];
    Ok(!db.rows::<IgnoredAny>(Statement::new(sql, values)).await?.is_empty())
}

/// Takes the release of that moment back: with `unseen_at` only if nobody has seen it at that time, nor does now;
/// without, only once the record has all of what was seen. Whether it is taken back now.
///
/// # Errors
/// The database did not answer.
pub async fn take_back(
    db: &Database,
    slug: &str,
    released_at: i64,
    unseen_at: Option<Timestamp>,
    who: &str,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE answers_released SET is_taken_back = 1, handled_by = ?2
        WHERE slug = ?1 AND released_at = ?3 AND iif(
            ?4 IS NULL,
            NOT EXISTS (
                SELECT 1 FROM ledger
                WHERE slug = ?1 AND kind = 'answer' AND leaf IS NULL AND at <= unixepoch()
            ),
            released_at > max(?4, unixepoch())
        )
        RETURNING slug";
    let later_than = unseen_at.map_or(Value::Null, |now| now.0.into());
    let values = [slug.into(), who.into(), released_at.into(), later_than];
    Ok(!db.rows::<IgnoredAny>(Statement::new(sql, values)).await?.is_empty())
}

/// What has happened to a draft's comments since a version, the last first.
///
/// # Errors
/// The database did not answer.
pub async fn changes_since(
    db: &Database,
    slug: &str,
    version: i64,
) -> Result<Vec<AuditLine>, DatabaseError> {
    db.rows(Statement::new(
        "SELECT audit.id, at, what, who
         FROM submission AS s JOIN audit ON audit.submission_id = s.id AND audit.id > ?2
         WHERE kind = 'gop-y-du-thao' AND about = ?1 ORDER BY audit.id DESC LIMIT ?3",
        [slug.into(), version.into(), MAX_LINES.into()],
    ))
    .await
}
