//! Finds where in the database a page of a list begins. The number of articles in each month tells in which month the
//! page begins, so the database need not step through all articles before it. The last page of a list therefore costs
//! no more than the second.

use cong_core::addresses::ListPeriod;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::web::PageSize;

pub const PER_PAGE: PageSize = PageSize(20);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct MonthCount {
    /// The year and month as one number, such as 202611 for November 2026.
    pub month: u32,
    pub articles: u32,
}

/// Where a page of a list begins: after the `skip` newest of the articles that were published before the moment
/// `before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageStart {
    pub before: Timestamp,
    pub skip: u32,
}

/// Finds where the page `page` begins; `None` if it is after the last page. `counts` has the newest month first.
pub fn place(counts: &[MonthCount], page: u32) -> Option<PageStart> {
    let mut skip = PER_PAGE.skipped(page);
    for count in counts {
        if skip < count.articles {
            return Some(PageStart { before: ListPeriod::Month(count.month).end(), skip });
        }
        skip -= count.articles;
    }
    None
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
        ListPeriod::Month(month).end()
    }

    #[test]
    fn a_page_begins_in_the_month_that_holds_its_first_article() {
        let at = |page| place(&counts(), page);
        assert_eq!(at(1), Some(PageStart { before: end_of(202_601), skip: 0 }));
        assert_eq!(at(2), Some(PageStart { before: end_of(202_512), skip: 15 }));
        assert_eq!(at(3), Some(PageStart { before: end_of(202_511), skip: 5 }));
        assert_eq!(at(4), Some(PageStart { before: end_of(202_511), skip: 25 }));
    }

    #[test]
    fn there_is_no_page_after_the_last() {
        assert_eq!([5, 6, u32::MAX].map(|page| place(&counts(), page)), [None, None, None]);
    }
}
