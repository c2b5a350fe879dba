//! What editors change of comments on a draft: all that were chosen, or none if somebody else has changed one of
//! their submissions since the editor saw it.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::consultation::ledger::Decision;
use crate::desk::{AuditLine, Editor, Role};
use crate::platform::{Database, DatabaseError, Statement, Value};

/// A comment as an editor saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Chosen {
    pub id: i64,
    /// Of its submission: the last line of its audit trail.
    pub version: i64,
}

/// An answer to be given.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub decision: Decision,
    pub text: &'a str,
    /// Where the draft was changed.
    pub changed: Option<&'a str>,
}

/// What became of a change.
#[derive(Debug)]
pub enum Outcome {
    Saved,
    /// Somebody else was faster, and nothing was changed: what they did to chosen comments.
    Changed(Vec<ChangedLine>),
    /// All is as the editor saw it, but what is released stands against it.
    Refused,
}

/// A line that has come into the audit trail of a chosen comment.
#[derive(Clone, Debug, Deserialize)]
pub struct ChangedLine {
    /// The comment's number.
    pub comment: i64,
    #[serde(flatten)]
    pub line: AuditLine,
}

/// The chosen comments (`?1`, of the draft `?2`), as long as all of them are as they were seen. What is asked does
/// not depend on the row, so it is asked once, before the first one changes.
macro_rules! while_all_are_as_seen {
    () => {
        " WHERE id IN (SELECT value ->> 'id' FROM json_each(?1))
              AND (SELECT count(*) FROM json_each(?1) AS chosen
                       JOIN visible_comment AS c ON c.id = chosen.value ->> 'id' AND c.slug = ?2
                   WHERE chosen.value ->> 'version' =
                       (SELECT max(a.id) FROM audit AS a WHERE a.submission_id = c.submission_id)
                  ) = json_array_length(?1)"
    };
}

/// Answers them all alike. Once the answers of the draft are released, only publishers may, and only once the record
/// has what everybody sees.
///
/// # Errors
/// The database did not answer.
pub async fn answer(
    db: &Database,
    slug: &str,
    chosen: &[Chosen],
    answer: Answer<'_>,
    editor: &Editor,
) -> Result<Outcome, DatabaseError> {
    let sql = concat!(
        "UPDATE comment SET decision = ?4, answer = ?5, changed = ?6, handled_by = ?3",
        while_all_are_as_seen!(),
        " AND (?7 OR NOT EXISTS (SELECT 1 FROM answers_released AS r WHERE r.slug = ?2))
          AND NOT EXISTS (
              SELECT 1 FROM json_each(?1) AS chosen JOIN ledger AS l ON l.comment_id = chosen.value ->> 'id'
              WHERE l.kind = 'answer' AND l.leaf IS NULL AND l.at <= unixepoch()
          ) RETURNING id"
    );
    let values = [
        answer.decision.code().into(),
        answer.text.into(),
        answer.changed.into(),
        i64::from(editor.role == Role::Publisher).into(),
    ];
    change(db, slug, chosen, editor, sql, &values).await
}

/// Lets everybody read those that nobody could read yet as they were sent; those that have a public text already,
/// in which something may be blacked out, keep it.
///
/// # Errors
/// The database did not answer.
pub async fn release_as_sent(
    db: &Database,
    slug: &str,
    chosen: &[Chosen],
    editor: &Editor,
) -> Result<Outcome, DatabaseError> {
    let sql = concat!(
        "UPDATE comment SET public_text = coalesce(public_text, text), handled_by = ?3",
        while_all_are_as_seen!(),
        " RETURNING id"
    );
    change(db, slug, chosen, editor, sql, &[]).await
}

/// Lets everybody read a comment in this form.
///
/// # Errors
/// The database did not answer.
pub async fn set_public_text(
    db: &Database,
    slug: &str,
    chosen: Chosen,
    text: &str,
    editor: &Editor,
) -> Result<Outcome, DatabaseError> {
    let sql = concat!(
        "UPDATE comment SET public_text = ?4, handled_by = ?3",
        while_all_are_as_seen!(),
        " RETURNING id"
    );
    change(db, slug, &[chosen], editor, sql, &[text.into()]).await
}

/// Takes a comment's public text back; what is in released answers stays.
///
/// # Errors
/// The database did not answer.
pub async fn hide(
    db: &Database,
    slug: &str,
    chosen: Chosen,
    editor: &Editor,
) -> Result<Outcome, DatabaseError> {
    let sql = concat!(
        "UPDATE comment SET public_text = NULL, handled_by = ?3",
        while_all_are_as_seen!(),
        " AND NOT EXISTS (SELECT 1 FROM answers_released AS r WHERE r.slug = ?2) RETURNING id"
    );
    change(db, slug, &[chosen], editor, sql, &[]).await
}

/// In one transaction: what has changed, and the change, if nothing has. `values` are those from `?4` on.
async fn change(
    db: &Database,
    slug: &str,
    chosen: &[Chosen],
    editor: &Editor,
    sql: &'static str,
    values: &[Value<'_>],
) -> Result<Outcome, DatabaseError> {
    let json = serde_json::to_string(chosen)?;
    let own = [json.as_str().into(), slug.into(), editor.email.as_str().into()];
    let results = db
        .batch(&[
            Statement::new(
                "SELECT c.id AS comment, a.id, a.at, a.what, a.who
                 FROM json_each(?1) AS chosen
                      JOIN comment AS c ON c.id = chosen.value ->> 'id' AND c.slug = ?2
                      JOIN audit AS a ON a.submission_id = c.submission_id
                          AND a.id > chosen.value ->> 'version'
                 ORDER BY c.id, a.id",
                [json.as_str().into(), slug.into()],
            ),
            Statement::new(sql, own.into_iter().chain(values.iter().copied())),
        ])
        .await?;
    let [changed, written] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let changed: Vec<ChangedLine> = changed.parse()?;
    if written.parse::<IgnoredAny>()?.len() == chosen.len() {
        return Ok(Outcome::Saved);
    }
    Ok(if changed.is_empty() { Outcome::Refused } else { Outcome::Changed(changed) })
}
