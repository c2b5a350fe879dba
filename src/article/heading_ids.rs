//! The ids of a body's headings: slugs of their text, so that a link to `#dieu-1` stays right while the text
//! does.

use std::collections::{HashMap, HashSet};

use crate::vietnamese::slug;

/// Gives ids to the headings of one body, in their order.
#[derive(Default)]
pub struct HeadingIds {
    given: HashSet<String>,
    /// The number that the next heading of the same text is to try.
    next_numbers: HashMap<String, usize>,
}

impl HeadingIds {
    /// The id of the next heading; the second of the same text has `-2` after it.
    pub fn next(&mut self, text: &str) -> String {
        let base = match slug(text) {
            empty if empty.is_empty() => "muc".to_owned(),
            slug => slug,
        };
        let mut id = base.clone();
        let number = self.next_numbers.entry(base.clone()).or_insert(2);
        while !self.given.insert(id.clone()) {
            id = format!("{base}-{number}");
            *number += 1;
        }
        id
    }
}
