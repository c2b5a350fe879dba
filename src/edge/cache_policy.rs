//! How long a response may be kept by browsers and by Workers Cache in front of the Worker:
//! written down once for each kind of response.
//!
//! `s-maxage` is never used: Workers Cache then ignores the two stale windows.

use crate::vietnamese::Instant;

const FRESH: i64 = 30;
const STALE_WHILE_REVALIDATE: i64 = 30;
const STALE_IF_ERROR: i64 = 24 * 3600;

/// What a kind of response may be cached for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// A page made from articles. Everything that may still be served of it, stale windows
    /// included, ends before `changes_at`, its next change that comes by the clock alone.
    Page { changes_at: Option<Instant> },
    /// A page with what citizens wrote: its sender may have it erased, so no copy outlives a failure.
    Released { changes_at: Option<Instant> },
    /// What a visitor searched for: kept by their own browser for the way back, and by nobody else, because
    /// there is no end of what can be asked for.
    Search,
    /// A redirect to an article's one true address.
    Redirect,
    /// An attachment: it changes rarely, and its address says nothing of its version.
    File,
    /// Never shared and never kept: forms, receipts, errors, addresses that are not canonical.
    NoStore,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    pub fn header(self, now: Instant) -> String {
        match self {
            Self::Page { changes_at } => page(seconds_left(changes_at, now), STALE_IF_ERROR),
            Self::Released { changes_at } => page(seconds_left(changes_at, now), 0),
            Self::Search => "private, max-age=60".to_owned(),
            Self::Redirect => "public, max-age=300".to_owned(),
            Self::File => {
                format!(
                    "public, max-age=300, stale-while-revalidate=300, stale-if-error={STALE_IF_ERROR}"
                )
            }
            Self::NoStore => "no-store".to_owned(),
        }
    }
}

fn seconds_left(changes_at: Option<Instant>, now: Instant) -> i64 {
    changes_at.map_or(i64::MAX, |at| at.0 - now.0)
}

/// A page that changes by itself in so many seconds. The last second is left unused, because
/// clocks and transport are not exact.
fn page(seconds_left: i64, stale_if_error: i64) -> String {
    let usable = seconds_left - 1;
    if usable <= 0 {
        return "no-store".to_owned();
    }
    let fresh = usable.min(FRESH);
    let after_fresh = usable - fresh;
    format!(
        "public, max-age={fresh}, stale-while-revalidate={}, stale-if-error={}",
        after_fresh.min(STALE_WHILE_REVALIDATE),
        after_fresh.min(stale_if_error)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(1_800_000_000);

    fn page_changing_in(seconds: i64) -> String {
        CachePolicy::Page { changes_at: Some(Instant(NOW.0 + seconds)) }.header(NOW)
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
    fn what_citizens_wrote_is_not_served_once_it_cannot_be_asked_for() {
        assert_eq!(
            CachePolicy::Released { changes_at: None }.header(NOW),
            "public, max-age=30, stale-while-revalidate=30, stale-if-error=0"
        );
    }

    #[test]
    fn no_policy_uses_s_maxage() {
        for policy in [
            CachePolicy::Page { changes_at: None },
            CachePolicy::Page { changes_at: Some(Instant(NOW.0 + 40)) },
            CachePolicy::Released { changes_at: None },
            CachePolicy::Search,
            CachePolicy::Redirect,
            CachePolicy::File,
            CachePolicy::NoStore,
        ] {
            assert!(!policy.header(NOW).contains("s-maxage"), "{policy:?}");
        }
    }
}
