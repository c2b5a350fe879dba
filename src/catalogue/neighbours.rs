//! Queries for the articles before and after an article, and for the article that an old address leads to.

use cong_core::addresses::Direction;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

#[derive(Debug, PartialEq, Eq)]
pub enum Neighbour {
    Article(String),
    /// The category has no further article in that direction. The value is the slug of the category, whose list can be
    /// shown instead; it is empty if the article has no category.
    EndOfCategory(String),
    /// The category has no further article in English in that direction. The list of the category cannot be shown
    /// instead, because its page is in Vietnamese.
    EndOfEnglish,
    /// The article whose neighbour is requested is not in the catalogue, or not public.
    Unknown,
}

#[derive(Deserialize)]
struct NeighbourRow {
    slug: String,
}

#[derive(Deserialize)]
struct HereRow {
    category_slug: String,
    is_english: u8,
}

/// SQL for the neighbour of the article `?1` among the articles that are public at `?2`: the first that satisfies the
/// condition `$beyond`, in the order `$order`. It has one query for articles in English and one for all others. Few
/// articles are in English, so their query uses the index of articles in English. The unary `+` keeps SQLite from using
/// the index by category instead.
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

/// Finds the previous (older) or next (newer) article in the category of the article `slug`. For an article in English,
/// it finds only articles in English; for any other article, only articles that are not in English. So readers stay on
/// pages whose frame is in one language.
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
    Ok(match other.parse::<NeighbourRow>()?.into_iter().next() {
        Some(other) => Neighbour::Article(other.slug),
        None if here.is_english == 1 => Neighbour::EndOfEnglish,
        None => Neighbour::EndOfCategory(here.category_slug),
    })
}

/// Finds the public article that an old address leads to. If several articles claim the address, the article that was
/// published first gets it.
pub async fn find_alias(
    db: &Database,
    address: &str,
    now: Timestamp,
) -> Result<Option<String>, DatabaseError> {
    let rows: Vec<NeighbourRow> = db
        .rows(Statement::new(
            "SELECT slug FROM alias JOIN article USING (slug)
             WHERE address = ?1 AND draft = 0 AND publish_at <= ?2
             ORDER BY published, slug LIMIT 1",
            [address.into(), now.0.into()],
        ))
        .await?;
    Ok(rows.into_iter().next().map(|row| row.slug))
}
