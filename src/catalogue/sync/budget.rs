//! The share of the platform's limits that one run of the sync may use.

/// The limits of one run, and of all runs of a day (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncBudget {
    /// Pages of KV's key list, with 1,000 keys each.
    pub pages: usize,
    /// Documents that are new, changed or deleted.
    pub documents: usize,
    /// Documents that are read to detect changes that were not announced.
    pub checks: usize,
    /// Pictures whose files are read to measure them.
    pub pictures: usize,
    /// Bytes of indexed text, about three times the size of the documents. The last document may exceed the limit.
    pub bytes: usize,
    /// The limits of a day; `None` if there are none.
    pub daily: Option<Daily>,
}

/// The limits that all runs of a day share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    pub lists: usize,
    pub reads: usize,
    pub rows_written: usize,
}

impl SyncBudget {
    /// A budget of `times` the share for the free plan. On that plan a run has 10 ms of CPU, 50 subrequests and 50
    /// queries. A day has 1,000 lists, 100,000 reads and 100,000 rows written, a part of which is left to readers
    /// and submissions (limits of Workers, KV and D1, November 2026).
    pub fn of_free_plan(times: usize) -> Self {
        Self {
            pages: times,
            documents: 5 * times,
            checks: 20 * times,
            pictures: 5 * times,
            bytes: 150_000 * times,
            // The paid plan has no daily limits.
            daily: (times == 1).then_some(Daily {
                lists: 750,
                reads: 30_000,
                rows_written: 60_000,
            }),
        }
    }

    /// The budget under `wrangler dev`, where page loads run the sync, so that an editor's change shows on the next
    /// page load.
    pub const LOCAL: Self = Self {
        pages: 100,
        documents: 200,
        checks: 200,
        pictures: 100,
        bytes: 20_000_000,
        daily: None,
    };
}
