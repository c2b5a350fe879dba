//! Reads the public comments on a draft from `DB`, with their answers once these are released. They are sorted by
//! clause, in the order of the draft. The database does not know this order, so the caller passes it.

use cong_core::consultation::Capacity;
use cong_core::ledger::Decision;
use cong_core::order::sort_by_key;
use cong_core::vietnamese::Timestamp;
use serde::{Deserialize, Deserializer};

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

pub const PER_PAGE: PageSize = PageSize(50);

/// The number of comments on one clause: received, public, and with each decision.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClauseCount {
    /// The id of the clause's heading; empty for the whole draft. `title` is the text that the heading had when one of
    /// the comments was sent.
    pub clause: String,
    pub title: String,
    /// The number of comments received, without confirmed spam and without withdrawn ones.
    pub received: u32,
    /// The number of received comments that are public.
    pub released: u32,
    /// The number of released comments that the office accepted. This number and the next two (partly accepted,
    /// explained) must not be shown before the answers are released.
    pub accepted: u32,
    pub partly: u32,
    pub explained: u32,
}

/// A comment as the public sees it, with its answer.
#[derive(Clone, Debug, Deserialize)]
pub struct ReleasedComment {
    pub id: i64,
    pub clause: String,
    pub clause_title: String,
    pub text: String,
    #[serde(deserialize_with = "capacity")]
    pub capacity: Capacity,
    /// The sender's name, if the sender asked to show it and it has not been erased since.
    pub name: Option<String>,
    pub received_at: Timestamp,
    /// The decision on the comment. Both `decision` and `answer` are `None` before the answers are released.
    pub decision: Option<Decision>,
    pub answer: Option<String>,
    /// The place in the draft that was changed because of the comment.
    pub changed: Option<String>,
}

/// Reads the capacity in which a sender wrote. It may be NULL if a comment was entered with SQL; then the sender counts
/// as an individual.
fn capacity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Capacity, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Counts the comments on each clause of a draft. The counts are in this order: the whole draft, the clauses whose ids
/// are in `clauses` (in the order there), and the clauses that the draft no longer has.
pub async fn count_comments(
    db: &Database,
    slug: &str,
    clauses: &[String],
) -> Result<Vec<ClauseCount>, DatabaseError> {
    let mut counts: Vec<ClauseCount> = db
        .rows(Statement::new(
            "SELECT clause, max(clause_title) AS title, count(*) AS received,
                    count(public_text) AS released,
                    sum(decision IS 'accepted' AND public_text IS NOT NULL) AS accepted,
                    sum(decision IS 'partly' AND public_text IS NOT NULL) AS partly,
                    sum(decision IS 'explained' AND public_text IS NOT NULL) AS explained
             FROM visible_comment WHERE slug = ?1 GROUP BY clause",
            [slug.into()],
        ))
        .await?;
    let place = |clause: &str| match clause {
        "" => 0,
        id => clauses.iter().position(|known| known == id).map_or(usize::MAX, |place| place + 1),
    };
    sort_by_key(&mut counts, |count| place(&count.clause));
    Ok(counts)
}

impl ClauseCount {
    /// The number of released comments that have a decision.
    pub fn answered(&self) -> u32 {
        self.accepted + self.partly + self.explained
    }

    /// The number of comments on the clause that a list of the kind `listed` shows.
    pub fn shown(&self, listed: ListedComments) -> u32 {
        match listed {
            ListedComments::Released => self.released,
            ListedComments::Answered | ListedComments::Prepared => self.answered(),
        }
    }
}

/// Which comments a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedComments {
    Released,
    /// Released comments with their answers. The list is empty before the answers are released.
    Answered,
    /// The comments that `Answered` will show once the answers are released, for editors who check them before.
    Prepared,
}

/// A part of a list of comments that is read at once: the comments on `clauses`, in the order of `clauses`, without the
/// first `skipped` ones, and at most `length`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    listed: ListedComments,
    clauses: Vec<String>,
    skipped: u32,
    length: u32,
}

impl Window {
    pub fn of_page(counts: &[ClauseCount], listed: ListedComments, page: u32) -> Self {
        Self::new(counts, listed, PER_PAGE.skipped(page), PER_PAGE.0)
    }

    /// The part of a list that begins after the first `start` comments of the list. `clauses` gets only those that have
    /// comments in this part.
    pub fn new(counts: &[ClauseCount], listed: ListedComments, start: u32, length: u32) -> Self {
        let mut clauses = Vec::new();
        let (mut before, mut skipped) = (0_u32, 0);
        for count in counts {
            let after = before.saturating_add(count.shown(listed));
            if after > before && after > start && before < start.saturating_add(length) {
                if clauses.is_empty() {
                    skipped = start.saturating_sub(before);
                }
                clauses.push(count.clause.clone());
            }
            before = after;
        }
        Self { listed, clauses, skipped, length }
    }
}

/// Reads the released comments in `window`, with the answers that are public at `now`. The comments are in the order of
/// the clauses in `window`, and within a clause in the order in which they were stored.
pub async fn released_comments(
    db: &Database,
    slug: &str,
    window: &Window,
    now: Timestamp,
) -> Result<Vec<ReleasedComment>, DatabaseError> {
    if window.clauses.is_empty() {
        return Ok(Vec::new());
    }
    let clauses = serde_json::to_string(&window.clauses)?;
    db.rows(Statement::new(
        "SELECT c.id, clause, clause_title, public_text AS text, capacity, received_at,
                iif(is_named = 1 AND name <> '', name, NULL) AS name,
                iif(shows_answers, decision, NULL) AS decision,
                iif(shows_answers, answer, NULL) AS answer,
                iif(shows_answers, changed, NULL) AS changed
         FROM (SELECT ?6 OR EXISTS (
                   SELECT 1 FROM answers_released WHERE slug = ?1 AND released_at <= ?7
               ) AS shows_answers)
              CROSS JOIN json_each(?2) AS place
              CROSS JOIN visible_comment AS c ON c.slug = ?1 AND c.clause = place.value
              LEFT JOIN identity AS i ON i.submission_id = c.submission_id
         WHERE public_text IS NOT NULL
             AND (?5 = 0 OR (shows_answers AND decision IS NOT NULL))
         ORDER BY place.key, c.id LIMIT ?3 OFFSET ?4",
        [
            slug.into(),
            clauses.as_str().into(),
            window.length.into(),
            window.skipped.into(),
            i64::from(window.listed != ListedComments::Released).into(),
            i64::from(window.listed == ListedComments::Prepared).into(),
            now.0.into(),
        ],
    ))
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts() -> Vec<ClauseCount> {
        [("", 2), ("dieu-1", 0), ("dieu-2", 5), ("dieu-3", 1)]
            .map(|(clause, released)| ClauseCount {
                clause: clause.into(),
                title: clause.into(),
                received: released,
                released,
                accepted: 0,
                partly: 0,
                explained: 0,
            })
            .into()
    }

    fn window(start: u32, length: u32) -> (Vec<String>, u32) {
        let Window { clauses, skipped, .. } =
            Window::new(&counts(), ListedComments::Released, start, length);
        (clauses, skipped)
    }

    #[test]
    fn a_part_of_a_list_reads_the_clauses_that_it_shows_and_no_other() {
        assert_eq!(window(0, 2), (vec![String::new()], 0));
        assert_eq!(window(1, 2), (vec![String::new(), "dieu-2".into()], 1));
        assert_eq!(window(2, 5), (vec!["dieu-2".into()], 0));
        assert_eq!(window(6, 9), (vec!["dieu-2".into(), "dieu-3".into()], 4));
        assert_eq!(window(8, 9), (Vec::new(), 0));
        assert_eq!(window(u32::MAX, u32::MAX), (Vec::new(), 0));
    }
}
