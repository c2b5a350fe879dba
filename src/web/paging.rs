//! Computes how a list is divided into pages.

use crate::platform::SqlValue;

/// The maximum number of entries on each page of a list. Pages are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize(pub u32);

impl PageSize {
    /// The number of pages of a list with `entries` entries. It is at least 1, because an empty list is shown on a page
    /// too.
    pub fn pages(self, entries: u32) -> u32 {
        entries.div_ceil(self.0).max(1)
    }

    /// The number of entries on the pages before the page `page`.
    pub fn skipped(self, page: u32) -> u32 {
        page.saturating_sub(1).saturating_mul(self.0)
    }

    /// The values of `LIMIT` and `OFFSET` with which SQL selects the page `page`.
    pub fn limit_and_offset(self, page: u32) -> [SqlValue<'static>; 2] {
        [self.0.into(), self.skipped(page).into()]
    }

    /// Selects the entries of the page `page`, and returns them with the number of pages; `None` if there is no such
    /// page.
    pub fn select<T>(self, entries: Vec<T>, page: u32) -> Option<(Vec<T>, u32)> {
        let pages = self.pages(u32::try_from(entries.len()).unwrap_or(u32::MAX));
        let selected = entries.into_iter().skip(self.skipped(page) as usize).take(self.0 as usize);
        (1..=pages).contains(&page).then(|| (selected.collect(), pages))
    }
}

#[cfg(test)]
mod tests {
    use super::PageSize;

    const TEN: PageSize = PageSize(10);

    #[test]
    fn a_list_has_as_many_pages_as_its_entries_fill_and_at_least_one() {
        assert_eq!([0, 1, 10, 11, 30, 31].map(|entries| TEN.pages(entries)), [1, 1, 1, 2, 3, 4]);
    }

    #[test]
    fn a_page_has_its_entries_and_those_before_it_are_skipped() {
        assert_eq!([1, 2, 9, u32::MAX].map(|page| TEN.skipped(page)), [0, 10, 80, u32::MAX]);
        let entries: Vec<u32> = (0..25).collect();
        assert_eq!(TEN.select(entries.clone(), 1), Some(((0..10).collect(), 3)));
        assert_eq!(TEN.select(entries.clone(), 3), Some(((20..25).collect(), 3)));
        assert_eq!(TEN.select(Vec::<u32>::new(), 1), Some((Vec::new(), 1)));
        assert_eq!(
            [0, 4, u32::MAX].map(|page| TEN.select(entries.clone(), page)),
            [None, None, None]
        );
    }
}
