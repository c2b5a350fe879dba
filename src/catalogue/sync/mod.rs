//! The sync: updates the catalogue from the documents in KV, and the hot index from the catalogue. Each run does a
//! bounded amount of work and continues where the last one stopped.
//!
//! A run compares a page of KV's key list with the catalogue (`find`). It reads the documents that differ, and some
//! others to detect changes that were not announced, and writes the result (`changes`). Then it measures pictures
//! that articles show (`pictures`). The budget limits what a run may use, and the `lease` keeps two runs from
//! working at once.

mod budget;
mod changes;
mod find;
mod hot;
mod lease;
mod pictures;

pub use budget::SyncBudget;

use std::collections::BTreeSet;

use cong_core::article::Rules;
use cong_core::vietnamese::Timestamp;

use crate::platform::{BULK_KEYS, Database, DatabaseError, Store, StoreError};
use changes::Changes;
use lease::Lease;

/// Bytes of text after which a batch is written. A parameter of D1 has at most 2 MB, and the texts are sent as JSON
/// together with the other columns.
const MAX_BATCH_BYTES: usize = 600_000;

/// The result of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub written: usize,
    pub broken: usize,
    pub removed: usize,
    /// The articles whose page has changed or is gone.
    pub slugs: Vec<String>,
    /// The slugs of the categories that these articles are in or were in.
    pub categories: BTreeSet<String>,
    pub hot_index_changed: bool,
    /// Whether work is left for the next run.
    pub has_more: bool,
}

impl Report {
    pub fn changed_anything(&self) -> bool {
        self.written + self.broken + self.removed > 0 || self.hot_index_changed
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { written, broken, removed, hot_index_changed, has_more, .. } = self;
        write!(
            f,
            "{written} articles written, {broken} broken, {removed} removed, hot index {}{}",
            if *hot_index_changed { "changed" } else { "unchanged" },
            if *has_more { ", more is to be done" } else { "" }
        )
    }
}

/// The reason why a run stopped. What it has written remains, and the next run continues from there.
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

/// The stores and the rules that the sync works with.
pub struct Stores {
    pub articles: Store,
    pub index: Store,
    pub files: Store,
    pub db: Database,
    /// The rules of the office for documents.
    pub rules: Rules,
}

/// Makes one run. Returns `None` if another run holds the lease.
pub async fn sync_catalogue(
    stores: &Stores,
    share: &SyncBudget,
    now: Timestamp,
) -> Result<Option<Report>, SyncError> {
    let Some(mut lease) = Lease::take(&stores.db, now).await? else { return Ok(None) };
    let outcome = run(&mut lease, stores, share, now).await;
    let given_back = lease.give_back(&stores.db).await;
    let report = outcome?;
    given_back?;
    Ok(Some(report))
}

async fn run(
    lease: &mut Lease,
    stores: &Stores,
    share: &SyncBudget,
    now: Timestamp,
) -> Result<Report, SyncError> {
    let Stores { articles, index, db, .. } = stores;
    let mut report = Report::default();
    // Listing stops at the last page. Keys added meanwhile are found when the list is next read from the beginning.
    for _ in 0..share.pages {
        if !lease.may_list(share) || find::compare_next_page(lease, articles, db, now).await? {
            break;
        }
    }
    read_and_write(lease, stores, share, now, &mut report).await?;
    pictures::measure(lease, stores, share, now).await?;
    report.hot_index_changed = hot::refresh(index, db, now).await?;
    Ok(report)
}

/// Reads the documents that are due and some to check, and writes the result. A document that cannot be read stays
/// due.
async fn read_and_write(
    lease: &mut Lease,
    stores: &Stores,
    share: &SyncBudget,
    now: Timestamp,
    report: &mut Report,
) -> Result<(), SyncError> {
    let reads = lease.reads_left(share);
    let due = lease.documents_left(share).min(reads);
    let checks = share.checks.min(reads - due);
    let candidates =
        find::candidates(&stores.db, due, checks, &lease.progress.checked_to, now).await?;
    lease.count_written(candidates.written);
    report.has_more = candidates.documents.iter().filter(|one| one.is_due == 1).count() == due;
    let mut bytes_written = 0;
    let mut read = 0;
    let mut changes = Changes::default();
    'reading: for some in candidates.documents.chunks(BULK_KEYS) {
        let slugs: Vec<String> = some.iter().map(|candidate| candidate.slug.clone()).collect();
        let mut revisions = stores.articles.revisions(&slugs).await;
        lease.count_reads(slugs.len());
        for candidate in some {
            read += 1;
            if let Some(revision) = revisions.remove(&candidate.slug) {
                changes.add(candidate, revision, &stores.rules, now);
            }
            if changes.bytes > MAX_BATCH_BYTES {
                bytes_written += changes.bytes;
                write(lease, &stores.db, std::mem::take(&mut changes), report).await?;
            }
            if bytes_written + changes.bytes > share.bytes {
                report.has_more = true;
                break 'reading;
            }
        }
    }
    write(lease, &stores.db, changes, report).await?;
    let unread = candidates.documents.get(read..).unwrap_or_default();
    Ok(find::put_back(&stores.db, unread).await?)
}

async fn write(
    lease: &mut Lease,
    db: &Database,
    changes: Changes,
    report: &mut Report,
) -> Result<(), DatabaseError> {
    let written = changes.write(db).await?;
    lease.count_written(written.rows);
    report.categories.extend(written.categories);
    report.written += changes.articles();
    report.broken += changes.broken;
    report.removed += changes.removed();
    report.slugs.extend(changes.slugs);
    Ok(())
}
