//! One run of the sync.

use cong_core::vietnamese::Timestamp;

use super::budget::SyncBudget;
use super::changes::Changes;
use super::error::SyncError;
use super::lease::Lease;
use super::report::SyncReport;
use super::stores::SyncStores;
use super::{find, hot, pictures};
use crate::platform::{BULK_KEYS, Database, DatabaseError};

/// The size in bytes of the indexed texts of a batch. When a batch has exceeded it, the batch is written and a new one
/// begins. The texts are sent as one JSON parameter, for which D1 allows 2 MB.
const MAX_BATCH_BYTES: usize = 600_000;

/// Runs the sync once. Returns `None` if another run holds the lease.
pub async fn sync_catalogue(
    stores: &SyncStores,
    share: &SyncBudget,
    now: Timestamp,
) -> Result<Option<SyncReport>, SyncError> {
    let Some(mut lease) = Lease::take(&stores.db, now).await? else { return Ok(None) };
    let outcome = run(&mut lease, stores, share, now).await;
    let given_back = lease.give_back(&stores.db).await;
    let report = outcome?;
    given_back?;
    Ok(Some(report))
}

async fn run(
    lease: &mut Lease,
    stores: &SyncStores,
    share: &SyncBudget,
    now: Timestamp,
) -> Result<SyncReport, SyncError> {
    let SyncStores { articles, index, db, .. } = stores;
    let mut report = SyncReport::default();
    // The loop ends at the last page of the key list. Keys added meanwhile are found when a later run reads the list
    // from the beginning.
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

/// Reads the documents that are due and some others to check, and writes their rows. A document that cannot be read
/// stays due.
async fn read_and_write(
    lease: &mut Lease,
    stores: &SyncStores,
    share: &SyncBudget,
    now: Timestamp,
    report: &mut SyncReport,
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

pub async fn write(
    lease: &mut Lease,
    db: &Database,
    changes: Changes,
    report: &mut SyncReport,
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
