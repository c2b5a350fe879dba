//! The steps of handling a submission. Each names who takes it and from which version on; it takes effect whole, or
//! not at all where somebody else was faster.

use serde::Deserialize;

use super::dossier::Dossier;
use crate::desk::Role;
use crate::feedback::SubmissionState;
use crate::platform::{Database, DatabaseError, Statement, Value};
use crate::vietnamese::Timestamp;

/// A step that its submission's own page offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is being worked on; an answer that was given goes.
    Start,
    PassOn,
    /// It is no spam.
    Clear,
    /// It is spam.
    MarkSpam,
}

impl Step {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Start, "xu-ly"),
        (Self::PassOn, "chuyen"),
        (Self::Clear, "khong-rac"),
        (Self::MarkSpam, "la-rac"),
    ];

    /// As in forms.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(step, _)| *step == self).map_or("", |(_, code)| code)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(step, _)| *step)
    }

    /// Whether only publishers may take it, because it changes what is public.
    pub fn is_for_publishers(self, dossier: &Dossier) -> bool {
        matches!(self, Self::Clear | Self::MarkSpam) && dossier.is_public_with_draft
    }

    /// Whether the database's rules let a submission take it, and it changes something.
    pub fn is_open_to(self, dossier: &Dossier) -> bool {
        use super::Suspected::Confirmed;
        let Dossier { state, suspected, .. } = dossier;
        let is_handled_by_itself = !dossier.is_draft_comment();
        match self {
            Self::Start => match state {
                SubmissionState::Received | SubmissionState::PassedOn => is_handled_by_itself,
                SubmissionState::Answered => is_handled_by_itself && dossier.released.is_none(),
                SubmissionState::InProgress | SubmissionState::Withdrawn => false,
            },
            Self::PassOn => is_handled_by_itself && state.is_open(),
            // What is released stays whole.
            Self::Clear => {
                suspected.is_some() && !dossier.is_withdrawn() && !dossier.lacks_released_answer
            }
            Self::MarkSpam => *suspected != Some(Confirmed) && state.is_open(),
        }
    }
}

/// Who changes which version of a submission.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    pub id: i64,
    pub version: i64,
    /// The editor's e-mail address.
    pub who: &'a str,
}

impl<'a> Change<'a> {
    /// The parameters `?1` to `?3`, and what follows.
    fn with<const N: usize>(self, more: [Value<'a>; N]) -> Vec<Value<'a>> {
        let own = [self.id.into(), self.version.into(), self.who.into()];
        own.into_iter().chain(more).collect()
    }
}

#[derive(Deserialize)]
struct Touched {}

/// Whether the statement found the version that it is about.
async fn took_effect(db: &Database, statement: Statement<'_>) -> Result<bool, DatabaseError> {
    let touched: Vec<Touched> = db.rows(statement).await?;
    Ok(!touched.is_empty())
}

/// Takes a step; `unit` is to whom it is passed on. Whether it took effect: marking as spam, or not, does not where
/// that changes what is public and the editor is no publisher, nor where it leaves a gap in released answers.
///
/// # Errors
/// The database did not answer, or its rules forbid the step.
pub async fn take(
    db: &Database,
    step: Step,
    change: Change<'_>,
    unit: &str,
    role: Role,
) -> Result<bool, DatabaseError> {
    let statement = match step {
        Step::Start => Statement::new(
            "UPDATE submission SET state = 'in_progress', handled_by = ?3
             WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
             RETURNING id",
            change.with([]),
        ),
        Step::PassOn => Statement::new(
            "UPDATE submission SET state = 'passed_on', passed_to = ?4, handled_by = ?3
             WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
             RETURNING id",
            change.with([unit.into()]),
        ),
        Step::Clear | Step::MarkSpam => Statement::new(
            "UPDATE submission SET suspicion = ?4, handled_by = ?3
             WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
                 AND (?5 OR kind <> 'gop-y-du-thao' OR NOT (
                     EXISTS (SELECT 1 FROM answers_released WHERE slug = about) OR EXISTS (
                         SELECT 1 FROM comment AS c
                         WHERE c.submission_id = ?1 AND public_text IS NOT NULL
                     )
                 ))
                 AND (?4 IS NOT NULL OR NOT EXISTS (
                     SELECT 1 FROM comment AS c JOIN answers_released USING (slug)
                     WHERE c.submission_id = ?1 AND (decision IS NULL OR public_text IS NULL)
                 ))
             RETURNING id",
            change.with([
                Some("confirmed").filter(|_| step == Step::MarkSpam).into(),
                i64::from(role == Role::Publisher).into(),
            ]),
        ),
    };
    took_effect(db, statement).await
}

/// Answers, or changes the answer; what is released has been taken back before. Whether it took effect.
///
/// # Errors
/// The database did not answer, or its rules forbid the step.
pub async fn answer(db: &Database, change: Change<'_>, text: &str) -> Result<bool, DatabaseError> {
    let statement = Statement::new(
        "UPDATE submission SET state = 'answered', answer = ?4, handled_by = ?3
         WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
         RETURNING id",
        change.with([text.into()]),
    );
    took_effect(db, statement).await
}

/// What everybody is to read.
pub struct NewRelease<'a> {
    pub subject: &'a str,
    pub text: &'a str,
    pub answer: &'a str,
    /// Empty for none.
    pub category: &'a str,
}

/// Releases, or changes what is released. Whether it took effect.
///
/// # Errors
/// The database did not answer, or its rules forbid the step.
pub async fn release(
    db: &Database,
    change: Change<'_>,
    new: &NewRelease<'_>,
) -> Result<bool, DatabaseError> {
    let statement = Statement::new(
        "INSERT INTO released (submission_id, subject, text, answer, category, handled_by)
         SELECT id, ?4, ?5, ?6, ?7, ?3 FROM submission
         WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
         ON CONFLICT (submission_id) DO UPDATE
         SET subject = excluded.subject, text = excluded.text, answer = excluded.answer,
             category = excluded.category, handled_by = excluded.handled_by
         RETURNING submission_id",
        change.with([new.subject.into(), new.text.into(), new.answer.into(), new.category.into()]),
    );
    took_effect(db, statement).await
}

/// Takes back what is released. Whether it took effect.
///
/// # Errors
/// The database did not answer.
pub async fn take_back(db: &Database, change: Change<'_>) -> Result<bool, DatabaseError> {
    let statement = Statement::new(
        "UPDATE released SET is_taken_back = 1, handled_by = ?3
         WHERE submission_id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
         RETURNING submission_id",
        change.with([]),
    );
    took_effect(db, statement).await
}

/// Erases who sent it, for good. Whether it took effect.
///
/// # Errors
/// The database did not answer.
pub async fn erase_identity(
    db: &Database,
    change: Change<'_>,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    insert_tombstone(db, change, "identity", now).await
}

/// Erases everything of it but the fact that it was received, for good. Whether it took effect.
///
/// # Errors
/// The database did not answer.
pub async fn erase_submission(
    db: &Database,
    change: Change<'_>,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    insert_tombstone(db, change, "submission", now).await
}

async fn insert_tombstone(
    db: &Database,
    change: Change<'_>,
    what: &str,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let statement = Statement::new(
        "INSERT INTO tombstone (receipt_hash, what, at, who)
         SELECT receipt_hash, ?4, ?5, ?3 FROM submission
         WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
         RETURNING what",
        change.with([what.into(), now.0.into()]),
    );
    took_effect(db, statement).await
}
