//! Questions and answers as an editor released them for everybody.

use serde::Deserialize;

use crate::edge::{Database, DatabaseError, Statement};
use crate::vietnamese::{Instant, slug};

const QUESTIONS_PER_PAGE: u32 = 20;

/// One question with its answer.
#[derive(Debug, Deserialize)]
pub struct Question {
    pub id: i64,
    pub subject: String,
    pub text: String,
    pub answer: String,
    /// Empty for none.
    pub category: String,
    pub received_at: Instant,
    pub released_at: Instant,
}

/// A category of questions, and how many it has. One whose name makes no slug has no page.
#[derive(Debug, Deserialize)]
pub struct QuestionCategory {
    pub name: String,
    pub count: u32,
}

impl QuestionCategory {
    pub fn slug(&self) -> String {
        slug(&self.name)
    }
}

/// One page of questions, newest first.
#[derive(Debug)]
pub struct QuestionsPage {
    pub questions: Vec<Question>,
    pub categories: Vec<QuestionCategory>,
    /// The category asked for.
    pub category: Option<String>,
    /// How many there are in it, or in all.
    pub total: u32,
    /// Counted from 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
}

/// The questions of a page, counted from 1; `None` where there is no such category or page.
///
/// # Errors
/// D1 did not answer in time or failed.
pub async fn questions(
    db: &Database,
    category_slug: Option<&str>,
    page: u32,
) -> Result<Option<QuestionsPage>, DatabaseError> {
    let categories: Vec<QuestionCategory> = db
        .rows(Statement::new(
            "SELECT category AS name, count(*) AS count FROM released
             GROUP BY category ORDER BY category",
            [],
        ))
        .await?;
    let category = match category_slug {
        None => None,
        Some(wanted) => match categories.iter().find(|category| category.slug() == wanted) {
            None => return Ok(None),
            found => found.map(|category| category.name.clone()),
        },
    };
    let total: u32 = categories
        .iter()
        .filter(|known| category.as_ref().is_none_or(|name| known.name == *name))
        .map(|known| known.count)
        .sum();
    let pages = total.div_ceil(QUESTIONS_PER_PAGE).max(1);
    if page > pages {
        return Ok(None);
    }
    let before = page.saturating_sub(1).saturating_mul(QUESTIONS_PER_PAGE);
    let questions = db
        .rows(Statement::new(
            "SELECT submission_id AS id, r.subject, r.text, r.answer, category, received_at, released_at
             FROM released AS r JOIN submission AS s ON s.id = submission_id
             WHERE ?1 IS NULL OR category = ?1
             ORDER BY released_at DESC, submission_id DESC LIMIT ?2 OFFSET ?3",
            [
                category.as_deref().into(),
                i64::from(QUESTIONS_PER_PAGE).into(),
                i64::from(before).into(),
            ],
        ))
        .await?;
    let categories =
        categories.into_iter().filter(|category| !category.slug().is_empty()).collect();
    Ok(Some(QuestionsPage { questions, categories, category, total, page, pages }))
}

/// One released question; `None` where it is not, or no longer, released.
///
/// # Errors
/// D1 did not answer in time or failed.
pub async fn question(db: &Database, id: i64) -> Result<Option<Question>, DatabaseError> {
    let rows: Vec<Question> = db
        .rows(Statement::new(
            "SELECT submission_id AS id, r.subject, r.text, r.answer, category, received_at, released_at
             FROM released AS r JOIN submission AS s ON s.id = submission_id
             WHERE submission_id = ?1",
            [id.into()],
        ))
        .await?;
    Ok(rows.into_iter().next())
}

/// What was released last, for the feed.
///
/// # Errors
/// D1 did not answer in time or failed.
pub async fn newest_questions(db: &Database) -> Result<Vec<Question>, DatabaseError> {
    db.rows(Statement::new(
        "SELECT submission_id AS id, r.subject, r.text, r.answer, category, received_at, released_at
         FROM released AS r JOIN submission AS s ON s.id = submission_id
         ORDER BY released_at DESC, submission_id DESC LIMIT 20",
        [],
    ))
    .await
}
