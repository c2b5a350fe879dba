//! Queries for the XML site maps: the months that have articles, and the articles of one month.

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};
use crate::web::PageSize;

/// The maximum number of articles in one part of a month's site map. The protocol allows 50,000. A thousand can be read
/// and written within the CPU time of the free plan.
const PART_SIZE: PageSize = PageSize(1_000);

/// A month that has articles, with their number and the time of the last change.
#[derive(Debug, Deserialize)]
pub struct SitemapMonth {
    /// The year and month as one number, such as 202611 for November 2026.
    pub month: u32,
    articles: u32,
    /// The time of the last change of an article of the month.
    pub updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize)]
pub struct SitemapRow {
    pub slug: String,
    pub updated: Timestamp,
}

impl SitemapMonth {
    /// The number of parts into which the site map of the month is divided.
    pub fn parts(&self) -> u32 {
        PART_SIZE.pages(self.articles)
    }
}

/// Reads the months that have articles, newest first.
pub async fn sitemap_months(db: &Database) -> Result<Vec<SitemapMonth>, DatabaseError> {
    db.rows(Statement::new(
        "SELECT month, articles,
             (SELECT max(updated) FROM article
              WHERE article.month = month_count.month AND listed = 1) AS updated
         FROM month_count WHERE scope = '' AND articles > 0 ORDER BY month DESC",
        [],
    ))
    .await
}

/// Reads the articles in one part of a month's site map; empty if there is no such part. Parts are counted from 1. The
/// articles that changed last come first, so that crawlers find changes in the first part.
pub async fn sitemap_part(
    db: &Database,
    month: u32,
    part: u32,
) -> Result<Vec<SitemapRow>, DatabaseError> {
    let [limit, offset] = PART_SIZE.limit_and_offset(part);
    db.rows(Statement::new(
        "SELECT slug, updated FROM article WHERE month = ?1 AND listed = 1
         ORDER BY updated DESC, slug LIMIT ?2 OFFSET ?3",
        [month.into(), limit, offset],
    ))
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_as_many_parts_as_its_articles_fill() {
        let parts = |articles| SitemapMonth { month: 202_611, articles, updated: None }.parts();
        assert_eq!([1, 1_000, 1_001, 50_000].map(parts), [1, 1, 2, 50]);
    }
}
