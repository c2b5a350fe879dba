//! Lists of articles from the catalogue: all, of a year or a month, of a category; and all categories.

use serde::Deserialize;

use super::hot_index::{CategoryCount, Entry};
use super::periods::{MonthCount, PAGE_SIZE, Period, Place, pages, place};
use crate::platform::{Database, DatabaseError, Statement, Value};
use crate::vietnamese::Timestamp;

/// What is listed.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub of: Listed<'a>,
    pub period: Period,
}

/// Which articles are listed, whatever their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed<'a> {
    All,
    /// Those of the category with this slug.
    Category(&'a str),
    /// Those whose page has a frame in English.
    InEnglish,
}

impl<'a> Listed<'a> {
    /// The scope under which `month_count` counts them.
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

/// One page of a list, newest first.
#[derive(Debug)]
pub struct Listing {
    pub entries: Vec<Entry>,
    /// Counted from 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
    pub articles: u32,
    /// The months that have articles, newest first.
    pub months: Vec<MonthCount>,
    /// The name of the category that is listed; empty for all articles.
    pub category_name: String,
}

/// A list as JSON: hundreds of rows that cross the border cost more than one text.
#[derive(Deserialize)]
struct MonthsRow {
    months: String,
}

#[derive(Deserialize)]
struct NameRow {
    name: String,
}

/// All categories with listed articles; of several names of one slug, the one that most articles use.
pub(super) const CATEGORIES: &str = "
    SELECT slug AS category_slug, sum(articles) AS articles,
        (SELECT name FROM category named WHERE named.slug = category.slug
         ORDER BY articles DESC, name LIMIT 1) AS category_name
    FROM category GROUP BY slug ORDER BY slug LIMIT 200";

/// A page of a list; `None` where there is no such page, or nothing in that category or period. Takes one
/// round trip for a first page and two for any other, and no query reads more rows than a month has
/// articles.
///
/// # Errors
/// D1 did not answer.
pub async fn list(
    db: &Database,
    scope: Scope<'_>,
    page: u32,
    now: Timestamp,
) -> Result<Option<Listing>, DatabaseError> {
    let Scope { of, period } = scope;
    let category = of.category();
    let newest = Place { before: period.end(), skip: 0 };
    let mut statements = vec![count(scope, now)];
    statements.extend((page == 1).then(|| entries_at(scope, newest, now)));
    statements.extend(category.map(name));
    let results = db.batch(&statements).await?;
    let Some((counts, others)) = results.split_first() else {
        return Err(DatabaseError::unexpected());
    };
    let months = months(&counts.parse()?)?;
    let articles = months.iter().map(|month| month.articles).sum();
    let entries: Vec<Entry> = match (others.first(), place(&months, page)) {
        (Some(entries), _) if page == 1 => entries.parse()?,
        (_, Some(place)) => db.rows(entries_at(scope, place, now)).await?,
        (_, None) => return Ok(None),
    };
    if entries.is_empty() && (of != Listed::All || period != Period::All) {
        return Ok(None);
    }
    let names = others.last().filter(|_| category.is_some());
    let names = names.map(|names| names.parse::<NameRow>()).transpose()?.unwrap_or_default();
    let counted = names.into_iter().next().map(|row| row.name);
    // Before the first article of a category is counted, its own word for it stands.
    let of_first = || category.and(entries.first()).map(|entry| entry.category_name.clone());
    let category_name = counted.or_else(of_first).unwrap_or_default();
    Ok(Some(Listing { entries, page, pages: pages(articles), articles, months, category_name }))
}

/// The months of the period: as they were counted, and articles that have become public since.
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
        [
            scope.of.scope().into(),
            Value::Integer(first.into()),
            Value::Integer(last.into()),
            now.0.into(),
        ],
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

fn entries_at(scope: Scope<'_>, place: Place, now: Timestamp) -> Statement<'_> {
    let start = scope.period.start();
    let mut values = vec![
        now.0.into(),
        start.0.into(),
        place.before.0.into(),
        Value::Integer(PAGE_SIZE.into()),
        Value::Integer(place.skip.into()),
    ];
    values.extend(scope.of.category().map(Value::from));
    let sql = match scope.of {
        Listed::All => entries_where!("draft = 0"),
        Listed::Category(_) => entries_where!("draft = 0 AND category_slug = ?6"),
        Listed::InEnglish => entries_where!("draft = 0 AND is_english = 1"),
    };
    Statement::new(sql, values)
}

/// All categories that have articles.
///
/// # Errors
/// D1 did not answer.
pub async fn categories(db: &Database) -> Result<Vec<CategoryCount>, DatabaseError> {
    db.rows(Statement::new(CATEGORIES, [])).await
}
