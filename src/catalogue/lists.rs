//! Reading the catalogue: lists with pages, the site map's categories, neighbours, old addresses.

use serde::Deserialize;

use super::hot_index::{CategoryCount, Entry};
use crate::edge::{Database, DatabaseError, Statement, Value};
use crate::vietnamese::Instant;

/// Articles on one page of a list.
pub const PAGE_SIZE: u32 = 20;

/// One page of a list.
#[derive(Debug)]
pub struct Listing {
    pub entries: Vec<Entry>,
    /// Counted from 1.
    pub page: u32,
    /// At least 1, so that an empty list has a page to be shown on.
    pub pages: u32,
    pub articles: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Previous,
    Next,
}

/// Where a link to the previous or next article leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Neighbour {
    Article(String),
    /// There is none; the slug of the category, empty where the article has none.
    EndOfCategory(String),
    /// The article itself is not in the catalogue.
    Unknown,
}

#[derive(Deserialize)]
struct Count {
    articles: u32,
}

#[derive(Deserialize)]
struct SlugRow {
    slug: String,
}

/// All public articles, newest first.
pub async fn list_all(db: &Database, page: u32, now: Instant) -> Result<Listing, DatabaseError> {
    let count = Statement::new(
        "SELECT count(*) AS articles FROM article WHERE draft = 0 AND publish_at <= ?1",
        [now.0.into()],
    );
    let entries = Statement::new(
        "SELECT slug, title, summary, lang, category_slug, category_name, updated, listed_at,
                publish_at, pinned
         FROM article WHERE draft = 0 AND publish_at <= ?1
         ORDER BY listed_at DESC, slug LIMIT ?2 OFFSET ?3",
        [now.0.into(), Value::Integer(PAGE_SIZE.into()), offset(page)],
    );
    listing(db, count, entries, page).await
}

/// The public articles of one category, newest first.
pub async fn list_category(
    db: &Database,
    category: &str,
    page: u32,
    now: Instant,
) -> Result<Listing, DatabaseError> {
    let count = Statement::new(
        "SELECT count(*) AS articles FROM article
         WHERE category_slug = ?2 AND draft = 0 AND publish_at <= ?1",
        [now.0.into(), category.into()],
    );
    let entries = Statement::new(
        "SELECT slug, title, summary, lang, category_slug, category_name, updated, listed_at,
                publish_at, pinned
         FROM article WHERE category_slug = ?4 AND draft = 0 AND publish_at <= ?1
         ORDER BY listed_at DESC, slug LIMIT ?2 OFFSET ?3",
        [now.0.into(), Value::Integer(PAGE_SIZE.into()), offset(page), category.into()],
    );
    listing(db, count, entries, page).await
}

fn offset(page: u32) -> Value<'static> {
    Value::Integer(i64::from(page.saturating_sub(1)) * i64::from(PAGE_SIZE))
}

async fn listing(
    db: &Database,
    count: Statement<'_>,
    entries: Statement<'_>,
    page: u32,
) -> Result<Listing, DatabaseError> {
    let results = db.batch(&[count, entries]).await?;
    let [count, entries] = results.as_slice() else {
        return Err(DatabaseError::Failed("a batch of 2 gave another number of results".into()));
    };
    let articles = count.parse::<Count>()?.first().map_or(0, |count| count.articles);
    let pages = articles.div_ceil(PAGE_SIZE).max(1);
    Ok(Listing { entries: entries.parse()?, page, pages, articles })
}

/// All categories with public articles, by name.
pub async fn categories(db: &Database, now: Instant) -> Result<Vec<CategoryCount>, DatabaseError> {
    db.rows(Statement::new(
        "SELECT category_slug, max(category_name) AS category_name, count(*) AS articles
         FROM article WHERE category_slug <> '' AND draft = 0 AND publish_at <= ?1
         GROUP BY category_slug ORDER BY category_slug",
        [now.0.into()],
    ))
    .await
}

/// The neighbour of an article in its category: `Previous` is the older one.
pub async fn neighbour(
    db: &Database,
    slug: &str,
    direction: Direction,
    now: Instant,
) -> Result<Neighbour, DatabaseError> {
    let sql = match direction {
        Direction::Previous => {
            "SELECT other.slug FROM article here JOIN article other USING (category_slug)
             WHERE here.slug = ?1 AND other.draft = 0 AND other.publish_at <= ?2
               AND (other.listed_at < here.listed_at
                    OR other.listed_at = here.listed_at AND other.slug > here.slug)
             ORDER BY other.listed_at DESC, other.slug LIMIT 1"
        }
        Direction::Next => {
            "SELECT other.slug FROM article here JOIN article other USING (category_slug)
             WHERE here.slug = ?1 AND other.draft = 0 AND other.publish_at <= ?2
               AND (other.listed_at > here.listed_at
                    OR other.listed_at = here.listed_at AND other.slug < here.slug)
             ORDER BY other.listed_at, other.slug DESC LIMIT 1"
        }
    };
    let category = Statement::new(
        "SELECT category_slug AS slug FROM article
         WHERE slug = ?1 AND draft = 0 AND publish_at <= ?2",
        [slug.into(), now.0.into()],
    );
    let other = Statement::new(sql, [slug.into(), now.0.into()]);
    let results = db.batch(&[category, other]).await?;
    let mut found = results.iter().map(|rows| {
        Ok::<_, DatabaseError>(rows.parse::<SlugRow>()?.into_iter().next().map(|row| row.slug))
    });
    let category = found.next().transpose()?.flatten();
    let other = found.next().transpose()?.flatten();
    Ok(match (category, other) {
        (None, _) => Neighbour::Unknown,
        (Some(_), Some(slug)) => Neighbour::Article(slug),
        (Some(category), None) => Neighbour::EndOfCategory(category),
    })
}

/// The public article that an old address leads to; of two claims, the first published has it.
pub async fn find_alias(
    db: &Database,
    address: &str,
    now: Instant,
) -> Result<Option<String>, DatabaseError> {
    let rows: Vec<SlugRow> = db
        .rows(Statement::new(
            "SELECT slug FROM alias JOIN article USING (slug)
             WHERE address = ?1 AND draft = 0 AND publish_at <= ?2
             ORDER BY published, slug LIMIT 1",
            [address.into(), now.0.into()],
        ))
        .await?;
    Ok(rows.into_iter().next().map(|row| row.slug))
}
