//! The headings of a body, with their levels and their ids on the page. An id is the slug of the heading's text, so a
//! link such as `#dieu-1` remains valid as long as that text does not change.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::HeadingLevel;

use crate::vietnamese::slug;

/// A heading of the body, of level 2 to 6; the article's title is level 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// Assigns ids to the headings of one body, in the order of the text.
#[derive(Default)]
pub struct HeadingIds {
    given: HashSet<String>,
    /// For each slug, the number to append to the id of the next heading that has this slug.
    next_numbers: HashMap<String, usize>,
}

impl HeadingIds {
    /// Returns the id of the next heading: the slug of its text, or `muc` if this slug is empty. If an earlier heading
    /// has this id, a number is appended, beginning with `-2`.
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

/// Changes level 1 to level 2, because the article's title is the only first-level heading of the page.
pub fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        other => other,
    }
}
