//! The comments on a draft as editors read them: with their senders, whether or not they are public.

use cong_core::addresses::MissingPart;
use cong_core::consultation::Capacity;
use cong_core::ledger::Decision;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

/// Comments on one page.
pub const PER_PAGE: PageSize = PageSize(50);

/// A comment on a draft.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredComment {
    pub id: i64,
    pub submission_id: i64,
    /// The id of the clause's heading, and its text when the comment was received. Both are empty if the comment is
    /// about the whole draft.
    pub clause: String,
    pub clause_title: String,
    /// `None` after the text was erased.
    pub text: Option<String>,
    /// The text that the public can read; `None` if the comment is not public.
    pub public_text: Option<String>,
    pub decision: Option<Decision>,
    pub answer: Option<String>,
    /// The place where the draft was changed, in words.
    pub changed: Option<String>,
    pub capacity: Option<Capacity>,
    /// `None` if the sender gave no name, or it was erased.
    pub name: Option<String>,
    /// 1 if the sender asked for the name to be shown, otherwise 0.
    pub is_named: u8,
    pub received_at: Timestamp,
    /// Why the comment's submission looks like spam; `None` if it does not.
    pub suspicion: Option<String>,
    /// The version of the comment's submission.
    pub version: i64,
}

/// Selects all columns of `Comment`.
macro_rules! select {
    () => {
        "SELECT c.id, c.submission_id, clause, clause_title, text, public_text, decision, answer, changed,
                capacity, name, is_named, received_at, suspicion,
                (SELECT max(a.id) FROM audit AS a WHERE a.submission_id = c.submission_id) AS version "
    };
}

/// One page of the comments on a draft. They are sorted by clause, in the order of `clauses`, and then by the time at
/// which they were received.
pub async fn comments(
    db: &Database,
    slug: &str,
    clauses: &[&str],
    lacking: Option<MissingPart>,
    page: u32,
) -> Result<Vec<StoredComment>, DatabaseError> {
    let clauses = json(clauses)?;
    let [limit, offset] = PER_PAGE.limit_and_offset(page);
    let lacks = |what| i64::from(lacking == Some(what)).into();
    db.rows(Statement::new(
        concat!(
            select!(),
            "FROM json_each(?2) AS place
                  CROSS JOIN visible_comment AS c ON c.slug = ?1 AND c.clause = place.value
                  LEFT JOIN identity AS i ON i.submission_id = c.submission_id
             WHERE (?3 = 0 OR decision IS NULL) AND (?4 = 0 OR public_text IS NULL)
             ORDER BY place.key, c.id LIMIT ?5 OFFSET ?6"
        ),
        [
            slug.into(),
            clauses.as_str().into(),
            lacks(MissingPart::Decision),
            lacks(MissingPart::PublicText),
            limit,
            offset,
        ],
    ))
    .await
}

/// The comments on a draft that have one of these ids, sorted by id.
pub async fn comments_among(
    db: &Database,
    slug: &str,
    ids: &[i64],
) -> Result<Vec<StoredComment>, DatabaseError> {
    let ids = json(ids)?;
    db.rows(Statement::new(
        concat!(
            select!(),
            "FROM visible_comment AS c LEFT JOIN identity AS i ON i.submission_id = c.submission_id
             WHERE slug = ?1 AND c.id IN (SELECT value FROM json_each(?2)) ORDER BY c.id"
        ),
        [slug.into(), ids.as_str().into()],
    ))
    .await
}

/// One comment on a draft.
pub async fn comment(
    db: &Database,
    slug: &str,
    id: i64,
) -> Result<Option<StoredComment>, DatabaseError> {
    Ok(comments_among(db, slug, &[id]).await?.into_iter().next())
}

fn json<T: serde::Serialize>(values: &[T]) -> Result<String, DatabaseError> {
    Ok(serde_json::to_string(values)?)
}
