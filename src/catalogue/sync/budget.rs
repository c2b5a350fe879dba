/// The maximum amounts of work of one run of the sync, and of all runs of a day (UTC): a part of what the platform
/// allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncBudget {
    /// The number of pages of KV's key list that are read. A page has up to 1,000 keys.
    pub pages: usize,
    /// The number of due documents that are read: new, changed or deleted ones.
    pub documents: usize,
    /// The number of other documents that are read, to detect changes that the key list does not show.
    pub checks: usize,
    /// The number of pictures whose files are read to measure them.
    pub pictures: usize,
    /// The size of the indexed text in bytes, which is about three times the size of the documents. The last document
    /// of a run may exceed this limit.
    pub bytes: usize,
    /// The limits that all runs of a day share; `None` if there are none.
    pub daily: Option<Daily>,
}

/// The limits that all runs of a day (UTC) share: calls that list keys of KV (`lists`), reads of KV, and rows written
/// in D1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    pub lists: usize,
    pub reads: usize,
    pub rows_written: usize,
}

impl SyncBudget {
    /// The budget of one run: the amounts that suit the free plan, multiplied by `times`. The free plan allows 10 ms of
    /// CPU time, 50 subrequests and 50 queries in one run, and 1,000 calls that list keys, 100,000 reads of KV and
    /// 100,000 rows written in one day (limits of Workers, KV and D1, November 2026). The budget leaves a part of this
    /// for readers and submissions.
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

    /// The budget under `wrangler dev`, where page loads run the sync. It is so large that an editor's change shows on
    /// the next page load.
    pub const LOCAL: Self = Self {
        pages: 100,
        documents: 200,
        checks: 200,
        pictures: 100,
        bytes: 20_000_000,
        daily: None,
    };
}
