//! Stores ratings of articles: one row for each, without data about the reader.

use cong_core::vietnamese::Timestamp;

use super::input::Rating;
use crate::platform::{Database, DatabaseError, Statement};

pub async fn store_rating(
    db: &Database,
    slug: &str,
    rating: &Rating,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    db.batch(&[Statement::new(
        "INSERT INTO rating (slug, is_useful, remark, at) VALUES (?1, ?2, ?3, ?4)",
        [
            slug.into(),
            i64::from(rating.is_useful).into(),
            rating.remark.as_str().into(),
            now.0.into(),
        ],
    )])
    .await?;
    Ok(())
}
