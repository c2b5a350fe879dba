//! The lease, which allows only one run of the sync at a time, and the progress that each run leaves to the next. Both
//! are in the single row of the table `sync`.

use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::budget::SyncBudget;
use crate::platform::{Database, DatabaseError, SqlValue, Statement};

const DAY_SECONDS: i64 = 24 * 3600;

/// The duration of a lease, in seconds. A run that is interrupted blocks other runs for this long. It is shorter than
/// the two minutes between two runs of the cron trigger.
const LEASE_SECONDS: i64 = 50;

/// The row that the last run has left in the table `sync`: how far it got, its lease, and the counts of the day.
#[derive(Debug, Deserialize)]
pub struct Progress {
    pub list_cursor: String,
    pub listed_to: String,
    pub checked_to: String,
    /// When the lease ends. It also identifies the run that holds it.
    lease_until: i64,
    /// The day to which the three counts below belong, in days since 1970 (UTC).
    day: i64,
    lists: usize,
    reads: usize,
    rows_written: usize,
}

/// The number of rows of the daily limit (`Daily::rows_written`) that bulk uploads of articles must leave for changes
/// of single articles.
const RESERVED_ROWS: usize = 10_000;

/// The right to run the sync. It ends when it is given back or expires.
pub struct Lease {
    pub progress: Progress,
    now: Timestamp,
    /// What this run has used so far of the limits of the day.
    used: Used,
}

#[derive(Debug, Default)]
struct Used {
    lists: usize,
    reads: usize,
    rows_written: usize,
}

impl Lease {
    /// Takes the lease. Returns `None` if another run holds it.
    pub async fn take(db: &Database, now: Timestamp) -> Result<Option<Self>, DatabaseError> {
        let results = db
            .batch(&[
                Statement::new("INSERT OR IGNORE INTO sync (id) VALUES (1)", []),
                // `unixepoch` is the clock of the database. The clocks of Workers may differ by seconds.
                Statement::new(
                    "UPDATE sync SET lease_until = unixepoch() + ?1 WHERE lease_until <= unixepoch()
                     RETURNING list_cursor, listed_to, checked_to, lease_until, day, lists, reads,
                         rows_written",
                    [LEASE_SECONDS.into()],
                ),
            ])
            .await?;
        let Some(taken) = results.last() else { return Ok(None) };
        let progress = taken.parse::<Progress>()?.into_iter().next();
        Ok(progress.map(|progress| Self { progress, now, used: Used::default() }))
    }

    fn today(&self) -> i64 {
        self.now.0.div_euclid(DAY_SECONDS)
    }

    pub fn count_list(&mut self) {
        self.used.lists += 1;
    }

    pub fn count_reads(&mut self, keys: usize) {
        self.used.reads += keys;
    }

    pub fn count_written(&mut self, rows: usize) {
        self.used.rows_written += rows;
    }

    /// What is left of the limits of this day: calls that list keys, reads, and rows written.
    fn left(&self, share: &SyncBudget) -> (usize, usize, usize) {
        let Some(daily) = share.daily else { return (usize::MAX, usize::MAX, usize::MAX) };
        let is_today = self.progress.day == self.today();
        let before = |count: usize| if is_today { count } else { 0 };
        (
            daily.lists.saturating_sub(before(self.progress.lists) + self.used.lists),
            daily.reads.saturating_sub(before(self.progress.reads) + self.used.reads),
            daily
                .rows_written
                .saturating_sub(before(self.progress.rows_written) + self.used.rows_written),
        )
    }

    pub fn may_list(&self, share: &SyncBudget) -> bool {
        self.left(share).0 > 0
    }

    pub fn reads_left(&self, share: &SyncBudget) -> usize {
        self.left(share).1
    }

    /// The maximum number of due documents that this run may read. When fewer than `RESERVED_ROWS` rows are left for
    /// the day, it is one, so that only the due document that was found last is read. Then a bulk upload waits, but a
    /// correction of a single article does not.
    pub fn documents_left(&self, share: &SyncBudget) -> usize {
        match self.left(share).2 {
            0 => 0,
            rows if rows < RESERVED_ROWS => share.documents.min(1),
            _ => share.documents,
        }
    }

    /// Gives the lease back, and adds what this run has used to the counts of the day. If this fails, the lease expires
    /// by itself.
    pub async fn give_back(self, db: &Database) -> Result<(), DatabaseError> {
        let count = |count: usize| SqlValue::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let today = self.today();
        let Used { lists, reads, rows_written } = self.used;
        db.run(Statement::new(
            "UPDATE sync SET lease_until = iif(lease_until = ?2, 0, lease_until),
                 lists = iif(day = ?1, lists, 0) + ?3,
                 reads = iif(day = ?1, reads, 0) + ?4,
                 rows_written = iif(day = ?1, rows_written, 0) + ?5,
                 day = ?1",
            [
                today.into(),
                self.progress.lease_until.into(),
                count(lists),
                count(reads),
                count(rows_written),
            ],
        ))
        .await?;
        Ok(())
    }
}
