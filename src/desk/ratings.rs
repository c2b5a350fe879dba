//! "Thông tin này có ích không?", as editors read it: how many said what, and their remarks.

use std::collections::HashMap;

use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::vietnamese::Timestamp;

/// Remarks on one page.
const PAGE_SIZE: u32 = 20;

/// How an article was rated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Ratings {
    pub useful: usize,
    pub not_useful: usize,
}

/// What a reader wrote beside a rating.
#[derive(Debug, Deserialize)]
pub struct Remark {
    /// 0 or 1, as the database has it.
    pub is_useful: u8,
    pub remark: String,
    pub at: Timestamp,
}

/// The ratings of one article, and a page of the remarks.
#[derive(Debug)]
pub struct RatingsPage {
    pub ratings: Ratings,
    /// How many remarks there are.
    pub written: u32,
    /// Newest first.
    pub remarks: Vec<Remark>,
    /// Counted from 1.
    pub page: u32,
    /// At least 1.
    pub pages: u32,
}

#[derive(Deserialize)]
struct SlugRow {
    slug: String,
    #[serde(flatten)]
    ratings: Ratings,
}

#[derive(Deserialize)]
struct CountRow {
    #[serde(flatten)]
    ratings: Ratings,
    written: u32,
}

/// The ratings of some articles; one that nobody rated is left out.
///
/// # Errors
/// The database did not answer.
pub async fn ratings_of(
    db: &Database,
    slugs: &[&str],
) -> Result<HashMap<String, Ratings>, DatabaseError> {
    let slugs = serde_json::to_string(slugs).unwrap_or_default();
    let sql = "SELECT slug, count(*) FILTER (WHERE is_useful = 1) AS useful,
                   count(*) FILTER (WHERE is_useful = 0) AS not_useful
               FROM rating WHERE slug IN (SELECT value FROM json_each(?1)) GROUP BY slug";
    let rows: Vec<SlugRow> = db.rows(Statement::new(sql, [slugs.as_str().into()])).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.ratings)).collect())
}

/// One article's ratings; `None` where there is no such page of remarks.
///
/// # Errors
/// The database did not answer.
pub async fn ratings_page(
    db: &Database,
    slug: &str,
    page: u32,
) -> Result<Option<RatingsPage>, DatabaseError> {
    let skip = i64::from(page.saturating_sub(1)) * i64::from(PAGE_SIZE);
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
                [slug.into(), i64::from(PAGE_SIZE).into(), skip.into()],
            ),
        ])
        .await?;
    let [counts, remarks] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let counts = counts.parse::<CountRow>()?.into_iter().next();
    let CountRow { ratings, written } = counts.ok_or_else(DatabaseError::unexpected)?;
    let pages = written.div_ceil(PAGE_SIZE).max(1);
    let remarks = remarks.parse()?;
    Ok((page <= pages).then_some(RatingsPage { ratings, written, remarks, page, pages }))
}
