//! Reads the desk's list of documents. Documents without an article (broken, or not read yet) come first, then the
//! articles, newest first.

use cong_core::addresses::{ArticleFilter, ArticleState};
use cong_core::vietnamese::{Timestamp, slug};
use serde::Deserialize;

use super::list_sql::{ALL, BROKEN, COUNTS, DRAFTS, PUBLIC, SCHEDULED, WAITING};
use crate::desk::stored_problem::{StoredProblem, stored_problems};
use crate::desk::sync_progress::SyncProgress;
use crate::platform::{Database, DatabaseError, SqlValue, Statement};
use crate::web::PageSize;

const PER_PAGE: PageSize = PageSize(50);

/// A text that no slug contains. It replaces search words without any letter or digit that a slug can contain.
/// Otherwise they would become an empty text, which matches every slug.
const IN_NO_SLUG: &str = "?";

#[derive(Debug)]
pub struct DeskListing {
    pub rows: Vec<DeskListedArticle>,
    /// How many documents in each state match the filter's words and category.
    pub counts: ArticleCounts,
    /// How many documents match the whole filter: its words, category and state.
    pub found: u32,
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u32,
    pub sync: SyncProgress,
}

#[derive(Debug)]
pub struct DeskListedArticle {
    pub slug: String,
    /// The state of the document. `Waiting` is the state of a document that the sync has never read.
    pub state: ArticleState,
    /// The article of the document; `None` if the document is broken or was not read yet.
    pub article: Option<ReadableArticle>,
    pub problems: Vec<StoredProblem>,
    /// Whether the sync is to read the document again.
    pub is_due: bool,
}

#[derive(Debug)]
pub struct ReadableArticle {
    pub title: String,
    pub lang: String,
    /// The name of the article's category; empty if it has none.
    pub category_name: String,
    pub updated: Timestamp,
    /// The time from which the article is public; 0 if the document does not set `publish_at`.
    pub publish_at: Timestamp,
}

/// How many documents are in each state. `waiting` counts the documents that the sync has yet to read: new ones, and
/// changed ones. Changed ones are also counted in the state that they had before.
#[derive(Debug, Deserialize)]
pub struct ArticleCounts {
    public: u32,
    scheduled: u32,
    drafts: u32,
    broken: u32,
    waiting: u32,
    /// How many documents the sync has never read. They are counted in `waiting` only.
    new: u32,
}

#[derive(Deserialize)]
struct DeskArticleRow {
    slug: String,
    problems: Option<String>,
    is_due: u8,
    title: Option<String>,
    lang: Option<String>,
    category_name: Option<String>,
    updated: Option<Timestamp>,
    draft: Option<u8>,
    publish_at: Option<Timestamp>,
}

/// Reads one page of the list; `None` if there is no such page.
pub async fn list(
    catalogue: &Database,
    filter: &ArticleFilter,
    page: u32,
    now: Timestamp,
) -> Result<Option<DeskListing>, DatabaseError> {
    let in_slug = in_slug(&filter.words);
    let in_title = in_title(&filter.words);
    let mut asked_for: Vec<SqlValue<'_>> = vec![now.0.into(), filter.category.as_deref().into()];
    asked_for.extend(in_slug.iter().chain(&in_title).map(|part| SqlValue::Text(part)));
    let mut values = asked_for.clone();
    values.extend(PER_PAGE.limit_and_offset(page));
    let rows = match filter.state {
        None => ALL,
        Some(ArticleState::Public) => PUBLIC,
        Some(ArticleState::Scheduled) => SCHEDULED,
        Some(ArticleState::Draft) => DRAFTS,
        Some(ArticleState::Broken) => BROKEN,
        Some(ArticleState::Waiting) => WAITING,
    };
    let results = catalogue
        .batch(&[
            Statement { sql: COUNTS, values: asked_for },
            Statement { sql: rows, values },
            SyncProgress::statement(),
        ])
        .await?;
    let [counts, rows, sync] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let counts = counts.parse::<ArticleCounts>()?.into_iter().next();
    let counts = counts.ok_or_else(DatabaseError::unexpected)?;
    let found = filter.state.map_or_else(|| counts.all(), |state| counts.of(state));
    let pages = PER_PAGE.pages(found);
    if page > pages {
        return Ok(None);
    }
    let rows = rows.parse::<DeskArticleRow>()?.into_iter().map(|row| row.listed(now)).collect();
    let sync = SyncProgress::of(sync)?;
    Ok(Some(DeskListing { rows, counts, found, page, pages, sync }))
}

/// Splits the search words into the five parts that the SQL compares with slugs: a document is found if its slug
/// contains all of them. The first four parts are the first four words, the fifth has all further words, joined with
/// hyphens. Unused parts are empty, and every slug contains an empty text.
fn in_slug(words: &str) -> [String; 5] {
    let slug = match slug(words) {
        slug if slug.is_empty() && !words.is_empty() => IN_NO_SLUG.to_owned(),
        slug => slug,
    };
    let mut parts = slug.splitn(5, '-').map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// The search words in the two forms that the SQL looks for in titles: with the first letter in upper case, and with it
/// in lower case.
fn in_title(words: &str) -> [String; 2] {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return [String::new(), String::new()] };
    let rest = letters.as_str();
    let upper: String = first.to_uppercase().collect();
    let lower: String = first.to_lowercase().collect();
    [format!("{upper}{rest}"), format!("{lower}{rest}")]
}

impl ArticleCounts {
    /// How many documents there are in all states together.
    pub fn all(&self) -> u32 {
        self.public + self.scheduled + self.drafts + self.broken + self.new
    }

    pub fn of(&self, state: ArticleState) -> u32 {
        match state {
            ArticleState::Public => self.public,
            ArticleState::Scheduled => self.scheduled,
            ArticleState::Draft => self.drafts,
            ArticleState::Broken => self.broken,
            ArticleState::Waiting => self.waiting,
        }
    }
}

impl DeskArticleRow {
    fn listed(self, now: Timestamp) -> DeskListedArticle {
        let problems = self.problems.as_deref().map(stored_problems);
        let article = (|| {
            Some(ReadableArticle {
                title: self.title?,
                lang: self.lang?,
                category_name: self.category_name?,
                updated: self.updated?,
                publish_at: self.publish_at?,
            })
        })();
        let state = match &article {
            Some(article) => ArticleState::of(self.draft == Some(1), Some(article.publish_at), now),
            None if problems.is_some() => ArticleState::Broken,
            None => ArticleState::Waiting,
        };
        let problems = problems.unwrap_or_default();
        DeskListedArticle { slug: self.slug, state, article, problems, is_due: self.is_due == 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_in_any_order_and_without_accents_in_slugs() {
        assert_eq!(in_slug("Lúa cạn"), ["lua", "can", "", "", ""]);
        assert_eq!(in_slug("a b c d e f"), ["a", "b", "c", "d", "e-f"]);
        assert_eq!(in_slug(""), [""; 5]);
        assert_eq!(in_slug("???"), [IN_NO_SLUG, "", "", "", ""]);
    }

    #[test]
    fn a_title_may_begin_with_the_words_or_go_on_with_them() {
        assert_eq!(in_title("đề nghị"), ["Đề nghị", "đề nghị"]);
        assert_eq!(in_title(""), ["", ""]);
    }
}
