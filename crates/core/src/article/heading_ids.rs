//! The ids of headings: slugs of their text. A link such as `#dieu-1` remains valid as long as the text of the
//! heading does not change.

use std::collections::{HashMap, HashSet};

use crate::vietnamese::slug;

/// Assigns ids to the headings of one body, in their order.
#[derive(Default)]
pub struct HeadingIds {
    given: HashSet<String>,
    /// The number to try for the next heading with the same slug.
    next_numbers: HashMap<String, usize>,
}

impl HeadingIds {
    /// The id of the next heading. If the slug is taken, a number is added, beginning with `-2`.
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
