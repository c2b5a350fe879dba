//! Pages that this isolate has rendered lately, bounded in bytes and in age.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use crate::vietnamese::Instant;

/// An isolate has 128 MB for everything.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A finished page.
#[derive(Debug)]
pub struct Kept {
    pub body: Rc<[u8]>,
    pub etag: Rc<str>,
    pub changes_at: Option<Instant>,
}

/// The pages kept, by canonical address; the oldest go first.
#[derive(Debug, Default)]
pub struct PageMemory {
    pages: HashMap<String, (Instant, Rc<Kept>)>,
    /// Addresses in the order in which they were kept.
    order: VecDeque<String>,
    bytes: usize,
}

impl PageMemory {
    /// The page, if it was kept at most `max_age` seconds ago and has not changed by the clock.
    pub fn get(&self, address: &str, now: Instant, max_age: i64) -> Option<Rc<Kept>> {
        let (kept_at, page) = self.pages.get(address)?;
        let is_current = (kept_at.0..=kept_at.0 + max_age).contains(&now.0)
            && page.changes_at.is_none_or(|at| at > now);
        is_current.then(|| Rc::clone(page))
    }

    pub fn keep(&mut self, address: String, page: Rc<Kept>, now: Instant) {
        self.remove(&address);
        self.bytes += cost(&address, &page);
        self.order.push_back(address.clone());
        self.pages.insert(address, (now, page));
        while self.bytes > MAX_BYTES {
            let Some(oldest) = self.order.front().cloned() else { break };
            self.remove(&oldest);
        }
    }

    fn remove(&mut self, address: &str) {
        if let Some((_, page)) = self.pages.remove(address) {
            self.bytes -= cost(address, &page);
            self.order.retain(|kept| kept != address);
        }
    }
}

/// Bytes of a page and of what is kept beside it.
fn cost(address: &str, page: &Kept) -> usize {
    const OVERHEAD: usize = 256;
    page.body.len() + 2 * address.len() + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(bytes: usize, changes_at: Option<i64>) -> Rc<Kept> {
        Rc::new(Kept {
            body: vec![b'x'; bytes].into(),
            etag: "\"x\"".into(),
            changes_at: changes_at.map(Instant),
        })
    }

    #[test]
    fn a_page_is_served_until_its_age_or_its_next_change() {
        let mut memory = PageMemory::default();
        memory.keep("/".into(), page(10, None), Instant(100));
        memory.keep("/gop".into(), page(10, Some(110)), Instant(100));
        assert!(memory.get("/", Instant(130), 30).is_some());
        assert!(memory.get("/", Instant(131), 30).is_none());
        assert!(memory.get("/gop", Instant(109), 30).is_some());
        assert!(memory.get("/gop", Instant(110), 30).is_none());
        assert!(memory.get("/khac", Instant(100), 30).is_none());
    }

    #[test]
    fn a_crawler_never_fills_more_than_the_bound() {
        let mut memory = PageMemory::default();
        for number in 0..10_000 {
            memory.keep(format!("/bai-viet/{number}"), page(20_000, None), Instant(100));
            assert!(memory.bytes <= MAX_BYTES);
        }
        assert_eq!(memory.order.len(), memory.pages.len());
        assert!(memory.get("/bai-viet/0", Instant(100), 30).is_none());
        assert!(memory.get("/bai-viet/9999", Instant(100), 30).is_some());
    }

    #[test]
    fn keeping_a_page_again_replaces_it() {
        let mut memory = PageMemory::default();
        memory.keep("/".into(), page(10, None), Instant(100));
        memory.keep("/".into(), page(20, None), Instant(200));
        assert_eq!(memory.get("/", Instant(200), 30).unwrap().body.len(), 20);
        assert_eq!((memory.pages.len(), memory.order.len()), (1, 1));
        assert_eq!(memory.bytes, cost("/", &page(20, None)));
    }
}
