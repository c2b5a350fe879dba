//! Reads the list of submissions that match a filter. SQL cannot compute due dates, because they depend on working
//! days. So Rust computes them, once for all open submissions that were received on the same day and have the same
//! answer period. The database gets these due dates as a parameter, and returns one page of the list.

use chrono::NaiveDate;
use cong_core::addresses::{DueFilter, StateFilter, SubmissionFilter, SuspicionFilter};
use cong_core::periods::{CountedDays, DueDate, due_date};
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese;
use cong_core::vietnamese::{Timestamp, fold};
use serde::{Deserialize, Serialize};

use super::suspicion::Suspected;
use crate::desk::due_soon::SOON_DAYS;
use crate::feedback::SubmissionState;
use crate::platform::{Database, DatabaseError, SqlValue, Statement};
use crate::web::PageSize;

const PER_PAGE: PageSize = PageSize(50);

/// The maximum number of search words. Further words are ignored.
const MAX_WORDS: usize = 10;

/// The difference between the time of Viet Nam and UTC, in seconds. The SQL below repeats this number and
/// `DAY_SECONDS`.
const ZONE_SECONDS: i64 = 25_200;

const DAY_SECONDS: i64 = 86_400;

/// The beginning of every query that uses `matching!`. It makes a table `due` of the due dates that `due_days_of` has
/// computed: one for each day of receipt and answer period. The parameter `?6` is in `Matching::values`.
macro_rules! due_days {
    () => {
        "WITH due AS MATERIALIZED (
             SELECT value ->> 'days' AS days, value ->> 'counts' AS counts, value ->> 'day' AS day,
                    value ->> 'due' AS due
             FROM json_each(?6)
         ) "
    };
}

/// The FROM and WHERE clauses that select the submissions that match a filter. The parameters `?1` to `?8` are the
/// elements of `Matching::values`.
macro_rules! matching {
    () => {
        " FROM submission_listed AS s
               LEFT JOIN due ON due.days = s.answer_days AND due.counts = s.answer_counts
                   AND due.day = (s.received_at + 25200) / 86400
                   AND s.state IN ('received', 'passed_on', 'in_progress')
          WHERE s.state IN (SELECT value FROM json_each(?1))
              AND (?2 IS NULL OR s.kind = ?2)
              AND (?3 IS NULL OR s.about = ?3)
              AND (?4 IS NULL OR s.flag = ?4)
              AND NOT EXISTS (
                  SELECT 1 FROM json_each(?5) AS word
                  WHERE instr(coalesce(s.folded, s.subject || ' ' || s.text), word.value) = 0
              )
              AND (?7 IS NULL OR due.due BETWEEN ?7 AND ?8) "
    };
}

/// A further condition for the WHERE clause of `matching!`. It does not change the result, but lets a query use the
/// index of the column `submission.state`, which makes it fast while few submissions are open. `?9` is
/// `Matching::own_states`.
macro_rules! of_their_states {
    () => {
        " AND s.own_state IN (SELECT value FROM json_each(?9)) "
    };
}

pub(super) use {due_days, matching};

/// A filter for submissions, converted to parameters of the SQL.
pub struct Matching {
    states: &'static str,
    /// The values of the column `submission.state` that submissions in one of the `states` may have, as a JSON list.
    /// With them the database can use an index.
    own_states: &'static str,
    kind: Option<&'static str>,
    about: Option<String>,
    flag: Option<&'static str>,
    words: String,
    due_days: String,
    /// The first and the last due date that match the filter; `None` if it does not restrict due dates.
    due: Option<(String, String)>,
    /// Whether the list is sorted by due date.
    is_by_due: bool,
}

#[derive(Deserialize)]
struct DayRow {
    answer_days: u32,
    answer_counts: String,
    day: i64,
}

#[derive(Serialize)]
struct DueDay {
    days: u32,
    counts: String,
    day: i64,
    due: String,
}

impl Matching {
    pub async fn of(
        db: &Database,
        filter: &SubmissionFilter,
        now: Timestamp,
    ) -> Result<Self, DatabaseError> {
        let is_by_due = !matches!(
            filter.state,
            StateFilter::Answered | StateFilter::Withdrawn | StateFilter::All
        ) || filter.due.is_some();
        let due_days = if is_by_due { due_days_of(db).await? } else { Vec::new() };
        let today = now.day();
        let due = filter.due.map(|due| match due {
            // The empty text sorts before any date.
            DueFilter::Overdue => (String::new(), iso(today.pred_opt().unwrap_or(today))),
            DueFilter::Soon => (iso(today), iso(vietnamese::add_days(today, SOON_DAYS))),
        });
        let (states, own_states) = states(filter.state);
        let folded = fold(&filter.words);
        let words: Vec<&str> = folded.split_whitespace().take(MAX_WORDS).collect();
        Ok(Self {
            states,
            own_states,
            kind: filter.kind.map(SubmissionKind::code),
            about: filter.about.clone(),
            flag: match filter.suspicion {
                SuspicionFilter::None => Some("none"),
                SuspicionFilter::Flagged => Some("flagged"),
                SuspicionFilter::Spam => Some("spam"),
                SuspicionFilter::All => None,
            },
            words: serde_json::to_string(&words)?,
            due_days: serde_json::to_string(&due_days)?,
            due,
            is_by_due,
        })
    }

    /// The SQL parameters `?1` to `?8` of `due_days!` and `matching!`.
    pub(super) fn values(&self) -> Vec<SqlValue<'_>> {
        let (first, last) = self.due.as_ref().map(|(a, b)| (a.as_str(), b.as_str())).unzip();
        vec![
            self.states.into(),
            self.kind.into(),
            self.about.as_deref().into(),
            self.flag.into(),
            self.words.as_str().into(),
            self.due_days.as_str().into(),
            first.into(),
            last.into(),
        ]
    }
}

/// The day as `2026-11-26`, which sorts correctly as text.
fn iso(day: NaiveDate) -> String {
    day.to_string()
}

/// Two JSON lists of states, by their names in the database: the states that editors filter by, and the values of the
/// column `submission.state` that such submissions may have. The lists differ, because comments on a draft count as
/// answered once the answers of the draft are public, whatever the column contains.
fn states(filter: StateFilter) -> (&'static str, &'static str) {
    const OPEN: &str = r#"["received","passed_on","in_progress"]"#;
    const ANSWERED: &str = r#"["received","passed_on","in_progress","answered"]"#;
    const ALL: &str = r#"["received","passed_on","in_progress","answered","withdrawn"]"#;
    let alone = |states| (states, states);
    match filter {
        StateFilter::Open => alone(OPEN),
        StateFilter::Received => alone(r#"["received"]"#),
        StateFilter::PassedOn => alone(r#"["passed_on"]"#),
        StateFilter::InProgress => alone(r#"["in_progress"]"#),
        StateFilter::Answered => (r#"["answered"]"#, ANSWERED),
        StateFilter::Withdrawn => alone(r#"["withdrawn"]"#),
        StateFilter::All => alone(ALL),
    }
}

/// Computes the due dates of all open submissions: one for each combination of a day of receipt and an answer period.
async fn due_days_of(db: &Database) -> Result<Vec<DueDay>, DatabaseError> {
    let rows: Vec<DayRow> = db
        .rows(Statement::new(
            "SELECT DISTINCT answer_days, answer_counts, (received_at + 25200) / 86400 AS day
             FROM open_submission WHERE answer_days IS NOT NULL",
            [],
        ))
        .await?;
    let due = |row: DayRow| {
        let start = Timestamp(row.day * DAY_SECONDS - ZONE_SECONDS);
        let due =
            iso(due_date(start, row.answer_days, CountedDays::from_code(&row.answer_counts)?).date);
        Some(DueDay { days: row.answer_days, counts: row.answer_counts, day: row.day, due })
    };
    Ok(rows.into_iter().filter_map(due).collect())
}

pub struct SubmissionList {
    pub total: u32,
    pub pages: u32,
    pub submissions: Vec<ListedSubmission>,
}

pub struct ListedSubmission {
    pub id: i64,
    pub kind: Option<SubmissionKind>,
    /// The subject of the submission, or the beginning of its text if it has no subject. Empty if both were erased.
    pub title: String,
    pub received_at: Timestamp,
    pub state: Option<SubmissionState>,
    pub suspected: Option<Suspected>,
    /// The due date of the answer; `None` if the submission is not open, or if no answer period applies to it.
    pub due: Option<DueDate>,
    pub is_overdue: bool,
}

#[derive(Deserialize)]
struct SubmissionRow {
    id: i64,
    kind: String,
    title: String,
    received_at: Timestamp,
    state: String,
    suspicion: Option<String>,
    answer_days: Option<u32>,
    answer_counts: Option<String>,
}

#[derive(Deserialize)]
struct TotalRow {
    total: u32,
}

/// Reads one page of the submissions that match a filter; `None` if there is no such page. With a filter for open
/// submissions or for due dates, they are sorted by due date. With any other filter, the newest come first.
pub async fn list_submissions(
    db: &Database,
    matching: &Matching,
    page: u32,
    now: Timestamp,
) -> Result<Option<SubmissionList>, DatabaseError> {
    let values = || matching.values().into_iter().chain([matching.own_states.into()]);
    let order = i64::from(matching.is_by_due).into();
    let [limit, offset] = PER_PAGE.limit_and_offset(page);
    let results = db
        .batch(&[
            Statement::new(
                concat!(due_days!(), "SELECT count(*) AS total", matching!(), of_their_states!()),
                values(),
            ),
            Statement::new(
                concat!(
                    due_days!(),
                    "SELECT s.id, s.kind, substr(iif(s.subject = '', s.text, s.subject), 1, 160) AS title,
                            s.received_at, s.state, s.suspicion, s.answer_days, s.answer_counts",
                    matching!(),
                    of_their_states!(),
                    "ORDER BY iif(?10, coalesce(due.due, '9999'), ''),
                              iif(?10, s.received_at, -s.received_at), iif(?10, s.id, -s.id)
                     LIMIT ?11 OFFSET ?12"
                ),
                values().chain([order, limit, offset]),
            ),
        ])
        .await?;
    let [total, rows] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let total = total.parse::<TotalRow>()?.into_iter().next();
    let total = total.ok_or_else(DatabaseError::unexpected)?.total;
    let rows = rows.parse::<SubmissionRow>()?;
    let pages = PER_PAGE.pages(total);
    let submissions = rows.into_iter().map(|row| row.listed(now)).collect();
    Ok((page <= pages).then_some(SubmissionList { total, pages, submissions }))
}

impl SubmissionRow {
    fn listed(self, now: Timestamp) -> ListedSubmission {
        let state = SubmissionState::from_code(&self.state);
        let due = due_of(self.received_at, self.answer_days, self.answer_counts.as_deref())
            .filter(|_| state.is_some_and(SubmissionState::is_open));
        ListedSubmission {
            id: self.id,
            kind: SubmissionKind::from_code(&self.kind),
            title: self.title,
            received_at: self.received_at,
            state,
            suspected: self.suspicion.as_deref().and_then(Suspected::from_code),
            due,
            is_overdue: due.is_some_and(|due| due.date < now.day()),
        }
    }
}

/// The due date of a submission. `days` is the length of the answer period that applied when it was received, and
/// `counts` says which days count; both are `None` if no period applied.
pub fn due_of(received_at: Timestamp, days: Option<u32>, counts: Option<&str>) -> Option<DueDate> {
    Some(due_date(received_at, days?, CountedDays::from_code(counts?)?))
}
