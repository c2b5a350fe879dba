//! Articles related to one that is being read, and whether the catalogue knows that one as it is.

use serde::Deserialize;

use crate::edge::{Database, DatabaseError, Statement};
use crate::vietnamese::Instant;

/// What the catalogue says of an article that is being read.
#[derive(Debug, Default)]
pub struct Related {
    pub articles: Vec<RelatedArticle>,
    /// Of its document when it was last indexed; `None` where it never was.
    pub known_hash: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct RelatedArticle {
    pub slug: String,
    pub title: String,
    pub lang: String,
    pub listed_at: Instant,
}

#[derive(Deserialize)]
struct HashRow {
    hash: String,
}

/// Related are articles of the same category whose titles share pairs of words, the rarer the better. The
/// hundred nearest in time before it and after it are compared, in one round trip.
///
/// # Errors
/// D1 did not answer.
pub async fn related(db: &Database, slug: &str, now: Instant) -> Result<Related, DatabaseError> {
    let results = db
        .batch(&[
            Statement::new(
                "WITH here AS (SELECT category_slug AS category, listed_at AS at, title_pairs AS pairs
                     FROM article WHERE slug = ?1 AND category_slug <> ''),
                 near AS (
                     SELECT * FROM (SELECT slug, title_pairs FROM here JOIN article
                         ON category_slug = category AND draft = 0 AND listed_at <= at
                             AND publish_at <= ?2
                         ORDER BY listed_at DESC LIMIT 100)
                     UNION ALL
                     SELECT * FROM (SELECT slug, title_pairs FROM here JOIN article
                         ON category_slug = category AND draft = 0 AND listed_at > at
                             AND publish_at <= ?2
                         ORDER BY listed_at LIMIT 100)),
                 hit AS (SELECT slug, pair.value AS pair FROM near, here, json_each(here.pairs) pair
                     WHERE slug <> ?1 AND instr(near.title_pairs, '\"' || pair.value || '\"') > 0),
                 weight AS (SELECT pair, 1.0 / count(*) AS weight FROM hit GROUP BY pair),
                 best AS (SELECT slug, sum(weight) AS score FROM hit JOIN weight USING (pair)
                     GROUP BY slug HAVING score >= 0.1 ORDER BY score DESC, slug LIMIT 4)
                 SELECT slug, title, lang, listed_at FROM best JOIN article USING (slug)
                 ORDER BY score DESC, listed_at DESC, slug",
                [slug.into(), now.0.into()],
            ),
            Statement::new("SELECT hash FROM document WHERE slug = ?1", [slug.into()]),
        ])
        .await?;
    let [articles, hash] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let known_hash = hash.parse::<HashRow>()?.into_iter().next().map(|row| row.hash);
    Ok(Related { articles: articles.parse()?, known_hash })
}

/// Has the next run of the sync read this document.
///
/// # Errors
/// D1 did not answer.
pub async fn note_changed(db: &Database, slug: &str, now: Instant) -> Result<(), DatabaseError> {
    let sql = "INSERT OR IGNORE INTO due (slug, found_at) VALUES (?1, ?2)";
    db.run(Statement::new(sql, [slug.into(), now.0.into()])).await.map(|_| ())
}
