//! What is to be read: a page of KV's list is compared with what the catalogue knows, by the database
//! itself, and what differs is noted in `due`.

use std::collections::HashSet;

use serde::Deserialize;

use super::SyncError;
use super::lease::Lease;
use crate::edge::{Database, DatabaseError, KeyPage, Rows, Statement, Store, Value};
use crate::vietnamese::Instant;

/// A document to be read, and what is known of it.
#[derive(Debug, Deserialize)]
pub struct Candidate {
    pub slug: String,
    /// Both empty where it is not known.
    pub rev: String,
    pub hash: String,
    pub problems: Option<String>,
    /// 1 where it was found to differ; 0 where it is read only to see.
    pub is_due: u8,
}

/// Compares the next page of keys; true if it was the last of a round.
///
/// # Errors
/// KV or D1 did not answer. A cursor that KV no longer knows begins a new round with the next run.
pub async fn compare_next_page(
    lease: &mut Lease,
    articles: &Store,
    db: &Database,
    now: Instant,
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
    let written = note_differences(db, &page, &lease.progress.listed_to, now).await?;
    lease.count_written(written);
    lease.progress.listed_to = page.last.filter(|_| page.next.is_some()).unwrap_or_default();
    lease.progress.list_cursor = page.next.unwrap_or_default();
    Ok(lease.progress.list_cursor.is_empty())
}

async fn start_round_anew(db: &Database) -> Result<(), DatabaseError> {
    let sql = "UPDATE sync SET list_cursor = '', listed_to = ''";
    db.run(Statement::new(sql, [])).await.map(|_| ())
}

/// What is new, has another rev, or is no longer there; and how far the list was read, in one transaction.
async fn note_differences(
    db: &Database,
    page: &KeyPage,
    listed_to: &str,
    now: Instant,
) -> Result<usize, DatabaseError> {
    let keys = Value::Text(&page.json);
    // The last page reaches to the end of all keys.
    let until = page.next.as_ref().and(page.last.as_deref());
    let results = db
        .batch(&[
            Statement::new(
                "INSERT OR IGNORE INTO due (slug, found_at)
                 SELECT key.value ->> 'name', ?2 FROM json_each(?1) key
                 LEFT JOIN document ON document.slug = key.value ->> 'name'
                 WHERE document.slug IS NULL OR document.rev <> iif(
                     json_type(key.value, '$.metadata.rev') = 'text',
                     key.value ->> '$.metadata.rev', '')",
                [keys, now.0.into()],
            ),
            Statement::new(
                "INSERT OR IGNORE INTO due (slug, found_at)
                 SELECT slug, ?4 FROM document
                 WHERE slug > ?2 AND (?3 IS NULL OR slug <= ?3)
                   AND slug NOT IN (SELECT value ->> 'name' FROM json_each(?1))",
                [keys, listed_to.into(), until.into(), now.0.into()],
            ),
            Statement::new(
                "UPDATE sync SET list_cursor = ?1, listed_to = ?2,
                     round_ended_at = iif(?1 = '', ?3, round_ended_at)",
                [
                    page.next.as_deref().unwrap_or_default().into(),
                    until.unwrap_or_default().into(),
                    now.0.into(),
                ],
            ),
        ])
        .await?;
    Ok(results.iter().map(Rows::written).sum())
}

/// What a run is to read.
pub struct Candidates {
    pub documents: Vec<Candidate>,
    /// The last one that will have been checked then; empty where the check begins anew.
    pub checked_to: String,
    /// Rows written on the way.
    pub written: usize,
}

/// The documents that are due, the last found first, and then some that follow the last one checked. An
/// article that has become public since it was indexed is due: its words can be found from now on, and it is
/// counted.
///
/// # Errors
/// D1 did not answer.
pub async fn candidates(
    db: &Database,
    due: usize,
    checks: usize,
    checked_to: &str,
    now: Instant,
) -> Result<Candidates, DatabaseError> {
    let limit = |count: usize| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    let results = db
        .batch(&[
            Statement::new(
                "INSERT OR IGNORE INTO due (slug, found_at) SELECT slug, ?1 FROM article
                 WHERE listed = 0 AND draft = 0 AND publish_at <= ?1",
                [now.0.into()],
            ),
            Statement::new(
                "UPDATE document SET hash = '' WHERE hash <> '' AND slug IN (
                     SELECT slug FROM article WHERE listed = 0 AND draft = 0 AND publish_at <= ?1)",
                [now.0.into()],
            ),
            Statement::new(
                "SELECT due.slug, coalesce(rev, '') AS rev, coalesce(hash, '') AS hash,
                     problems, 1 AS is_due
                 FROM due LEFT JOIN document USING (slug)
                 ORDER BY found_at DESC, due.slug LIMIT ?1",
                [limit(due)],
            ),
            Statement::new(
                "SELECT slug, rev, hash, problems, 0 AS is_due FROM document WHERE slug > ?2
                 ORDER BY slug LIMIT ?1",
                [limit(checks), checked_to.into()],
            ),
        ])
        .await?;
    let [_, _, due, to_check] = results.as_slice() else { return Err(DatabaseError::unexpected()) };
    let mut documents = due.parse::<Candidate>()?;
    let to_check = to_check.parse::<Candidate>()?;
    let last = to_check.last().filter(|_| to_check.len() == checks);
    let checked_to = last.map(|candidate| candidate.slug.clone()).unwrap_or_default();
    let due: HashSet<String> = documents.iter().map(|candidate| candidate.slug.clone()).collect();
    documents.extend(to_check.into_iter().filter(|candidate| !due.contains(&candidate.slug)));
    Ok(Candidates { documents, checked_to, written: results.iter().map(Rows::written).sum() })
}
