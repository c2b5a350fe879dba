//! From a page's number to the month and the place within it where the page begins, so that the last page
//! of a list costs what the second does.

use serde::Deserialize;

use crate::vietnamese::Timestamp;

/// Articles on one page of a list.
pub const PAGE_SIZE: u32 = 20;

/// The time that a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    All,
    Year(u32),
    /// As a number: 202611.
    Month(u32),
}

/// How many articles a month has, in the list that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct MonthCount {
    /// As a number: 202611.
    pub month: u32,
    pub articles: u32,
}

/// Where a page begins: so many articles after the newest one before that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub before: Timestamp,
    pub skip: u32,
}

impl Period {
    /// The first and the last month.
    pub fn months(self) -> (u32, u32) {
        match self {
            Self::All => (0, 999_999),
            Self::Year(year) => (year * 100 + 1, year * 100 + 12),
            Self::Month(month) => (month, month),
        }
    }

    /// Its first second; of all time, the first that there can be.
    pub fn start(self) -> Timestamp {
        Timestamp::start_of_month(self.months().0).unwrap_or(Timestamp(i64::MIN >> 10))
    }

    /// The first second after it.
    pub fn end(self) -> Timestamp {
        end_of_month(self.months().1)
    }
}

fn end_of_month(month: u32) -> Timestamp {
    let next = if month % 100 == 12 { month + 89 } else { month + 1 };
    // Past the end of all time; numbers reach the database as JavaScript has them, below 2^53.
    Timestamp::start_of_month(next).unwrap_or(Timestamp(i64::MAX >> 10))
}

/// Where the page begins, counted from 1; `None` for a page after the last. `counts` are newest first.
pub fn place(counts: &[MonthCount], page: u32) -> Option<Place> {
    let mut skip = page.checked_sub(1)?.checked_mul(PAGE_SIZE)?;
    for count in counts {
        if skip < count.articles {
            return Some(Place { before: end_of_month(count.month), skip });
        }
        skip -= count.articles;
    }
    None
}

/// How many pages a list has: at least 1, so that an empty one has a page to be shown on.
pub fn pages(articles: u32) -> u32 {
    articles.div_ceil(PAGE_SIZE).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts() -> Vec<MonthCount> {
        [(202_601, 5), (202_512, 30), (202_511, 40)]
            .map(|(month, articles)| MonthCount { month, articles })
            .to_vec()
    }

    fn end_of(month: u32) -> Timestamp {
        Period::Month(month).end()
    }

    #[test]
    fn a_page_begins_in_the_month_that_holds_its_first_article() {
        let at = |page| place(&counts(), page);
        assert_eq!(at(1), Some(Place { before: end_of(202_601), skip: 0 }));
        assert_eq!(at(2), Some(Place { before: end_of(202_512), skip: 15 }));
        assert_eq!(at(3), Some(Place { before: end_of(202_511), skip: 5 }));
        assert_eq!(at(4), Some(Place { before: end_of(202_511), skip: 25 }));
    }

    #[test]
    fn there_is_no_page_after_the_last() {
        assert_eq!([5, 6, u32::MAX].map(|page| place(&counts(), page)), [None, None, None]);
        assert_eq!((pages(0), pages(20), pages(21), pages(75)), (1, 1, 2, 4));
    }

    #[test]
    fn a_period_is_from_its_first_second_in_viet_nam_to_its_last() {
        let month = Period::Month(202_512);
        assert_eq!(month.start().rfc3339(), "2025-12-01T00:00:00+07:00");
        assert_eq!(month.end().rfc3339(), "2026-01-01T00:00:00+07:00");
        assert_eq!(Period::Year(2025).start().rfc3339(), "2025-01-01T00:00:00+07:00");
        assert_eq!(Period::Year(2025).end(), month.end());
        assert!(
            Period::All.start() < Timestamp(-3_000_000_000)
                && Period::All.end() > Timestamp(1 << 40)
        );
    }
}
