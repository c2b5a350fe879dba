//! Finds the place in the database at which a page of a list begins, from the number of articles in each month. The
//! last page of a list therefore costs no more than the second.

use serde::Deserialize;

use crate::vietnamese::Timestamp;

/// The number of articles on one page of a list.
pub const PAGE_SIZE: u32 = 20;

/// The period that a list covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    All,
    Year(u32),
    /// A month as a number: 202611.
    Month(u32),
}

/// The number of articles in a month of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct MonthCount {
    /// The month as a number: 202611.
    pub month: u32,
    pub articles: u32,
}

/// The place at which a page begins: `skip` articles after the newest one before the moment `before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub before: Timestamp,
    pub skip: u32,
}

impl Period {
    /// The first and the last month, as numbers: 202611.
    pub fn months(self) -> (u32, u32) {
        match self {
            Self::All => (0, 999_999),
            Self::Year(year) => (year * 100 + 1, year * 100 + 12),
            Self::Month(month) => (month, month),
        }
    }

    /// The first second of the period. For `All`, a time before all articles.
    pub fn start(self) -> Timestamp {
        Timestamp::start_of_month(self.months().0).unwrap_or(Timestamp(i64::MIN >> 10))
    }

    /// The first second after the period.
    pub fn end(self) -> Timestamp {
        end_of_month(self.months().1)
    }
}

fn end_of_month(month: u32) -> Timestamp {
    let next = if month % 100 == 12 { month + 89 } else { month + 1 };
    // For the last month of `All`, a time after all articles. Numbers reach the database as JavaScript numbers, so
    // they must stay below 2^53.
    Timestamp::start_of_month(next).unwrap_or(Timestamp(i64::MAX >> 10))
}

/// Finds the beginning of a page, which is counted from 1; `None` for a page after the last. `counts` has the
/// newest month first.
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

/// The number of pages of a list. It is at least 1, because an empty list is shown on a page too.
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
