//! The steps of handling a submission, such as answering or erasing it. Each step names the editor and the version of
//! the submission that the editor saw. If somebody else has changed the submission since then, nothing of the step is
//! applied.

use cong_core::codes;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::dossier::Dossier;
use super::suspicion::Suspected;
use crate::desk::editor::Role;
use crate::feedback::SubmissionState;
use crate::platform::{Database, DatabaseError, SqlValue, Statement};

/// A step that the page of a submission offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandlingStep {
    /// Marks the submission as in progress; an existing answer is removed.
    Start,
    PassOn,
    /// Removes the suspicion of spam.
    Clear,
    /// Marks the submission as spam.
    MarkSpam,
}

// The codes of the steps in forms.
codes!(HandlingStep {
    Start = "xu-ly",
    PassOn = "chuyen",
    Clear = "khong-rac",
    MarkSpam = "la-rac",
});

impl HandlingStep {
    /// Whether only publishers may take the step, because it changes public pages.
    pub fn is_for_publishers(self, dossier: &Dossier) -> bool {
        matches!(self, Self::Clear | Self::MarkSpam) && dossier.is_public_with_draft
    }

    /// Whether the step would change the submission, and the rules of the database allow it now.
    pub fn is_open_to(self, dossier: &Dossier) -> bool {
        use Suspected::Confirmed;
        let Dossier { state, suspected, .. } = dossier;
        let is_handled_by_itself = !dossier.is_draft_comment();
        match self {
            Self::Start => match state {
                SubmissionState::Received | SubmissionState::PassedOn => is_handled_by_itself,
                SubmissionState::Answered => is_handled_by_itself && dossier.released.is_none(),
                SubmissionState::InProgress | SubmissionState::Withdrawn => false,
            },
            Self::PassOn => is_handled_by_itself && state.is_open(),
            // If the submission is no longer suspected, its comments count again. Released answers must not get a
            // comment without an answer in this way.
            Self::Clear => {
                suspected.is_some() && !dossier.is_withdrawn() && !dossier.lacks_released_answer
            }
            Self::MarkSpam => *suspected != Some(Confirmed) && state.is_open(),
        }
    }
}

/// A change of a submission: which submission, the version of it that the editor saw, and who the editor is.
#[derive(Clone, Copy)]
pub struct VersionedChange<'a> {
    pub id: i64,
    pub version: i64,
    /// The editor's e-mail address.
    pub who: &'a str,
}

impl<'a> VersionedChange<'a> {
    /// The SQL parameters of the change: `?1` is the id of the submission, `?2` the version that the editor saw, and
    /// `?3` the editor's e-mail address. The elements of `more` follow from `?4` on.
    fn with<const N: usize>(self, more: [SqlValue<'a>; N]) -> Vec<SqlValue<'a>> {
        let own = [self.id.into(), self.version.into(), self.who.into()];
        own.into_iter().chain(more).collect()
    }
}

#[derive(Deserialize)]
struct Touched {}

/// Runs a statement, and returns whether it changed a row. It changes none if somebody else has changed the submission
/// meanwhile.
async fn took_effect(db: &Database, statement: Statement<'_>) -> Result<bool, DatabaseError> {
    let touched: Vec<Touched> = db.rows(statement).await?;
    Ok(!touched.is_empty())
}

/// Takes a step, and returns whether it was applied. `unit` is the unit to which `HandlingStep::PassOn` passes the
/// submission on.
///
/// A step is not applied if the submission no longer has the version in `change`. `Clear` and `MarkSpam` are also not
/// applied if they change public pages and the editor is not a publisher. `Clear` is also not applied if released
/// answers would then contain a comment without an answer.
///
/// # Errors
/// The database did not answer, or its rules forbid the step.
pub async fn take(
    db: &Database,
    step: HandlingStep,
    change: VersionedChange<'_>,
    unit: &str,
    role: Role,
) -> Result<bool, DatabaseError> {
    let statement = match step {
        HandlingStep::Start => Statement::new(
            "UPDATE submission SET state = 'in_progress', handled_by = ?3
             WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
             RETURNING id",
            change.with([]),
        ),
        HandlingStep::PassOn => Statement::new(
            "UPDATE submission SET state = 'passed_on', passed_to = ?4, handled_by = ?3
             WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
             RETURNING id",
            change.with([unit.into()]),
        ),
        HandlingStep::Clear | HandlingStep::MarkSpam => Statement::new(
            "UPDATE submission SET suspicion = ?4, handled_by = ?3
             WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
                 AND NOT EXISTS (
                     SELECT 1 FROM submission_listed AS s
                     WHERE s.id = ?1 AND (is_public_with_draft AND NOT ?5
                         OR lacks_released_answer AND ?4 IS NULL)
                 )
             RETURNING id",
            change.with([
                (step == HandlingStep::MarkSpam).then_some(Suspected::Confirmed.code()).into(),
                i64::from(role == Role::Publisher).into(),
            ]),
        ),
    };
    took_effect(db, statement).await
}

/// Stores a new or a changed answer, and returns whether it was stored. It is not stored if the submission no longer
/// has the version in `change`. The rules of the database forbid changing a released answer: it must be taken back
/// before.
///
/// # Errors
/// The database did not answer, or its rules forbid the step.
pub async fn answer(
    db: &Database,
    change: VersionedChange<'_>,
    text: &str,
) -> Result<bool, DatabaseError> {
    let statement = Statement::new(
        "UPDATE submission SET state = 'answered', answer = ?4, handled_by = ?3
         WHERE id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
         RETURNING id",
        change.with([text.into()]),
    );
    took_effect(db, statement).await
}

/// The public version of a question with its answer.
pub struct NewRelease<'a> {
    pub subject: &'a str,
    pub text: &'a str,
    pub answer: &'a str,
    /// The category of the question; empty if it has none.
    pub category: &'a str,
}

/// Makes a question public, or changes its public version. Returns whether this was done. It is not done if the
/// submission no longer has the version in `change`.
///
/// # Errors
/// The database did not answer, or its rules forbid the step.
pub async fn release(
    db: &Database,
    change: VersionedChange<'_>,
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

/// Takes back the public version of a question. Returns whether this was done. It is not done if the submission no
/// longer has the version in `change`, or if there is no public version.
pub async fn take_back(db: &Database, change: VersionedChange<'_>) -> Result<bool, DatabaseError> {
    let statement = Statement::new(
        "UPDATE released SET is_taken_back = 1, handled_by = ?3
         WHERE submission_id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
         RETURNING submission_id",
        change.with([]),
    );
    took_effect(db, statement).await
}

/// Erases the sender's identity for good. Returns whether this was done. It is not done if the submission no longer has
/// the version in `change`.
pub async fn erase_identity(
    db: &Database,
    change: VersionedChange<'_>,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    insert_tombstone(db, change, "identity", now).await
}

/// Erases the whole content of the submission for good: its text, its answer and the sender's identity. Only the fact
/// that it was received stays. Returns whether this was done. It is not done if the submission no longer has the
/// version in `change`.
pub async fn erase_submission(
    db: &Database,
    change: VersionedChange<'_>,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    insert_tombstone(db, change, "submission", now).await
}

/// Inserts a tombstone. Triggers of the database then erase the data that it names.
async fn insert_tombstone(
    db: &Database,
    change: VersionedChange<'_>,
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
