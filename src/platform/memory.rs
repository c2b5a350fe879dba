//! Keeps values in the memory of this isolate, such as finished pages, bounded in bytes and in age. The caller decides
//! whether a value may be kept.

use std::collections::{HashMap, VecDeque};

use cong_core::vietnamese::Timestamp;

/// Values by name; the name of a page, for example, is its address. The value that was kept first is evicted first.
#[derive(Debug)]
pub struct Memory<T> {
    kept: HashMap<String, Kept<T>>,
    /// The names of the values, oldest value first.
    order: VecDeque<String>,
    bytes: usize,
    max_bytes: usize,
}

#[derive(Debug)]
struct Kept<T> {
    value: T,
    cost: usize,
    from: Timestamp,
    /// The last second in which the value may be used.
    until: Timestamp,
}

impl<T> Memory<T> {
    /// A memory whose values never take more than `max_bytes` together. An isolate has 128 MB for everything.
    pub fn of_at_most(max_bytes: usize) -> Self {
        Self { kept: HashMap::new(), order: VecDeque::new(), bytes: 0, max_bytes }
    }

    /// Whether a value of this size, in bytes, may be kept. The maximum is an eighth of the memory: a larger value
    /// would evict too many others.
    pub fn takes(&self, bytes: usize) -> bool {
        const MAX_SHARE: usize = 8;
        bytes <= self.max_bytes / MAX_SHARE
    }

    /// Returns the value with this name, if it may be served at `now`.
    pub fn get(&self, name: &str, now: Timestamp) -> Option<&T> {
        let kept = self.kept.get(name)?;
        (kept.from <= now && now <= kept.until).then_some(&kept.value)
    }

    /// Keeps a value of `bytes` bytes from `now` to `until`, both seconds included, unless it is too large (`takes`).
    /// Then removes the oldest values one by one, until the oldest one left is not expired and all values together take
    /// at most `max_bytes`.
    pub fn keep(&mut self, name: String, value: T, bytes: usize, now: Timestamp, until: Timestamp) {
        self.remove(&name);
        if !self.takes(bytes) {
            return;
        }
        let cost = cost(&name, bytes);
        self.bytes += cost;
        self.order.push_back(name.clone());
        self.kept.insert(name, Kept { value, cost, from: now, until });
        while let Some(oldest) = self.order.front() {
            let is_over = self.kept.get(oldest).is_none_or(|kept| kept.until < now);
            if !is_over && self.bytes <= self.max_bytes {
                break;
            }
            let oldest = oldest.clone();
            self.remove(&oldest);
        }
    }

    pub fn remove(&mut self, name: &str) {
        if let Some(kept) = self.kept.remove(name) {
            self.bytes -= kept.cost;
            self.order.retain(|kept| kept != name);
        }
    }
}

/// The number of bytes that a value takes in memory, with its name and an estimate of the overhead.
fn cost(name: &str, bytes: usize) -> usize {
    const OVERHEAD: usize = 1024;
    bytes + 2 * name.len() + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX_BYTES: usize = 16 * 1024 * 1024;

    fn kept(address: &str, seconds: i64) -> Memory<&'static str> {
        let mut memory = Memory::of_at_most(MAX_BYTES);
        memory.keep(address.into(), "page", 10, Timestamp(100), Timestamp(100 + seconds));
        memory
    }

    #[test]
    fn a_page_is_served_from_its_first_second_to_its_last() {
        let memory = kept("/", 30);
        assert_eq!(memory.get("/", Timestamp(100)), Some(&"page"));
        assert_eq!(memory.get("/", Timestamp(130)), Some(&"page"));
        assert_eq!(memory.get("/", Timestamp(131)), None);
        assert_eq!(memory.get("/", Timestamp(99)), None);
        assert_eq!(memory.get("/khac", Timestamp(100)), None);
    }

    #[test]
    fn a_crawler_that_walks_a_hundred_thousand_addresses_never_fills_more_than_the_bound() {
        let mut memory = Memory::of_at_most(MAX_BYTES);
        let mut most = 0;
        for number in 0..100_000_u32 {
            let address = format!("/bai-viet/{number}");
            memory.keep(address, number, 20_000, Timestamp(100), Timestamp(130));
            assert!(memory.bytes <= MAX_BYTES);
            most = most.max(memory.bytes);
        }
        assert!(most > MAX_BYTES - 2 * 20_000);
        assert_eq!(memory.order.len(), memory.kept.len());
        assert_eq!(memory.get("/bai-viet/0", Timestamp(100)), None);
        assert_eq!(memory.get("/bai-viet/99999", Timestamp(100)), Some(&99_999));
    }

    #[test]
    fn a_page_above_an_eighth_of_the_bound_is_not_kept_and_drives_out_none() {
        let mut memory = kept("/", 30);
        for (bytes, is_kept) in
            [(MAX_BYTES / 8, true), (MAX_BYTES / 8 + 1, false), (2 * MAX_BYTES, false)]
        {
            memory.keep("/bai-viet/dai".into(), "long", bytes, Timestamp(100), Timestamp(130));
            assert_eq!(memory.get("/bai-viet/dai", Timestamp(100)).is_some(), is_kept, "{bytes}");
            assert_eq!(memory.get("/", Timestamp(100)), Some(&"page"));
        }
    }

    #[test]
    fn long_addresses_count_and_so_do_pages_without_content() {
        let mut memory = Memory::of_at_most(MAX_BYTES);
        for number in 0..20_000_u32 {
            let address = format!("/tin-bai?trang={number}&{}", "x".repeat(2_000));
            memory.keep(address, (), 0, Timestamp(100), Timestamp(130));
        }
        assert!(memory.kept.len() < 5_000);
        assert!(memory.bytes <= MAX_BYTES);
    }

    #[test]
    fn pages_whose_time_is_over_make_room() {
        let mut memory = kept("/", 30);
        memory.keep("/lien-he".into(), "other", 20, Timestamp(131), Timestamp(161));
        assert_eq!((memory.kept.len(), memory.order.len()), (1, 1));
        assert_eq!(memory.bytes, cost("/lien-he", 20));
    }

    #[test]
    fn keeping_a_page_again_replaces_it() {
        let mut memory = kept("/", 30);
        memory.keep("/".into(), "newer", 20, Timestamp(110), Timestamp(140));
        assert_eq!(memory.get("/", Timestamp(140)), Some(&"newer"));
        assert_eq!((memory.kept.len(), memory.order.len()), (1, 1));
        assert_eq!(memory.bytes, cost("/", 20));
    }
}
