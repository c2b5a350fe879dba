//! From one article to another: its neighbours, and the one that an old address means.

use serde::Deserialize;

use crate::edge::{Database, DatabaseError, Statement};
use crate::vietnamese::Instant;

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
struct SlugRow {
    slug: String,
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
               AND other.listed_at <= here.listed_at
               AND (other.listed_at < here.listed_at OR other.slug > here.slug)
             ORDER BY other.listed_at DESC, other.slug LIMIT 1"
        }
        Direction::Next => {
            "SELECT other.slug FROM article here JOIN article other USING (category_slug)
             WHERE here.slug = ?1 AND other.draft = 0 AND other.publish_at <= ?2
               AND other.listed_at >= here.listed_at
               AND (other.listed_at > here.listed_at OR other.slug < here.slug)
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
