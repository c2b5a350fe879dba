//! From one article to another: its neighbours, and the one that an old address means.

use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::vietnamese::Timestamp;

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
    /// There is none, and the article is in English: its category's list is not.
    EndOfEnglish,
    /// The article itself is not in the catalogue.
    Unknown,
}

#[derive(Deserialize)]
struct SlugRow {
    slug: String,
}

#[derive(Deserialize)]
struct HereRow {
    category_slug: String,
    is_english: u8,
}

/// The nearest article beyond one, in an order. Each language is read by an index of its own: of a category few are
/// in English, and of those few are in the category.
macro_rules! nearest {
    ($beyond:literal, $order:literal) => {
        concat!(
            "SELECT slug FROM (
                 SELECT other.slug FROM article here JOIN article other
                     ON other.category_slug = here.category_slug
                 WHERE here.slug = ?1 AND here.is_english = 0 AND other.is_english = 0
                     AND other.draft = 0 AND other.publish_at <= ?2 AND ",
            $beyond,
            " ORDER BY ",
            $order,
            " LIMIT 1)
             UNION ALL SELECT slug FROM (
                 SELECT other.slug FROM article here JOIN article other
                     ON +other.category_slug = here.category_slug
                 WHERE here.slug = ?1 AND here.is_english = 1 AND other.is_english = 1
                     AND other.draft = 0 AND other.publish_at <= ?2 AND ",
            $beyond,
            " ORDER BY ",
            $order,
            " LIMIT 1)"
        )
    };
}

/// The neighbour of an article in its category: `Previous` is the older one. Articles in English are neighbours of
/// one another, so that no reader comes from one language into another.
pub async fn neighbour(
    db: &Database,
    slug: &str,
    direction: Direction,
    now: Timestamp,
) -> Result<Neighbour, DatabaseError> {
    let sql = match direction {
        Direction::Previous => nearest!(
            "other.listed_at <= here.listed_at
                 AND (other.listed_at < here.listed_at OR other.slug > here.slug)",
            "other.listed_at DESC, other.slug"
        ),
        Direction::Next => nearest!(
            "other.listed_at >= here.listed_at
                 AND (other.listed_at > here.listed_at OR other.slug < here.slug)",
            "other.listed_at, other.slug DESC"
        ),
    };
    let here = Statement::new(
        "SELECT category_slug, is_english FROM article
         WHERE slug = ?1 AND draft = 0 AND publish_at <= ?2",
        [slug.into(), now.0.into()],
    );
    let other = Statement::new(sql, [slug.into(), now.0.into()]);
    let results = db.batch(&[here, other]).await?;
    let [here, other] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let Some(here) = here.parse::<HereRow>()?.into_iter().next() else {
        return Ok(Neighbour::Unknown);
    };
    Ok(match other.parse::<SlugRow>()?.into_iter().next() {
        Some(other) => Neighbour::Article(other.slug),
        None if here.is_english == 1 => Neighbour::EndOfEnglish,
        None => Neighbour::EndOfCategory(here.category_slug),
    })
}

/// The public article that an old address leads to; of two claims, the first published has it.
pub async fn find_alias(
    db: &Database,
    address: &str,
    now: Timestamp,
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
