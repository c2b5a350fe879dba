//! Finds the documents that the sync has to read. The database compares each page of KV's key list with the table
//! `document`, and enters the documents that differ into the table `due`, the list of documents to read.

use std::collections::HashSet;

use cong_core::digest;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::error::SyncError;
use super::lease::Lease;
use crate::platform::{Database, DatabaseError, Rows, SqlValue, Statement, Store};

/// A document that is to be read, and what the catalogue knows about it.
#[derive(Debug, Deserialize)]
pub struct Candidate {
    pub slug: String,
    /// The revision (`rev` in the metadata) and the hash of the document when it was last indexed. Both are empty if
    /// the document is not in the catalogue.
    pub rev: String,
    pub hash: String,
    pub problems: Option<String>,
    /// 1 if the document is in the table `due`; 0 if it is only checked for a change that the key list does not show.
    pub is_due: u8,
}

/// Compares the next page of KV's key list with the catalogue, and enters the documents that differ into the table
/// `due`. Returns true if it was the last page.
///
/// # Errors
/// KV or D1 does not answer. If KV failed, it may no longer know the cursor of the list, so the next run lists the keys
/// from the beginning.
pub async fn compare_next_page(
    lease: &mut Lease,
    articles: &Store,
    db: &Database,
    now: Timestamp,
) -> Result<bool, SyncError> {
    let progress = &lease.progress;
    let cursor = Some(progress.list_cursor.as_str()).filter(|cursor| !cursor.is_empty());
    let listed = articles.key_page(cursor).await;
    lease.count_list();
    let page = match listed {
        Ok(page) => page,
        Err(error) => {
            start_round_anew(db).await?;
            return Err(error.into());
        }
    };
    let after = lease.progress.listed_to.clone();
    // After many deletions, KV may return a page without keys that is not the last one. Such a page covers no keys.
    let until = match (&page.next, page.last) {
        (None, _) => None,
        (Some(_), last) => Some(last.unwrap_or_else(|| after.clone())),
    };
    let listed =
        ListedPage { json: page.json, after, until, next: page.next.unwrap_or_default(), now };
    let written = listed.note_differences(db).await?;
    lease.count_written(written);
    lease.progress.listed_to = listed.until.unwrap_or_default();
    lease.progress.list_cursor = listed.next;
    Ok(lease.progress.list_cursor.is_empty())
}

async fn start_round_anew(db: &Database) -> Result<(), DatabaseError> {
    let sql = "UPDATE sync SET list_cursor = '', listed_to = ''";
    db.run(Statement::new(sql, [])).await.map(|_| ())
}

/// A page of KV's key list. It covers the keys after `after` up to and including `until`, or up to the end of the list
/// if `until` is `None`.
struct ListedPage {
    json: String,
    after: String,
    until: Option<String>,
    /// The cursor with which KV lists the next page; empty after the last page.
    next: String,
    now: Timestamp,
}

#[derive(Deserialize)]
struct DigestRow {
    digest: String,
}

impl ListedPage {
    /// Enters into the table `due` the keys that are new, that are gone, or whose revision differs from the one in the
    /// catalogue. Also stores how far the list has been read. Skips the comparison if the page has not changed since
    /// the catalogue last agreed with it. Returns the number of rows written.
    async fn note_differences(&self, db: &Database) -> Result<usize, DatabaseError> {
        let digest = digest::hex(self.json.as_bytes(), 16);
        let known = "SELECT digest FROM listed_page WHERE after = ?1";
        let known: Vec<DigestRow> =
            db.rows(Statement::new(known, [self.after.as_str().into()])).await?;
        let is_same = known.first().is_some_and(|row| row.digest == digest);
        let mut statements = vec![self.progress()];
        if !is_same {
            statements.extend(self.comparison(&digest));
        }
        let results = db.batch(&statements).await?;
        Ok(results.iter().map(Rows::written).sum())
    }

    fn progress(&self) -> Statement<'_> {
        Statement::new(
            "UPDATE sync SET list_cursor = ?1, listed_to = ?2,
                 round_ended_at = iif(?1 = '', ?3, round_ended_at)",
            [
                self.next.as_str().into(),
                self.until.as_deref().unwrap_or_default().into(),
                self.now.0.into(),
            ],
        )
    }

    fn comparison<'a>(&'a self, digest: &'a str) -> [Statement<'a>; 3] {
        let keys = SqlValue::Text(&self.json);
        // The last page covers all keys to the end. In byte order, no slug comes after this character.
        let until = self.until.as_deref().unwrap_or("\u{10FFFF}");
        [
            Statement::new(
                "INSERT OR IGNORE INTO due (slug, found_at)
                 SELECT key.value ->> 'name', ?2 FROM json_each(?1) key
                 LEFT JOIN document ON document.slug = key.value ->> 'name'
                 WHERE document.slug IS NULL OR document.rev <> iif(
                     json_type(key.value, '$.metadata.rev') = 'text',
                     key.value ->> '$.metadata.rev', '')",
                [keys, self.now.0.into()],
            ),
            Statement::new(
                "INSERT OR IGNORE INTO due (slug, found_at)
                 SELECT slug, ?4 FROM document WHERE slug > ?2 AND slug <= ?3
                   AND slug NOT IN (SELECT value ->> 'name' FROM json_each(?1))",
                [keys, self.after.as_str().into(), until.into(), self.now.0.into()],
            ),
            Statement::new(
                "INSERT OR REPLACE INTO listed_page (after, digest)
                 SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM due)",
                [self.after.as_str().into(), digest.into()],
            ),
        ]
    }
}

pub struct Candidates {
    pub documents: Vec<Candidate>,
    /// The number of rows that were written while the documents were selected.
    pub written: usize,
}

/// SQL that selects the articles whose column `listed` (whether search and counts include the article) is wrong at the
/// time `?1`: public ones that are not listed, and listed ones that are not public yet. Indexes cover both queries, so
/// no other articles are read.
macro_rules! listed_otherwise {
    () => {
        "SELECT slug FROM article WHERE listed = 0 AND draft = 0 AND publish_at <= ?1
         UNION ALL
         SELECT slug FROM article
         WHERE listed = 1 AND draft = 0 AND listed_at > ?1 AND publish_at > ?1"
    };
}

/// Selects the documents that a run reads: at most `due` documents that are due, the last found first, and `checks`
/// other documents: those that follow `checked_to` in the order of slugs.
///
/// An article that has become public since it was indexed is due, because search and counts must now include it. An
/// article that was indexed as public too early, by a clock that ran ahead, is due too.
///
/// The attempt to read a due document is counted before it is read. If a document makes the run exceed its CPU time or
/// memory, the next run prefers documents that no run has attempted to read. Documents with an earlier attempt are read
/// one in each run, after all others.
pub async fn candidates(
    db: &Database,
    due: usize,
    checks: usize,
    checked_to: &str,
    now: Timestamp,
) -> Result<Candidates, DatabaseError> {
    let limit = |count: usize| SqlValue::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let results = db
        .batch(&[
            Statement::new(
                concat!(
                    "INSERT OR IGNORE INTO due (slug, found_at) SELECT slug, ?1 FROM (",
                    listed_otherwise!(),
                    ")"
                ),
                [now.0.into()],
            ),
            Statement::new(
                concat!(
                    "UPDATE document SET hash = '' WHERE hash <> '' AND slug IN (",
                    listed_otherwise!(),
                    ")"
                ),
                [now.0.into()],
            ),
            Statement::new(
                "UPDATE due SET attempts = attempts + 1 WHERE slug IN (
                     SELECT slug FROM due
                     WHERE attempts = 0 OR NOT EXISTS (SELECT 1 FROM due WHERE attempts = 0)
                     ORDER BY attempts, found_at DESC, slug
                     LIMIT iif(EXISTS (SELECT 1 FROM due WHERE attempts = 0), ?1, min(?1, 1)))
                 RETURNING slug, coalesce((SELECT rev FROM document WHERE slug = due.slug), '') AS rev,
                     coalesce((SELECT hash FROM document WHERE slug = due.slug), '') AS hash,
                     (SELECT problems FROM document WHERE slug = due.slug) AS problems,
                     1 AS is_due",
                [limit(due)],
            ),
            Statement::new(
                "SELECT slug, rev, hash, problems, 0 AS is_due FROM document WHERE slug > ?2
                 ORDER BY slug LIMIT ?1",
                [limit(checks), checked_to.into()],
            ),
            // If fewer than `checks` documents are left after `checked_to`, the next run begins with the first document
            // again.
            Statement::new(
                "UPDATE sync SET checked_to = coalesce((SELECT slug FROM document WHERE slug > ?2
                     ORDER BY slug LIMIT 1 OFFSET ?1 - 1), '') WHERE ?1 > 0",
                [limit(checks), checked_to.into()],
            ),
        ])
        .await?;
    let [_, _, due, to_check, _] = results.as_slice() else {
        return Err(DatabaseError::unexpected());
    };
    let mut documents = due.parse::<Candidate>()?;
    let due: HashSet<String> = documents.iter().map(|candidate| candidate.slug.clone()).collect();
    let to_check = to_check.parse::<Candidate>()?;
    documents.extend(to_check.into_iter().filter(|candidate| !due.contains(&candidate.slug)));
    Ok(Candidates { documents, written: results.iter().map(Rows::written).sum() })
}

/// Sets the number of attempts back to 0 for due documents that the run selected but did not read.
pub async fn put_back(db: &Database, unread: &[Candidate]) -> Result<(), DatabaseError> {
    if unread.is_empty() {
        return Ok(());
    }
    let slugs: Vec<&str> = unread.iter().map(|candidate| candidate.slug.as_str()).collect();
    let slugs = serde_json::to_string(&slugs)?;
    let sql = "UPDATE due SET attempts = 0 WHERE slug IN (SELECT value FROM json_each(?1))";
    db.run(Statement::new(sql, [slugs.as_str().into()])).await.map(|_| ())
}
