//! The header `Cache-Control`: how long browsers, and Workers Cache in front of the Worker, may keep a response. There
//! is one policy for each kind of response.
//!
//! `s-maxage` is never used, because with it Workers Cache ignores `stale-while-revalidate` and `stale-if-error`.

use cong_core::vietnamese::Timestamp;

/// How long a page is fresh, in seconds: caches serve it without asking the Worker. For as long again, a cache may
/// serve the expired page while it fetches a new one.
const PAGE: i64 = 30;

/// How long a feed is fresh, in seconds. The time is longer than for a page, because feed readers ask only now and
/// then.
const FEED: i64 = 300;

const STALE_IF_ERROR: i64 = 24 * 3600;

/// How long the reader's browser keeps search results, in seconds.
const SEARCH: i64 = 60;

const NO_STORE: &str = "no-store";

/// The kinds of responses. The kind decides how long a response may be cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// A page made from articles. `changes_at` is the next change at a known time, for example when a scheduled article
    /// appears. Caches keep the page no longer than until then, not even to serve it while they fetch a new one.
    Page { changes_at: Option<Timestamp> },
    /// A feed or site map made from articles. Caches keep it no longer than until `changes_at`, as for `Page`.
    Feed { changes_at: Option<Timestamp> },
    /// A page with texts of citizens. Caches must not serve it when the Worker fails (`stale-if-error`), because the
    /// sender may have had the text erased.
    Released { changes_at: Option<Timestamp> },
    /// Search results. The reader's own browser keeps them, for the back button. Workers Cache does not, because the
    /// number of possible searches is unlimited. The page memory keeps the latest ones. All keep them no longer than
    /// until `changes_at`.
    Search { changes_at: Option<Timestamp> },
    /// A redirect to the canonical address of an article, for example from an old address.
    Redirect,
    /// A file, such as a picture or an attachment. Files change rarely, but a new version has the same address, so
    /// caches keep them for some minutes only.
    File,
    /// Never kept by a cache: forms, receipts, errors, pages at addresses that are not canonical.
    NoStore,
}

impl CachePolicy {
    /// Whether Workers Cache may keep the response and serve it to everybody.
    pub fn is_shared(self) -> bool {
        !matches!(self, Self::Search { .. } | Self::NoStore)
    }

    /// The value of the header `Cache-Control`.
    pub fn header(self, now: Timestamp) -> String {
        match self {
            Self::Page { changes_at } => until(changes_at, now, PAGE, STALE_IF_ERROR),
            Self::Feed { changes_at } => until(changes_at, now, FEED, STALE_IF_ERROR),
            Self::Released { changes_at } => until(changes_at, now, PAGE, 0),
            Self::Search { changes_at } => match usable(changes_at, now) {
                Some(usable) => format!("private, max-age={}", usable.min(SEARCH)),
                None => NO_STORE.to_owned(),
            },
            Self::Redirect => "public, max-age=300".to_owned(),
            Self::File => {
                format!(
                    "public, max-age=300, stale-while-revalidate=300, stale-if-error={STALE_IF_ERROR}"
                )
            }
            Self::NoStore => NO_STORE.to_owned(),
        }
    }
}

/// How many seconds caches may use the response before the content changes at `changes_at`. One second less than is
/// left, because clocks and transport are not exact; `None` if no second is left.
fn usable(changes_at: Option<Timestamp>, now: Timestamp) -> Option<i64> {
    Some(changes_at.map_or(i64::MAX, |at| at.0 - now.0 - 1)).filter(|usable| *usable > 0)
}

/// A value of `Cache-Control` whose periods all end before `changes_at`. The response is fresh for `window` seconds:
/// caches serve it without asking the Worker. After that, they may serve it for as long again while they fetch a new
/// one, and for `stale_if_error` seconds if the Worker fails.
fn until(
    changes_at: Option<Timestamp>,
    now: Timestamp,
    window: i64,
    stale_if_error: i64,
) -> String {
    let Some(usable) = usable(changes_at, now) else { return NO_STORE.to_owned() };
    let fresh = usable.min(window);
    let after_fresh = usable - fresh;
    format!(
        "public, max-age={fresh}, stale-while-revalidate={}, stale-if-error={}",
        after_fresh.min(window),
        after_fresh.min(stale_if_error)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000);

    fn page_changing_in(seconds: i64) -> String {
        CachePolicy::Page { changes_at: Some(Timestamp(NOW.0 + seconds)) }.header(NOW)
    }

    #[test]
    fn a_page_without_a_timed_change_has_the_full_windows() {
        assert_eq!(
            CachePolicy::Page { changes_at: None }.header(NOW),
            "public, max-age=30, stale-while-revalidate=30, stale-if-error=86400"
        );
    }

    #[test]
    fn fresh_and_stale_windows_end_before_the_next_timed_change() {
        assert_eq!(page_changing_in(0), "no-store");
        assert_eq!(page_changing_in(1), "no-store");
        assert_eq!(page_changing_in(-5), "no-store");
        assert_eq!(
            page_changing_in(11),
            "public, max-age=10, stale-while-revalidate=0, stale-if-error=0"
        );
        assert_eq!(
            page_changing_in(41),
            "public, max-age=30, stale-while-revalidate=10, stale-if-error=10"
        );
        assert_eq!(page_changing_in(1_000_000), CachePolicy::Page { changes_at: None }.header(NOW));
    }

    #[test]
    fn a_feed_is_kept_longer_than_a_page_and_not_past_its_next_change_either() {
        let feed = |changes_at| CachePolicy::Feed { changes_at }.header(NOW);
        assert_eq!(
            feed(None),
            "public, max-age=300, stale-while-revalidate=300, stale-if-error=86400"
        );
        assert_eq!(
            feed(Some(Timestamp(NOW.0 + 401))),
            "public, max-age=300, stale-while-revalidate=100, stale-if-error=100"
        );
        assert_eq!(feed(Some(NOW)), "no-store");
    }

    #[test]
    fn what_citizens_wrote_is_not_served_once_it_cannot_be_asked_for() {
        assert_eq!(
            CachePolicy::Released { changes_at: None }.header(NOW),
            "public, max-age=30, stale-while-revalidate=30, stale-if-error=0"
        );
    }

    #[test]
    fn what_was_found_is_kept_for_a_minute_and_not_past_its_next_change() {
        let search = |changes_at| CachePolicy::Search { changes_at }.header(NOW);
        assert_eq!(search(None), "private, max-age=60");
        assert_eq!(search(Some(Timestamp(NOW.0 + 11))), "private, max-age=10");
        assert_eq!(search(Some(Timestamp(NOW.0 + 1))), "no-store");
    }

    #[test]
    fn no_policy_uses_s_maxage() {
        for policy in [
            CachePolicy::Page { changes_at: None },
            CachePolicy::Page { changes_at: Some(Timestamp(NOW.0 + 40)) },
            CachePolicy::Feed { changes_at: None },
            CachePolicy::Released { changes_at: None },
            CachePolicy::Search { changes_at: None },
            CachePolicy::Redirect,
            CachePolicy::File,
            CachePolicy::NoStore,
        ] {
            assert!(!policy.header(NOW).contains("s-maxage"), "{policy:?}");
        }
    }
}
