//! The steps of handling a submission. Each step names the editor and the version that the editor saw. It is applied
//! completely, or not at all if somebody else has changed the submission since.

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

// The codes in forms.
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

    /// Whether the rules of the database allow the step now, and it changes something.
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
            // Clearing must not add an unanswered comment to released answers.
            Self::Clear => {
                suspected.is_some() && !dossier.is_withdrawn() && !dossier.lacks_released_answer
            }
            Self::MarkSpam => *suspected != Some(Confirmed) && state.is_open(),
        }
    }
}

/// The editor who makes a change, and the submission and version to which it applies.
#[derive(Clone, Copy)]
pub struct VersionedChange<'a> {
    pub id: i64,
    pub version: i64,
    /// The editor's e-mail address.
    pub who: &'a str,
}

impl<'a> VersionedChange<'a> {
    /// The SQL parameters `?1` to `?3`, followed by `more`.
    fn with<const N: usize>(self, more: [SqlValue<'a>; N]) -> Vec<SqlValue<'a>> {
        let own = [self.id.into(), self.version.into(), self.who.into()];
        own.into_iter().chain(more).collect()
    }
}

#[derive(Deserialize)]
struct Touched {}

/// Whether the statement changed a row, that is, found the expected version.
async fn took_effect(db: &Database, statement: Statement<'_>) -> Result<bool, DatabaseError> {
    let touched: Vec<Touched> = db.rows(statement).await?;
    Ok(!touched.is_empty())
}

/// Takes a step, and returns whether it was applied. `unit` is the unit to which `Step::PassOn` passes the
/// submission. It is not applied if the submission has another version by now; if it marks or clears spam, changes
/// public pages, and the editor is no publisher; or if clearing would leave a gap in released answers.
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

/// Stores an answer or a changed answer, and returns whether it was applied. A released answer must be taken back
/// first.
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
    /// Empty if the question has no category.
    pub category: &'a str,
}

/// Makes a question public, or changes its public version. Returns whether this was applied.
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

/// Takes back the public version of a question. Returns whether this was applied.
pub async fn take_back(db: &Database, change: VersionedChange<'_>) -> Result<bool, DatabaseError> {
    let statement = Statement::new(
        "UPDATE released SET is_taken_back = 1, handled_by = ?3
         WHERE submission_id = ?1 AND (SELECT max(id) FROM audit WHERE submission_id = ?1) = ?2
         RETURNING submission_id",
        change.with([]),
    );
    took_effect(db, statement).await
}

/// Erases the sender's identity for good. Returns whether this was applied.
pub async fn erase_identity(
    db: &Database,
    change: VersionedChange<'_>,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    insert_tombstone(db, change, "identity", now).await
}

/// Erases all content of the submission for good; only the fact that it was received stays. Returns whether this was
/// applied.
pub async fn erase_submission(
    db: &Database,
    change: VersionedChange<'_>,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    insert_tombstone(db, change, "submission", now).await
}

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
