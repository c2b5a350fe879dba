//! Reads the data of the desk's first page: submissions that are due soon, drafts that close soon or wait for their
//! answers, broken documents, and the progress of the sync.

use cong_core::order::sort_by_key;
use cong_core::periods::{CountedDays, DueDate, due_date};
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::desk::consultations::MOST;
use crate::desk::due_soon::SOON_DAYS;
use crate::desk::stored_problem::{StoredProblem, stored_problems};
use crate::desk::sync_progress::SyncProgress;
use crate::platform::{Database, DatabaseError, Statement, Store, StoreError};

/// The maximum number of open submissions whose due dates are computed. If there are more, the database selects those
/// that are probably due first. The database does not know the working days, so it only estimates due dates for this
/// selection.
const MAX_WAITING: i64 = 1_000;

/// The maximum number of broken documents, and of drafts, that are listed.
pub const MAX_NAMED: u32 = 100;

/// The maximum number of submissions in `INBOX` that are counted. KV returns no more keys for one call.
pub const MAX_COUNTED: usize = 1_000;

/// How many submissions are open, how many may be spam, and which are overdue or due soon.
pub struct FeedbackToday {
    /// How many submissions are received, passed on or in progress, and not suspected to be spam.
    pub open: usize,
    /// How many submissions are suspected to be spam and were not reviewed yet.
    pub flagged: usize,
    /// The submissions that are overdue or due soon, the earliest due date first.
    pub due: Vec<DueSubmission>,
}

/// A submission that is overdue or due soon.
pub struct DueSubmission {
    pub id: i64,
    pub kind: Option<SubmissionKind>,
    pub subject: String,
    pub due: DueDate,
    pub is_overdue: bool,
}

/// What the desk's first page shows from the catalogue: the broken documents, the drafts that close soon or have
/// closed, and the progress of the sync.
pub struct ArticlesToday {
    pub sync: SyncProgress,
    pub broken: Vec<Broken>,
    pub drafts: Vec<ClosingDraft>,
}

/// A document with errors, which cannot be shown.
pub struct Broken {
    pub slug: String,
    pub problems: Vec<StoredProblem>,
}

/// A draft that closes soon, or that has closed already.
#[derive(Debug, Deserialize)]
pub struct ClosingDraft {
    pub slug: String,
    pub title: String,
    pub closes: i64,
}

#[derive(Deserialize)]
struct WaitingRow {
    id: i64,
    kind: String,
    subject: String,
    received_at: i64,
    answer_days: u32,
    answer_counts: String,
}

#[derive(Deserialize)]
struct SubmissionCountRow {
    open: usize,
    flagged: usize,
}

#[derive(Deserialize)]
struct BrokenRow {
    slug: String,
    problems: String,
}

#[derive(Deserialize)]
struct DraftSlugRow {
    slug: String,
}

pub async fn feedback_today(db: &Database, now: Timestamp) -> Result<FeedbackToday, DatabaseError> {
    let results = db
        .batch(&[
            Statement::new(
                "SELECT count(*) FILTER (WHERE suspicion IS NULL) AS open,
                     count(*) FILTER (WHERE suspicion <> 'confirmed') AS flagged
                 FROM submission_listed
                 WHERE own_state IN ('received', 'passed_on', 'in_progress')
                     AND state IN ('received', 'passed_on', 'in_progress')",
                [],
            ),
            Statement::new(
                "SELECT id, kind, subject, received_at, answer_days, answer_counts
                 FROM open_submission WHERE suspicion IS NULL AND answer_days IS NOT NULL
                 ORDER BY received_at + 86400 * answer_days * iif(answer_counts = 'working', 1.4, 1)
                 LIMIT ?1",
                [MAX_WAITING.into()],
            ),
        ])
        .await?;
    let [counts, waiting] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let counts = counts.parse::<SubmissionCountRow>()?.into_iter().next();
    let counts = counts.ok_or_else(DatabaseError::unexpected)?;
    let rows = waiting.parse::<WaitingRow>()?;
    let mut due: Vec<DueSubmission> =
        rows.into_iter().filter_map(|row| row.due_soon(now)).collect();
    sort_by_key(&mut due, |one| (one.due.date, one.id));
    Ok(FeedbackToday { open: counts.open, flagged: counts.flagged, due })
}

impl WaitingRow {
    /// Returns the submission in this row if it is overdue or due soon.
    fn due_soon(self, now: Timestamp) -> Option<DueSubmission> {
        let counts = CountedDays::from_code(&self.answer_counts)?;
        let due = due_date(Timestamp(self.received_at), self.answer_days, counts);
        let is_soon = due.date <= vietnamese::add_days(now.day(), SOON_DAYS);
        is_soon.then(|| DueSubmission {
            id: self.id,
            kind: SubmissionKind::from_code(&self.kind),
            subject: self.subject,
            due,
            is_overdue: due.date < now.day(),
        })
    }
}

pub async fn articles_today(
    catalogue: &Database,
    now: Timestamp,
) -> Result<ArticlesToday, DatabaseError> {
    let soon = now.end_of_day_after(SOON_DAYS);
    let results = catalogue
        .batch(&[
            SyncProgress::statement(),
            Statement::new(
                "SELECT slug, problems FROM document WHERE problems IS NOT NULL
                 ORDER BY slug LIMIT ?1",
                [i64::from(MAX_NAMED).into()],
            ),
            Statement::new(
                "SELECT slug, title, consultation_closes AS closes FROM article
                 WHERE consultation_closes <= ?1 AND draft = 0 AND publish_at <= ?2
                 ORDER BY consultation_closes DESC LIMIT ?3",
                [soon.0.into(), now.0.into(), MOST.into()],
            ),
        ])
        .await?;
    let [sync, broken, drafts] = results.as_slice() else {
        return Err(DatabaseError::unexpected());
    };
    let broken = broken
        .parse::<BrokenRow>()?
        .into_iter()
        .map(|row| Broken { problems: stored_problems(&row.problems), slug: row.slug });
    Ok(ArticlesToday {
        sync: SyncProgress::of(sync)?,
        broken: broken.collect(),
        drafts: drafts.parse()?,
    })
}

/// Returns those of `drafts` whose answers are not released, or that have a comment without a decision; at most
/// `MAX_NAMED`.
pub async fn without_answers(
    db: &Database,
    drafts: Vec<ClosingDraft>,
) -> Result<Vec<ClosingDraft>, DatabaseError> {
    let slugs: Vec<&str> = drafts.iter().map(|draft| draft.slug.as_str()).collect();
    let slugs = serde_json::to_string(&slugs).unwrap_or_default();
    let sql = "SELECT slug FROM consultation AS draft
               WHERE answered_at IS NOT NULL AND slug IN (SELECT value FROM json_each(?1))
                   AND NOT EXISTS (
                       SELECT 1 FROM visible_comment AS c
                       WHERE c.slug = draft.slug AND decision IS NULL AND text IS NOT NULL
                   )";
    let answered: Vec<DraftSlugRow> = db.rows(Statement::new(sql, [slugs.as_str().into()])).await?;
    let is_answered = |draft: &ClosingDraft| answered.iter().any(|row| row.slug == draft.slug);
    Ok(drafts.into_iter().filter(|draft| !is_answered(draft)).take(MAX_NAMED as usize).collect())
}

/// Counts the submissions in the store `INBOX`, which are not in the database yet, up to `MAX_COUNTED`.
pub async fn waiting(inbox: &Store) -> Result<usize, StoreError> {
    Ok(inbox.first_keys("", MAX_COUNTED as u32).await?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_795_579_200);

    fn waiting_since(days_ago: i64, answer_days: u32) -> Option<DueSubmission> {
        WaitingRow {
            id: 1,
            kind: "cau-hoi".into(),
            subject: String::new(),
            received_at: NOON.0 - days_ago * 86_400,
            answer_days,
            answer_counts: "calendar".into(),
        }
        .due_soon(NOON)
    }

    #[test]
    fn a_submission_is_named_from_five_days_before_its_day_and_is_overdue_after_it() {
        assert!(waiting_since(0, 30).is_none());
        assert!(!waiting_since(29, 30).unwrap().is_overdue);
        assert!(waiting_since(60, 30).unwrap().is_overdue);
    }
}
