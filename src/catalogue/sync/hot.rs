//! Rebuilds the hot index from the catalogue, and writes it only if it has changed.

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::error::SyncError;
use crate::catalogue::hot_index::{HOT_INDEX_KEY, HotIndex};
use crate::catalogue::lists::CATEGORIES;
use crate::catalogue::pictures::by_file;
use crate::platform::{Database, DatabaseError, Statement, Store, StoreError};

#[derive(Deserialize)]
struct Count {
    articles: u32,
}

/// Makes the hot index anew from the catalogue, and writes it to `INDEX` if it has changed. Returns true if it has.
pub async fn refresh(index: &Store, db: &Database, now: Timestamp) -> Result<bool, SyncError> {
    let fresh = serde_json::to_string(&read(db, now).await?)
        .map_err(|error| StoreError(error.to_string()))?;
    if index.text(HOT_INDEX_KEY).await?.as_deref() == Some(fresh.as_str()) {
        return Ok(false);
    }
    index.put(HOT_INDEX_KEY, &fresh).await?;
    Ok(true)
}

async fn read(db: &Database, now: Timestamp) -> Result<HotIndex, DatabaseError> {
    let at = |sql| Statement::new(sql, [now.0.into()]);
    let results = db
        .batch(&[
            // The articles of the hot index: the newest ones, the pinned ones, the newest in English, and the next
            // scheduled ones.
            at("SELECT slug, title, summary, lang, category_slug, category_name, updated,
                    listed_at, publish_at, pinned
                FROM article WHERE slug IN (
                    SELECT slug FROM (SELECT slug FROM article WHERE draft = 0 AND publish_at <= ?1
                        ORDER BY listed_at DESC, slug LIMIT 24)
                    UNION
                    SELECT slug FROM (SELECT slug FROM article
                        WHERE draft = 0 AND publish_at <= ?1 AND pinned = 1
                        ORDER BY listed_at DESC, slug LIMIT 6)
                    UNION
                    SELECT slug FROM (SELECT slug FROM article
                        WHERE draft = 0 AND is_english = 1 AND publish_at <= ?1
                        ORDER BY listed_at DESC, slug LIMIT 20)
                    UNION
                    SELECT slug FROM (SELECT slug FROM article
                        WHERE listed = 0 AND draft = 0 AND publish_at > ?1
                        ORDER BY publish_at, slug LIMIT 24))
                ORDER BY listed_at DESC, slug"),
            at("SELECT slug, title, lang, notice_from, notice_until FROM article
                WHERE draft = 0 AND notice_until >= ?1 ORDER BY notice_from, slug LIMIT 20"),
            at("SELECT slug, title, lang, consultation_opens, consultation_closes FROM article
                WHERE draft = 0 AND consultation_closes >= ?1
                ORDER BY consultation_closes, slug LIMIT 50"),
            Statement::new(CATEGORIES, []),
            Statement::new(
                "SELECT coalesce(sum(articles), 0) AS articles FROM month_count WHERE scope = '@en'",
                [],
            ),
            // The dimensions of the pictures in the newest articles (scheduled ones included), in the pinned ones, and
            // in the newest articles in English.
            Statement::new(
                "SELECT DISTINCT file, width, height FROM picture
                 WHERE width IS NOT NULL AND slug IN (
                     SELECT slug FROM (SELECT slug FROM article WHERE draft = 0
                         ORDER BY listed_at DESC, slug LIMIT 100)
                     UNION
                     SELECT slug FROM (SELECT slug FROM article WHERE draft = 0 AND pinned = 1
                         ORDER BY listed_at DESC, slug LIMIT 6)
                     UNION
                     SELECT slug FROM (SELECT slug FROM article WHERE draft = 0 AND is_english = 1
                         ORDER BY listed_at DESC, slug LIMIT 20))
                 ORDER BY file LIMIT 300",
                [],
            ),
        ])
        .await?;
    let [entries, notices, consultations, categories, english, pictures] = results.as_slice()
    else {
        return Err(DatabaseError::unexpected());
    };
    Ok(HotIndex {
        entries: entries.parse()?,
        notices: notices.parse()?,
        consultations: consultations.parse()?,
        categories: categories.parse()?,
        pictures: by_file(pictures.parse()?),
        english_articles: english.parse::<Count>()?.iter().map(|count| count.articles).sum(),
    })
}
