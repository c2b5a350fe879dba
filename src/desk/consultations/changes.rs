//! Changes that editors make to comments on a draft. A change applies to all chosen comments, or to none if somebody
//! else has changed the submission of one of them since the editor loaded the page.

use cong_core::ledger::Decision;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::desk::editor::{Editor, Role};
use crate::desk::trail::AuditLine;
use crate::platform::{Database, DatabaseError, SqlValue, Statement};

/// A comment that an editor has chosen on a page, in the version that the page showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Chosen {
    pub id: i64,
    /// The version of the comment's submission: the id of the last line of its audit trail.
    pub version: i64,
}

/// An answer that all chosen comments get.
#[derive(Clone, Copy, Debug)]
pub struct NewAnswer<'a> {
    pub decision: Decision,
    pub text: &'a str,
    /// The place in the draft that was changed because of the comments, in the editor's words, such as "Điều 5 khoản 2"
    /// ("Article 5, clause 2").
    pub changed: Option<&'a str>,
}

#[derive(Debug)]
pub enum ChangeOutcome {
    Saved,
    /// The change was not carried out, because somebody else has changed a chosen comment since the editor loaded the
    /// page. The lines describe what the other person changed.
    Changed(Vec<ChangedLine>),
    /// The change was not carried out, because the answers of the draft are released, which forbids or restricts
    /// changes (see the functions of this module). Nobody else has changed the comments.
    Refused,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ChangedLine {
    pub comment: i64,
    #[serde(flatten)]
    pub line: AuditLine,
}

/// The WHERE clause that selects the chosen comments in an UPDATE. `?1` is a JSON list of `Chosen`, `?2` the slug of
/// the draft. If the submission of one of the comments no longer has the version that the editor saw, the clause
/// selects no comment at all. SQLite checks this once, before the first row changes, because the condition does not
/// depend on the row.
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

/// Gives all chosen comments the same answer. Once the answers of the draft are released, only publishers may do this.
/// Once they are public, the change is refused while the ledger does not contain the answers to these comments yet,
/// because the replaced answers would leave no trace.
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

/// Makes chosen comments public as they were sent. A comment that already has a public text keeps that text, because an
/// editor may have redacted it.
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

/// Makes a comment public with `text` as its public text.
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

/// Removes the public text of a comment, so that the comment is no longer public. This is refused if the answers of the
/// draft are released.
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

/// Carries out the UPDATE `sql`, which selects the comments with `while_all_are_as_seen!`. If somebody else has changed
/// a chosen comment, nothing is updated, and the lines of the audit trail about that change are returned. They are read
/// in the same transaction.
///
/// The SQL parameters are `?1` the chosen comments in JSON, `?2` the slug of the draft, `?3` the e-mail address of the
/// editor, and from `?4` on the elements of `values`.
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
