//! What this isolate keeps of the pages it has made lately, bounded in bytes and in age. What a page is, and whether
//! it may be kept, is decided in `ready`.

use std::collections::{HashMap, VecDeque};

use crate::vietnamese::Instant;

/// An isolate has 128 MB for everything.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The pages kept, by their addresses; the oldest go first.
#[derive(Debug)]
pub struct PageMemory<T> {
    pages: HashMap<String, Kept<T>>,
    /// Addresses in the order in which they were kept.
    order: VecDeque<String>,
    bytes: usize,
}

#[derive(Debug)]
struct Kept<T> {
    page: T,
    cost: usize,
    from: Instant,
    /// The last second in which it may be served.
    until: Instant,
}

impl<T> PageMemory<T> {
    pub fn new() -> Self {
        Self { pages: HashMap::new(), order: VecDeque::new(), bytes: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The page, where one was kept for this second.
    pub fn get(&self, address: &str, now: Instant) -> Option<&T> {
        let kept = self.pages.get(address)?;
        (kept.from <= now && now <= kept.until).then_some(&kept.page)
    }

    /// Keeps a page of so many bytes from now until another second. Those whose time is over make room first, then
    /// the oldest.
    pub fn keep(&mut self, address: String, page: T, bytes: usize, now: Instant, until: Instant) {
        self.remove(&address);
        let cost = cost(&address, bytes);
        self.bytes += cost;
        self.order.push_back(address.clone());
        self.pages.insert(address, Kept { page, cost, from: now, until });
        while let Some(oldest) = self.order.front() {
            let is_over = self.pages.get(oldest).is_none_or(|kept| kept.until < now);
            if !is_over && self.bytes <= MAX_BYTES {
                break;
            }
            let oldest = oldest.clone();
            self.remove(&oldest);
        }
    }

    fn remove(&mut self, address: &str) {
        if let Some(kept) = self.pages.remove(address) {
            self.bytes -= kept.cost;
            self.order.retain(|kept| kept != address);
        }
    }
}

/// Bytes of a page and of what is kept beside it.
fn cost(address: &str, bytes: usize) -> usize {
    const OVERHEAD: usize = 1024;
    bytes + 2 * address.len() + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(address: &str, seconds: i64) -> PageMemory<&'static str> {
        let mut memory = PageMemory::new();
        memory.keep(address.into(), "page", 10, Instant(100), Instant(100 + seconds));
        memory
    }

    #[test]
    fn a_page_is_served_from_its_first_second_to_its_last() {
        let memory = kept("/", 30);
        assert_eq!(memory.get("/", Instant(100)), Some(&"page"));
        assert_eq!(memory.get("/", Instant(130)), Some(&"page"));
        assert_eq!(memory.get("/", Instant(131)), None);
        assert_eq!(memory.get("/", Instant(99)), None);
        assert_eq!(memory.get("/khac", Instant(100)), None);
    }

    #[test]
    fn a_crawler_that_walks_a_hundred_thousand_addresses_never_fills_more_than_the_bound() {
        let mut memory = PageMemory::new();
        let mut most = 0;
        for number in 0..100_000_u32 {
            let address = format!("/bai-viet/{number}");
            memory.keep(address, number, 20_000, Instant(100), Instant(130));
            assert!(memory.bytes <= MAX_BYTES);
            most = most.max(memory.bytes);
        }
        assert!(most > MAX_BYTES - 2 * 20_000);
        assert_eq!(memory.order.len(), memory.pages.len());
        assert_eq!(memory.get("/bai-viet/0", Instant(100)), None);
        assert_eq!(memory.get("/bai-viet/99999", Instant(100)), Some(&99_999));
    }

    #[test]
    fn long_addresses_count_and_so_do_pages_without_content() {
        let mut memory = PageMemory::new();
        for number in 0..20_000_u32 {
            let address = format!("/tin-bai?trang={number}&{}", "x".repeat(2_000));
            memory.keep(address, (), 0, Instant(100), Instant(130));
        }
        assert!(memory.pages.len() < 5_000);
        assert!(memory.bytes <= MAX_BYTES);
    }

    #[test]
    fn pages_whose_time_is_over_make_room() {
        let mut memory = kept("/", 30);
        memory.keep("/lien-he".into(), "other", 20, Instant(131), Instant(161));
        assert_eq!((memory.pages.len(), memory.order.len()), (1, 1));
        assert_eq!(memory.bytes, cost("/lien-he", 20));
    }

    #[test]
    fn keeping_a_page_again_replaces_it() {
        let mut memory = kept("/", 30);
        memory.keep("/".into(), "newer", 20, Instant(110), Instant(140));
        assert_eq!(memory.get("/", Instant(140)), Some(&"newer"));
        assert_eq!((memory.pages.len(), memory.order.len()), (1, 1));
        assert_eq!(memory.bytes, cost("/", 20));
    }
}
