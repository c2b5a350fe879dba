//! Changes that editors make to comments on a draft. A change applies to all chosen comments, or to none if somebody
//! else has changed one of their submissions since the editor loaded the page.

use cong_core::ledger::Decision;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::desk::editor::{Editor, Role};
use crate::desk::trail::AuditLine;
use crate::platform::{Database, DatabaseError, SqlValue, Statement};

/// A comment in the version that the editor saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Chosen {
    pub id: i64,
    /// The version of the comment's submission: the id of the last line of its audit trail.
    pub version: i64,
}

/// An answer to chosen comments.
#[derive(Clone, Copy, Debug)]
pub struct NewAnswer<'a> {
    pub decision: Decision,
    pub text: &'a str,
    /// The place where the draft was changed, in words.
    pub changed: Option<&'a str>,
}

/// The result of a change.
#[derive(Debug)]
pub enum ChangeOutcome {
    Saved,
    /// Another editor changed chosen comments first, so the change was not carried out. The lines describe the other
    /// change.
    Changed(Vec<ChangedLine>),
    /// Nobody else changed the comments, but what is released does not allow the change.
    Refused,
}

/// A new line in the audit trail of a chosen comment.
#[derive(Clone, Debug, Deserialize)]
pub struct ChangedLine {
    /// The number of the comment.
    pub comment: i64,
    #[serde(flatten)]
    pub line: AuditLine,
}

/// Selects the chosen comments (`?1`, of the draft `?2`), but only if all of them still have the version that the
/// editor saw. The condition does not depend on the row, so SQLite evaluates it once, before the first row changes.
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

/// Gives all chosen comments the same answer. After the answers of the draft were released, only publishers may do
/// this, and only once the ledger holds every answer that visitors can see.
pub async fn answer(
    db: &Database,
    slug: &str,
    chosen: &[Chosen],
    answer: NewAnswer<'_>,
    editor: &Editor,
) -> Result<ChangeOutcome, DatabaseError> {
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

/// Makes chosen comments public as they were sent. A comment that has a public text, which may be redacted, keeps it.
pub async fn release_as_sent(
    db: &Database,
    slug: &str,
    chosen: &[Chosen],
    editor: &Editor,
) -> Result<ChangeOutcome, DatabaseError> {
    let sql = concat!(
        "UPDATE comment SET public_text = coalesce(public_text, text), handled_by = ?3",
        while_all_are_as_seen!(),
        " RETURNING id"
    );
    change(db, slug, chosen, editor, sql, &[]).await
}

/// Makes a comment public with this text.
pub async fn set_public_text(
    db: &Database,
    slug: &str,
    chosen: Chosen,
    text: &str,
    editor: &Editor,
) -> Result<ChangeOutcome, DatabaseError> {
    let sql = concat!(
        "UPDATE comment SET public_text = ?4, handled_by = ?3",
        while_all_are_as_seen!(),
        " RETURNING id"
    );
    change(db, slug, &[chosen], editor, sql, &[text.into()]).await
}

/// Removes a comment's public text. Refused if the answers of the draft are released.
pub async fn hide(
    db: &Database,
    slug: &str,
    chosen: Chosen,
    editor: &Editor,
) -> Result<ChangeOutcome, DatabaseError> {
    let sql = concat!(
        "UPDATE comment SET public_text = NULL, handled_by = ?3",
        while_all_are_as_seen!(),
        " AND NOT EXISTS (SELECT 1 FROM answers_released AS r WHERE r.slug = ?2) RETURNING id"
    );
    change(db, slug, &[chosen], editor, sql, &[]).await
}

/// In one transaction, reads what others have changed, and applies the change if they have changed nothing. `values`
/// are the SQL parameters from `?4` on.
async fn change(
    db: &Database,
    slug: &str,
    chosen: &[Chosen],
    editor: &Editor,
    sql: &'static str,
    values: &[SqlValue<'_>],
) -> Result<ChangeOutcome, DatabaseError> {
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
        return Ok(ChangeOutcome::Saved);
    }
    Ok(if changed.is_empty() { ChangeOutcome::Refused } else { ChangeOutcome::Changed(changed) })
}
