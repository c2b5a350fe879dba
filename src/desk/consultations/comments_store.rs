//! Reads the comments on a draft for editors: public ones and others, with the names of their senders.

use cong_core::addresses::MissingPart;
use cong_core::consultation::Capacity;
use cong_core::ledger::Decision;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

pub const PER_PAGE: PageSize = PageSize(50);

/// A comment on a draft, with its answer and its sender's name.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredComment {
    pub id: i64,
    pub submission_id: i64,
    /// The id of the heading of the clause. `clause_title` is the text of that heading when the comment was received.
    /// Both are empty if the comment is about the whole draft.
    pub clause: String,
    pub clause_title: String,
    /// The text as the sender wrote it; `None` after it was erased.
    pub text: Option<String>,
    /// The text that the public can read; `None` if the comment is not public.
    pub public_text: Option<String>,
    pub decision: Option<Decision>,
    pub answer: Option<String>,
    /// The place in the draft that was changed because of the comment, in an editor's words.
    pub changed: Option<String>,
    pub capacity: Option<Capacity>,
    /// The sender's name; `None` if the sender gave no name, or the name was erased.
    pub name: Option<String>,
    /// 1 if the sender asked for the name to be shown, otherwise 0.
    pub is_named: u8,
    pub received_at: Timestamp,
    /// The code of the reason why the comment's submission looks like spam; `None` if it does not.
    pub suspicion: Option<String>,
    /// The version of the comment's submission: the id of the last line of its audit trail.
    pub version: i64,
}

/// The SELECT clause with all columns of `StoredComment`, with which a query begins.
macro_rules! select {
    () => {
        "SELECT c.id, c.submission_id, clause, clause_title, text, public_text, decision, answer, changed,
                capacity, name, is_named, received_at, suspicion,
                (SELECT max(a.id) FROM audit AS a WHERE a.submission_id = c.submission_id) AS version "
    };
}

/// Reads one page of the comments on the clauses `clauses`. `lacking` limits it to comments without a decision, or to
/// those without a public text. The comments are sorted by clause, in the order of `clauses`, and then by id.
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

/// Reads the comments on a draft whose ids are in `ids`, sorted by id. Withdrawn comments and spam are left out.
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

/// Reads one comment on a draft; `None` if there is no such comment, or if it was withdrawn or is spam.
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
