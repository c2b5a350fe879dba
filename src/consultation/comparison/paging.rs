//! A long comparison in pages: clauses whole, but for one that fills pages by itself.

use std::ops::Range;

use super::{Comparison, Entry, Kind};

/// What a page shows at most of both texts, in bytes: some six thousand words. A clause is not cut for it,
/// unless it is longer than that by itself.
const PAGE: usize = 40_000;
/// What a paragraph or a heading takes beside its text.
const OVERHEAD: usize = 40;

/// A clause on a page, or the part of it that stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its position in the comparison.
    pub entry: usize,
    /// Of its paragraphs.
    pub paragraphs: Range<usize>,
}

impl Part {
    /// Whether the clause began on an earlier page.
    pub fn continues(&self) -> bool {
        self.paragraphs.start > 0
    }
}

/// The pages of a comparison, at least one. Kept clauses are on none.
pub fn pages(comparison: &Comparison<'_>) -> Vec<Vec<Part>> {
    let mut pages = Pages { pages: vec![Vec::new()], left: PAGE };
    for (at, entry) in comparison.entries.iter().enumerate() {
        if entry.kind() == Kind::Kept {
            continue;
        }
        let bytes = OVERHEAD * (1 + entry.max_paragraphs()) + entry.bytes();
        if bytes <= PAGE {
            pages.add(Part { entry: at, paragraphs: 0..usize::MAX }, bytes);
        } else {
            pages.add_in_parts(at, entry);
        }
    }
    pages.pages
}

struct Pages {
    pages: Vec<Vec<Part>>,
    /// Of the last page, in bytes.
    left: usize,
}

impl Pages {
    fn add(&mut self, part: Part, bytes: usize) {
        match self.pages.last_mut() {
            Some(page) if bytes <= self.left || page.is_empty() => page.push(part),
            _ => {
                self.pages.push(vec![part]);
                self.left = PAGE;
            }
        }
        self.left = self.left.saturating_sub(bytes);
    }

    fn add_in_parts(&mut self, at: usize, entry: &Entry<'_>) {
        let mut part = Part { entry: at, paragraphs: 0..0 };
        let mut bytes = OVERHEAD;
        for paragraph in entry.paragraphs() {
            let more = OVERHEAD + paragraph.bytes();
            if bytes + more > PAGE && !part.paragraphs.is_empty() {
                let end = part.paragraphs.end;
                let next = Part { entry: at, paragraphs: end..end };
                self.add(std::mem::replace(&mut part, next), bytes);
                bytes = OVERHEAD;
            }
            part.paragraphs.end += 1;
            bytes += more;
        }
        self.add(part, bytes);
    }
}
