//! Reads the questions that editors have released, with their answers, from `DB`.

use cong_core::article::is_slug;
use cong_core::order::sort_by;
use cong_core::vietnamese::{Timestamp, slug};
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

/// The maximum number of questions on one page of the list, and in the feed.
const PER_PAGE: PageSize = PageSize(20);

/// One released question with its answer.
#[derive(Debug, Deserialize)]
pub struct Question {
    pub id: i64,
    pub subject: String,
    pub text: String,
    pub answer: String,
    /// The name of the question's category; empty if it has none.
    pub category: String,
    pub received_at: Timestamp,
    pub released_at: Timestamp,
    /// When the question was released, or when it or its answer last changed after that.
    pub changed_at: Timestamp,
}

impl Question {
    /// The slug of the question's category; `None` if the question has no category, or if no slug can be made from the
    /// category's name.
    pub fn category_slug(&self) -> Option<String> {
        category_slug(&self.category)
    }
}

/// A category of questions, and the number of its questions. Names that give the same slug, such as spellings with and
/// without a capital, are one category.
#[derive(Debug, PartialEq, Eq)]
pub struct QuestionCategory {
    pub slug: String,
    pub name: String,
    pub count: u32,
}

/// A category's name as editors wrote it, and the number of questions with this name.
#[derive(Deserialize)]
struct NamedCategory {
    name: String,
    count: u32,
}

/// Makes a slug of a category's name; `None` if the name has no letter or digit, or is too long.
fn category_slug(name: &str) -> Option<String> {
    Some(slug(name)).filter(|slug| is_slug(slug))
}

fn categories(named: &[NamedCategory]) -> Vec<QuestionCategory> {
    let mut categories: Vec<QuestionCategory> = Vec::new();
    for NamedCategory { name, count } in named {
        let Some(slug) = category_slug(name) else { continue };
        match categories.iter_mut().find(|category| category.slug == slug) {
            Some(category) => category.count += count,
            None => categories.push(QuestionCategory { slug, name: name.clone(), count: *count }),
        }
    }
    sort_by(&mut categories, |one, other| one.slug.cmp(&other.slug));
    categories
}

/// One page of the list of questions, newest first.
#[derive(Debug)]
pub struct QuestionsPage {
    pub questions: Vec<Question>,
    pub categories: Vec<QuestionCategory>,
    /// The name of the category to which the list is limited; `None` for all categories.
    pub category: Option<String>,
    /// The number of questions in the whole list.
    pub total: u32,
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u32,
}

/// Reads the page `page` of the list of questions; pages are counted from 1. `wanted_slug` limits the list to one
/// category. Returns `None` if the category or the page does not exist.
pub async fn questions(
    db: &Database,
    wanted_slug: Option<&str>,
    page: u32,
) -> Result<Option<QuestionsPage>, DatabaseError> {
    let named: Vec<NamedCategory> = db
        .rows(Statement::new(
            "SELECT category AS name, count(*) AS count FROM released
             GROUP BY category ORDER BY category",
            [],
        ))
        .await?;
    let categories = categories(&named);
    let category = match wanted_slug {
        None => None,
        Some(wanted) => match categories.iter().find(|category| category.slug == wanted) {
            None => return Ok(None),
            found => found,
        },
    };
    let total = match category {
        Some(category) => category.count,
        None => named.iter().map(|category| category.count).sum(),
    };
    let pages = PER_PAGE.pages(total);
    if page > pages {
        return Ok(None);
    }
    let names = category
        .map(|category| {
            let names: Vec<&str> = named
                .iter()
                .map(|named| named.name.as_str())
                .filter(|name| slug(name) == category.slug)
                .collect();
            serde_json::to_string(&names)
        })
        .transpose()?;
    let questions = newest(db, names.as_deref(), page).await?;
    let category = category.map(|category| category.name.clone());
    Ok(Some(QuestionsPage { questions, categories, category, total, page, pages }))
}

/// Reads the newest questions, for the feed.
pub async fn newest_questions(db: &Database) -> Result<Vec<Question>, DatabaseError> {
    newest(db, None, 1).await
}

/// Reads a page of questions, newest first. `names` is a JSON list of names of categories, to which the page is
/// limited; `None` stands for all categories.
async fn newest(
    db: &Database,
    names: Option<&str>,
    page: u32,
) -> Result<Vec<Question>, DatabaseError> {
    let [limit, offset] = PER_PAGE.limit_and_offset(page);
    db.rows(Statement::new(
        "SELECT submission_id AS id, r.subject, r.text, r.answer, category, received_at, released_at, changed_at
         FROM released AS r JOIN submission AS s ON s.id = submission_id
         WHERE ?1 IS NULL OR category IN (SELECT value FROM json_each(?1))
         ORDER BY released_at DESC, submission_id DESC LIMIT ?2 OFFSET ?3",
        [names.into(), limit, offset],
    ))
    .await
}

/// Reads a question with its answer; `None` if it is not released.
pub async fn question(db: &Database, id: i64) -> Result<Option<Question>, DatabaseError> {
    let rows: Vec<Question> = db
        .rows(Statement::new(
            "SELECT submission_id AS id, r.subject, r.text, r.answer, category, received_at, released_at, changed_at
             FROM released AS r JOIN submission AS s ON s.id = submission_id
             WHERE submission_id = ?1",
            [id.into()],
        ))
        .await?;
    Ok(rows.into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_or_accents_are_one_category_and_one_without_letters_is_none() {
        let named = |name: &str, count| NamedCategory { name: name.into(), count };
        let long = "x".repeat(121);
        let named = [
            named("", 1),
            named("???", 1),
            named("Thủ tục", 2),
            named("thủ tục", 3),
            named("Đất đai", 1),
            named(&long, 1),
        ];
        let category = |slug: &str, name: &str, count| QuestionCategory {
            slug: slug.into(),
            name: name.into(),
            count,
        };
        let expected = [category("dat-dai", "Đất đai", 1), category("thu-tuc", "Thủ tục", 5)];
        assert_eq!(categories(&named), expected);
    }
}
