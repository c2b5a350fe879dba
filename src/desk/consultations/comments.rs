//! Comments on a draft as editors read them: with who sent each, whatever is public of it.

use serde::Deserialize;

use crate::consultation::Capacity;
use crate::consultation::ledger::Decision;
use crate::platform::{Database, DatabaseError, Statement};
use crate::routes::MissingPart;
use crate::vietnamese::Timestamp;

/// One comment.
#[derive(Clone, Debug, Deserialize)]
pub struct Comment {
    pub id: i64,
    pub submission_id: i64,
    /// The id of the clause's heading, and how it read when the comment came; both empty for the whole draft.
    pub clause: String,
    pub clause_title: String,
    /// `None` once it was removed.
    pub text: Option<String>,
    /// What everybody may read of it.
    pub public_text: Option<String>,
    pub decision: Option<Decision>,
    pub answer: Option<String>,
    /// Where the text was changed.
    pub changed: Option<String>,
    pub capacity: Option<Capacity>,
    /// Where it was given, and not erased since.
    pub name: Option<String>,
    /// 1 where the sender asked that the name be shown.
    pub is_named: u8,
    pub received_at: Timestamp,
    /// Why it looks like spam, where nobody has looked yet.
    pub suspicion: Option<String>,
    /// Of its submission.
    pub version: i64,
}

/// Every column of a comment.
macro_rules! select {
    () => {
        "SELECT c.id, c.submission_id, clause, clause_title, text, public_text, decision, answer, changed,
                capacity, name, is_named, received_at, suspicion,
                (SELECT max(a.id) FROM audit AS a WHERE a.submission_id = c.submission_id) AS version "
    };
}

/// So many comments on a draft after so many others, in the order of these clauses and then of their coming.
///
/// # Errors
/// The database did not answer.
pub async fn comments(
    db: &Database,
    slug: &str,
    clauses: &[&str],
    lacking: Option<MissingPart>,
    start: u32,
    length: u32,
) -> Result<Vec<Comment>, DatabaseError> {
    let clauses = json(clauses)?;
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
            i64::from(length).into(),
            i64::from(start).into(),
        ],
    ))
    .await
}

/// Those of a draft's comments that have one of these numbers, in their order.
///
/// # Errors
/// The database did not answer.
pub async fn comments_among(
    db: &Database,
    slug: &str,
    ids: &[i64],
) -> Result<Vec<Comment>, DatabaseError> {
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

/// One of a draft's comments.
///
/// # Errors
/// The database did not answer.
pub async fn comment(db: &Database, slug: &str, id: i64) -> Result<Option<Comment>, DatabaseError> {
    Ok(comments_among(db, slug, &[id]).await?.into_iter().next())
}

fn json<T: serde::Serialize>(values: &[T]) -> Result<String, DatabaseError> {
    Ok(serde_json::to_string(values)?)
}
