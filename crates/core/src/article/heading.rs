//! The headings of a body, with their levels and ids on the page. The ids are slugs of the text. A link such as
//! `#dieu-1` remains valid as long as the text of the heading does not change.

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

/// Assigns ids to the headings of one body, in their order.
#[derive(Default)]
pub struct HeadingIds {
    given: HashSet<String>,
    /// For each slug, the number to try for the next heading with this slug.
    next_numbers: HashMap<String, usize>,
}

impl HeadingIds {
    /// The id of the next heading. It is the slug of its text. If another heading has this id already, a number is
    /// added, beginning with `-2`.
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

/// Makes first-level headings second-level, because the title is the only first-level heading of the page.
pub fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        other => other,
    }
}
