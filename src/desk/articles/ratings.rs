//! The readers' ratings of articles, as editors read them: counts and remarks. A rating is a yes or no to "Thông tin
//! này có ích không?" ("Is this information useful?").

use std::collections::HashMap;

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

const PER_PAGE: PageSize = PageSize(20);

/// How many readers rated an article as useful, and how many as not useful.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Ratings {
    pub useful: usize,
    pub not_useful: usize,
}

/// A reader's remark on an article, with the reader's rating.
#[derive(Debug, Deserialize)]
pub struct Remark {
    /// 1 if the reader rated the article as useful, otherwise 0.
    pub is_useful: u8,
    pub remark: String,
    pub at: Timestamp,
}

/// The ratings of one article, and a page of the remarks.
#[derive(Debug)]
pub struct RatingsPage {
    pub ratings: Ratings,
    /// How many remarks there are on all pages.
    pub written: u32,
    /// One page of the remarks, newest first.
    pub remarks: Vec<Remark>,
    pub page: u32,
    /// The number of pages, at least 1.
    pub pages: u32,
}

#[derive(Deserialize)]
struct RatedSlugRow {
    slug: String,
    #[serde(flatten)]
    ratings: Ratings,
}

#[derive(Deserialize)]
struct RatingCountRow {
    #[serde(flatten)]
    ratings: Ratings,
    written: u32,
}

/// Counts the ratings of the articles with the slugs `slugs`. Returns a map from slugs to ratings, in which articles
/// without ratings are missing.
pub async fn ratings_of(
    db: &Database,
    slugs: &[&str],
) -> Result<HashMap<String, Ratings>, DatabaseError> {
    let slugs = serde_json::to_string(slugs).unwrap_or_default();
    let sql = "SELECT slug, count(*) FILTER (WHERE is_useful = 1) AS useful,
                   count(*) FILTER (WHERE is_useful = 0) AS not_useful
               FROM rating WHERE slug IN (SELECT value FROM json_each(?1)) GROUP BY slug";
    let rows: Vec<RatedSlugRow> = db.rows(Statement::new(sql, [slugs.as_str().into()])).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.ratings)).collect())
}

/// Reads the ratings of one article, and a page of its remarks; `None` if there is no such page.
pub async fn ratings_page(
    db: &Database,
    slug: &str,
    page: u32,
) -> Result<Option<RatingsPage>, DatabaseError> {
    let [limit, offset] = PER_PAGE.limit_and_offset(page);
    let results = db
        .batch(&[
            Statement::new(
                "SELECT count(*) FILTER (WHERE is_useful = 1) AS useful,
                     count(*) FILTER (WHERE is_useful = 0) AS not_useful,
                     count(*) FILTER (WHERE remark <> '') AS written
                 FROM rating WHERE slug = ?1",
                [slug.into()],
            ),
            Statement::new(
                "SELECT is_useful, remark, at FROM rating WHERE slug = ?1 AND remark <> ''
                 ORDER BY id DESC LIMIT ?2 OFFSET ?3",
                [slug.into(), limit, offset],
            ),
        ])
        .await?;
    let [counts, remarks] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let counts = counts.parse::<RatingCountRow>()?.into_iter().next();
    let RatingCountRow { ratings, written } = counts.ok_or_else(DatabaseError::unexpected)?;
    let pages = PER_PAGE.pages(written);
    let remarks = remarks.parse()?;
    Ok((page <= pages).then_some(RatingsPage { ratings, written, remarks, page, pages }))
}
