//! Releases all answers to the comments on a draft at once, and takes the release back. Answers become public ten
//! minutes after their release.

use cong_core::vietnamese::Timestamp;
use serde::de::IgnoredAny;

use crate::desk::trail::AuditLine;
use crate::platform::{Database, DatabaseError, SqlValue, Statement};

/// The time between the release of answers and the moment when they become public, in seconds. Until then the release
/// can be taken back without a trace in the ledger.
pub const DELAY_SECONDS: i64 = 600;

/// The maximum number of lines of audit trails that `changes_since` returns. Older lines are left out.
const MAX_LINES: i64 = 20;

/// Releases the answers of a draft, if every comment has a decision and a public text, and the answers are not released
/// yet. `version` is the id of the last line of the submissions' audit trails that the editor saw; if there is a newer
/// line, nothing is released. Returns whether the answers were released.
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

/// Takes back the release whose answers become public at `released_at`. Returns whether it was taken back. If
/// `unseen_at` is given, this succeeds only if the answers were not public at that time and are not public now. If it
/// is `None`, this succeeds only if the ledger contains all answers that are public.
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
    let later_than = unseen_at.map_or(SqlValue::Null, |now| now.0.into());
    let values = [slug.into(), who.into(), released_at.into(), later_than];
    Ok(!db.rows::<IgnoredAny>(Statement::new(sql, values)).await?.is_empty())
}

/// Reads the lines of the audit trails of a draft's submissions that are newer than `version`, newest first, at most
/// `MAX_LINES`.
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
