//! How much of the platform's limits one run of the sync may use.

/// The bounds of one run, and of all runs of a day (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncBudget {
    /// Pages of KV's list, 1,000 keys each.
    pub pages: usize,
    /// Documents that are new, changed or deleted.
    pub documents: usize,
    /// Documents that are read to see whether they have changed unannounced.
    pub checks: usize,
    /// Pictures whose files are read to see how large they are.
    pub pictures: usize,
    /// Bytes of texts that are indexed, some three times those of the documents; the last document may
    /// exceed it.
    pub bytes: usize,
    /// Where there are limits.
    pub daily: Option<Daily>,
}

/// What a day's runs may use together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    pub lists: usize,
    pub reads: usize,
    pub rows_written: usize,
}

impl SyncBudget {
    /// `times` the share that the free plan allows. There a run has 10 ms of CPU, 50 subrequests and 50
    /// queries, and a day 1,000 lists, 100,000 reads and 100,000 rows written, of which readers and
    /// submissions need theirs (Cloudflare's limits of Workers, KV and D1, November 2026).
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

    /// For page loads under `wrangler dev`: an editor's change shows on the next one.
    pub const LOCAL: Self = Self {
        pages: 100,
        documents: 200,
        checks: 200,
        pictures: 100,
        bytes: 20_000_000,
        daily: None,
    };
}
