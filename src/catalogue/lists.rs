//! Queries for lists of articles (all, by year, month or category) and for the list of categories.

use cong_core::addresses::ListPeriod;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::hot_index::{CategoryCount, ListedArticle};
use super::periods::{MonthCount, PER_PAGE, PageStart, place};
use crate::platform::{Database, DatabaseError, SqlValue, Statement};

/// Selects the articles of a list by two conditions: a category or language (`of`), and a year or month (`period`).
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub of: ListedArticles<'a>,
    pub period: ListPeriod,
}

/// Selects articles by category or language, whatever their date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListedArticles<'a> {
    All,
    /// The articles of the category with this slug.
    Category(&'a str),
    /// The articles in English. The page that lists them is in English too.
    InEnglish,
}

impl<'a> ListedArticles<'a> {
    /// The value of the column `month_count.scope` in the rows that count these articles: empty for all articles, a
    /// category's slug, or `@en`.
    fn scope(self) -> &'a str {
        match self {
            Self::All => "",
            Self::Category(slug) => slug,
            Self::InEnglish => "@en",
        }
    }

    fn category(self) -> Option<&'a str> {
        match self {
            Self::Category(slug) => Some(slug),
            Self::All | Self::InEnglish => None,
        }
    }
}

/// One page of a list of articles, newest first.
#[derive(Debug)]
pub struct Listing {
    pub entries: Vec<ListedArticle>,
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u32,
    pub articles: u32,
    /// The months in which the list has articles, newest first. If the list is limited to a year or month, only months
    /// in it.
    pub months: Vec<MonthCount>,
    /// The name of the listed category; empty if the list is not of a category.
    pub category_name: String,
}

/// The row that the query for the number of articles in each month returns. The counts of all months are one JSON text,
/// because passing hundreds of rows from JavaScript to Wasm costs more than one string.
#[derive(Deserialize)]
struct MonthsRow {
    months: String,
}

#[derive(Deserialize)]
struct NameRow {
    name: String,
}

/// SQL for the categories that have public articles, at most 200, each with the number of these articles. If articles
/// spell the name of a category in several ways, the most frequent spelling is used.
pub const CATEGORIES: &str = "
    SELECT slug AS category_slug, sum(articles) AS articles,
        (SELECT name FROM category named WHERE named.slug = category.slug
         ORDER BY articles DESC, name LIMIT 1) AS category_name
    FROM category GROUP BY slug ORDER BY slug LIMIT 200";

/// Reads a page of a list. Returns `None` if there is no such page, or if the category or period has no articles.
///
/// The first page takes one round trip to the database, any other page takes two. No query reads more articles than one
/// month has.
pub async fn list(
    db: &Database,
    scope: Scope<'_>,
    page: u32,
    now: Timestamp,
) -> Result<Option<Listing>, DatabaseError> {
    let Scope { of, period } = scope;
    let category = of.category();
    let newest = PageStart { before: period.end(), skip: 0 };
    let mut statements = vec![count(scope, now)];
    statements.extend((page == 1).then(|| entries_at(scope, newest, now)));
    statements.extend(category.map(name));
    let results = db.batch(&statements).await?;
    let Some((counts, others)) = results.split_first() else {
        return Err(DatabaseError::unexpected());
    };
    let months = months(&counts.parse()?)?;
    let articles = months.iter().map(|month| month.articles).sum();
    let entries: Vec<ListedArticle> = match (others.first(), place(&months, page)) {
        (Some(entries), _) if page == 1 => entries.parse()?,
        (_, Some(place)) => db.rows(entries_at(scope, place, now)).await?,
        (_, None) => return Ok(None),
    };
    if entries.is_empty() && (of != ListedArticles::All || period != ListPeriod::All) {
        return Ok(None);
    }
    let names = others.last().filter(|_| category.is_some());
    let names = names.map(|names| names.parse::<NameRow>()).transpose()?.unwrap_or_default();
    let counted = names.into_iter().next().map(|row| row.name);
    // The table of categories has no name of a category until its first article is counted. Until then, the name comes
    // from that article.
    let of_first = || category.and(entries.first()).map(|entry| entry.category_name.clone());
    let category_name = counted.or_else(of_first).unwrap_or_default();
    let pages = PER_PAGE.pages(articles);
    Ok(Some(Listing { entries, page, pages, articles, months, category_name }))
}

/// Counts the articles of a list by month. The counts are those of the table `month_count`, plus the articles that have
/// become public since the sync indexed them.
fn count(scope: Scope<'_>, now: Timestamp) -> Statement<'_> {
    let (first, last) = scope.period.months();
    Statement::new(
        "SELECT json_group_array(json_object('month', month, 'articles', articles)
                 ORDER BY month DESC) AS months FROM (
             SELECT month, sum(articles) AS articles FROM (
                 SELECT month, articles FROM month_count
                 WHERE scope = ?1 AND month BETWEEN ?2 AND ?3
                 UNION ALL
                 SELECT month, 1 FROM article
                 WHERE listed = 0 AND draft = 0 AND publish_at <= ?4 AND month BETWEEN ?2 AND ?3
                   AND ?1 IN ('', category_slug, iif(is_english = 1, '@en', '')))
             GROUP BY month)",
        [scope.of.scope().into(), first.into(), last.into(), now.0.into()],
    )
}

fn months(rows: &[MonthsRow]) -> Result<Vec<MonthCount>, DatabaseError> {
    let row = rows.first().ok_or_else(DatabaseError::unexpected)?;
    Ok(serde_json::from_str(&row.months)?)
}

fn name(category: &str) -> Statement<'_> {
    Statement::new(
        "SELECT name FROM category WHERE slug = ?1 ORDER BY articles DESC, name LIMIT 1",
        [category.into()],
    )
}

macro_rules! entries_where {
    ($which:literal) => {
        concat!(
            "SELECT slug, title, summary, lang, category_slug, category_name, updated, listed_at,
                 publish_at, pinned
             FROM article WHERE ",
            $which,
            " AND publish_at <= ?1 AND listed_at >= ?2 AND listed_at < ?3
             ORDER BY listed_at DESC, slug LIMIT ?4 OFFSET ?5"
        )
    };
}

fn entries_at(scope: Scope<'_>, place: PageStart, now: Timestamp) -> Statement<'_> {
    let start = scope.period.start();
    let mut values = vec![
        now.0.into(),
        start.0.into(),
        place.before.0.into(),
        PER_PAGE.0.into(),
        place.skip.into(),
    ];
    values.extend(scope.of.category().map(SqlValue::from));
    let sql = match scope.of {
        ListedArticles::All => entries_where!("draft = 0"),
        ListedArticles::Category(_) => entries_where!("draft = 0 AND category_slug = ?6"),
        ListedArticles::InEnglish => entries_where!("draft = 0 AND is_english = 1"),
    };
    Statement::new(sql, values)
}

pub async fn categories(db: &Database) -> Result<Vec<CategoryCount>, DatabaseError> {
    db.rows(Statement::new(CATEGORIES, [])).await
}
