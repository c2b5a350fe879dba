//! Bringing the catalogue in line with the documents in KV, and the hot index with the catalogue.
//!
//! A full sync: every document is read, but only what has changed is parsed and written. Which
//! documents to read is decided in `plan`; a sync that reads fewer changes only that.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::hot_index::{self, CategoryCount, Entry, HotIndex};
use super::rows::{ArticleRow, BrokenRow, document_hash};
use crate::article::{self, Problem, is_slug};
use crate::edge::{BULK_KEYS, Database, DatabaseError, ListedKey, Statement, Store, StoreError};
use crate::vietnamese::Instant;

/// What a sync did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub documents: usize,
    pub written: usize,
    pub broken: usize,
    pub removed: usize,
    pub hot_index_changed: bool,
}

impl Report {
    pub fn changed_anything(&self) -> bool {
        self.written + self.broken + self.removed > 0 || self.hot_index_changed
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { documents, written, broken, removed, hot_index_changed } = self;
        write!(
            f,
            "{documents} documents, {written} written, {broken} broken, {removed} removed, hot index {}",
            if *hot_index_changed { "changed" } else { "unchanged" }
        )
    }
}

/// Why a sync stopped; what it had written by then stands, and the next one goes on from there.
#[derive(Debug)]
pub enum SyncError {
    Store(StoreError),
    Database(DatabaseError),
}

impl std::fmt::Display for SyncError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => write!(f, "KV: {error}"),
            Self::Database(error) => write!(f, "CATALOGUE: {error}"),
        }
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<DatabaseError> for SyncError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}

/// What the catalogue knows of a document.
#[derive(Deserialize)]
struct Known {
    slug: String,
    hash: String,
}

/// Which documents to read and which rows to drop.
#[derive(Debug, PartialEq, Eq)]
struct Plan<'a> {
    read: Vec<&'a str>,
    remove: Vec<&'a str>,
}

/// Brings everything derived in line with the documents.
///
/// # Errors
/// KV or D1 did not answer.
pub async fn sync(
    articles: &Store,
    index: &Store,
    db: &Database,
    now: Instant,
) -> Result<Report, SyncError> {
    // What is known is read before the keys are listed: an article that another sync adds in
    // between is then not taken for one that was deleted.
    let known: HashMap<String, String> = db
        .rows::<Known>(Statement::new(
            "SELECT slug, hash FROM article UNION ALL SELECT slug, hash FROM broken",
            [],
        ))
        .await?
        .into_iter()
        .map(|known| (known.slug, known.hash))
        .collect();
    let keys = articles.keys().await?;
    let plan = plan(&keys, &known);

    let mut report = Report { documents: keys.len(), ..Report::default() };
    for slugs in plan.read.chunks(BULK_KEYS) {
        let changed = read_changed(articles, slugs, &known).await?;
        report.written += changed.articles.len();
        report.broken += changed.broken.len();
        changed.write(db).await?;
    }
    if !plan.remove.is_empty() {
        report.removed = plan.remove.len();
        remove(db, &plan.remove).await?;
    }
    report.hot_index_changed = refresh_hot_index(index, db, now).await?;
    Ok(report)
}

fn plan<'a>(keys: &'a [ListedKey], known: &'a HashMap<String, String>) -> Plan<'a> {
    let listed: HashSet<&str> = keys.iter().map(|key| key.name.as_str()).collect();
    let remove = known.keys().map(String::as_str).filter(|slug| !listed.contains(slug)).collect();
    Plan { read: keys.iter().map(|key| key.name.as_str()).collect(), remove }
}

#[derive(Default)]
struct Changed {
    articles: Vec<ArticleRow>,
    broken: Vec<BrokenRow>,
}

async fn read_changed(
    articles: &Store,
    slugs: &[&str],
    known: &HashMap<String, String>,
) -> Result<Changed, StoreError> {
    let mut changed = Changed::default();
    let mut documents = articles.texts(slugs).await?;
    for &slug in slugs {
        // A key that was listed and has no value was deleted in between.
        let Some(text) = documents.remove(slug) else { continue };
        // Bytes that are no UTF-8 come out as U+FFFD; the real bytes give the editor the line.
        let document = if text.contains('\u{FFFD}') {
            articles.bytes(slug).await?.unwrap_or_default()
        } else {
            text.into_bytes()
        };
        let hash = document_hash(&document);
        if known.get(slug) != Some(&hash) {
            changed.add(slug, &document, hash);
        }
    }
    Ok(changed)
}

impl Changed {
    fn add(&mut self, slug: &str, document: &[u8], hash: String) {
        if !is_slug(slug) {
            let message = "tên bài chỉ được gồm a-z, 0-9 và dấu -, dài nhất 120 ký tự";
            let problem = Problem::error(1, None, message);
            self.broken.push(BrokenRow::new(slug, &[problem], hash));
            return;
        }
        match article::parse(document) {
            Ok(parsed) => self.articles.push(ArticleRow::new(slug, parsed.article, hash)),
            Err(problems) => self.broken.push(BrokenRow::new(slug, &problems, hash)),
        }
    }

    /// Writes all in one transaction, whatever their number: the rows travel as JSON.
    async fn write(&self, db: &Database) -> Result<(), DatabaseError> {
        if self.articles.is_empty() && self.broken.is_empty() {
            return Ok(());
        }
        let articles = to_json(&self.articles)?;
        let broken = to_json(&self.broken)?;
        let with = |sql, json| Statement::new(sql, [json]);
        db.batch(&[
            with(
                "DELETE FROM alias WHERE slug IN (SELECT value ->> 'slug' FROM json_each(?1))",
                articles.as_str().into(),
            ),
            with(
                "DELETE FROM broken WHERE slug IN (SELECT value ->> 'slug' FROM json_each(?1))",
                articles.as_str().into(),
            ),
            with(
                "INSERT OR REPLACE INTO article (slug, title, summary, lang, category_slug,
                     category_name, published, updated, listed_at, draft, publish_at, pinned,
                     notice_from, notice_until, consultation_opens, consultation_closes, hash)
                 SELECT value ->> 'slug', value ->> 'title', value ->> 'summary',
                     value ->> 'lang', value ->> 'category_slug', value ->> 'category_name',
                     value ->> 'published', value ->> 'updated', value ->> 'listed_at',
                     value ->> 'draft', value ->> 'publish_at', value ->> 'pinned',
                     value ->> 'notice_from', value ->> 'notice_until',
                     value ->> 'consultation_opens', value ->> 'consultation_closes',
                     value ->> 'hash'
                 FROM json_each(?1)",
                articles.as_str().into(),
            ),
            with(
                "INSERT OR IGNORE INTO alias (address, slug)
                 SELECT alias.value, article.value ->> 'slug'
                 FROM json_each(?1) article, json_each(article.value, '$.aliases') alias",
                articles.as_str().into(),
            ),
            with(
                "DELETE FROM alias WHERE slug IN (SELECT value ->> 'slug' FROM json_each(?1))",
                broken.as_str().into(),
            ),
            with(
                "DELETE FROM article WHERE slug IN (SELECT value ->> 'slug' FROM json_each(?1))",
                broken.as_str().into(),
            ),
            with(
                "INSERT OR REPLACE INTO broken (slug, problems, hash)
                 SELECT value ->> 'slug', value ->> 'problems', value ->> 'hash'
                 FROM json_each(?1)",
                broken.as_str().into(),
            ),
        ])
        .await?;
        Ok(())
    }
}

async fn remove(db: &Database, slugs: &[&str]) -> Result<(), DatabaseError> {
    let slugs = to_json(&slugs)?;
    let with = |sql| Statement::new(sql, [slugs.as_str().into()]);
    db.batch(&[
        with("DELETE FROM alias WHERE slug IN (SELECT value FROM json_each(?1))"),
        with("DELETE FROM article WHERE slug IN (SELECT value FROM json_each(?1))"),
        with("DELETE FROM broken WHERE slug IN (SELECT value FROM json_each(?1))"),
    ])
    .await?;
    Ok(())
}

fn to_json(rows: &impl serde::Serialize) -> Result<String, DatabaseError> {
    serde_json::to_string(rows).map_err(|error| DatabaseError::Failed(error.to_string()))
}

/// Makes the hot index anew; written only when it has changed. True if it had.
async fn refresh_hot_index(index: &Store, db: &Database, now: Instant) -> Result<bool, SyncError> {
    let fresh = serde_json::to_string(&read_hot_index(db, now).await?)
        .map_err(|error| StoreError(error.to_string()))?;
    if index.text(hot_index::KEY).await?.as_deref() == Some(fresh.as_str()) {
        return Ok(false);
    }
    index.put(hot_index::KEY, &fresh).await?;
    Ok(true)
}

async fn read_hot_index(db: &Database, now: Instant) -> Result<HotIndex, DatabaseError> {
    let at = |sql| Statement::new(sql, [now.0.into()]);
    let results = db
        .batch(&[
            // The newest, the pinned, and the next to come.
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
                    SELECT slug FROM (SELECT slug FROM article WHERE draft = 0 AND publish_at > ?1
                        ORDER BY publish_at, slug LIMIT 24))
                ORDER BY listed_at DESC, slug"),
            at("SELECT slug, title, lang, notice_from, notice_until FROM article
                WHERE draft = 0 AND notice_until >= ?1 ORDER BY notice_from, slug LIMIT 20"),
            at("SELECT slug, title, lang, consultation_opens, consultation_closes FROM article
                WHERE draft = 0 AND consultation_closes >= ?1
                ORDER BY consultation_closes, slug LIMIT 50"),
            at("SELECT category_slug, max(category_name) AS category_name, count(*) AS articles
                FROM article WHERE category_slug <> '' AND draft = 0 AND publish_at <= ?1
                GROUP BY category_slug ORDER BY category_slug LIMIT 100"),
        ])
        .await?;
    let [entries, notices, consultations, categories] = results.as_slice() else {
        return Err(DatabaseError::Failed("a batch of 4 gave another number of results".into()));
    };
    Ok(HotIndex {
        entries: entries.parse::<Entry>()?,
        notices: notices.parse()?,
        consultations: consultations.parse()?,
        categories: categories.parse::<CategoryCount>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_document_is_read_and_what_is_no_longer_listed_is_removed() {
        let keys = ["a", "b"].map(|name| ListedKey { name: name.into(), rev: None });
        let known = HashMap::from([("b".into(), "1".into()), ("c".into(), "2".into())]);
        assert_eq!(plan(&keys, &known), Plan { read: vec!["a", "b"], remove: vec!["c"] });
    }

    #[test]
    fn a_broken_document_is_recorded_and_leaves_the_others_alone() {
        let mut changed = Changed::default();
        let good = "+++\ntitle = \"Một\"\nupdated = 2026-01-01\nauthor = \"An\"\n+++\nNội dung";
        changed.add("tot", good.as_bytes(), "1".into());
        changed.add("hong", b"khong phai tai lieu", "2".into());
        changed.add("Ten Sai", good.as_bytes(), "3".into());
        assert_eq!(changed.articles.len(), 1);
        let broken: Vec<_> = changed.broken.iter().map(|row| row.slug.as_str()).collect();
        assert_eq!(broken, ["hong", "Ten Sai"]);
        assert!(changed.broken[0].problems.contains("+++"));
    }
}
