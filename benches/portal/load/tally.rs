//! Counts the answers and receipts of a load test.

use std::collections::BTreeMap;

use hyper::StatusCode;

#[derive(Default)]
pub struct Tally {
    pub statuses: BTreeMap<u16, usize>,
    /// The number of receipts that the portal gave.
    pub receipts: usize,
}

impl Tally {
    pub fn requests(&self) -> usize {
        self.statuses.values().sum()
    }

    pub fn count(&mut self, status: StatusCode) {
        *self.statuses.entry(status.as_u16()).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        self.receipts += other.receipts;
        for (status, count) in &other.statuses {
            *self.statuses.entry(*status).or_default() += count;
        }
    }
}
