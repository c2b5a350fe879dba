//! Divides a long comparison into pages. Only a clause that is longer than a page is split.

use std::ops::Range;

use super::{ClauseChange, ClausePair, Comparison};

/// The size at which a page of the comparison is full, in bytes of both texts together: some six thousand words.
const PAGE: usize = 40_000;

/// The number of bytes that each paragraph and each heading counts towards a full page in addition to its text.
const OVERHEAD: usize = 40;

/// A changed clause on a page of the comparison, whole or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClausePart {
    /// The index of the clause in `Comparison::entries`.
    pub entry: usize,
    /// The range of indices of the clause's paragraphs that are on this page. For a whole clause, the end of the range
    /// may be larger than the number of paragraphs.
    pub paragraphs: Range<usize>,
}

impl ClausePart {
    /// Whether the clause began on an earlier page.
    pub fn continues(&self) -> bool {
        self.paragraphs.start > 0
    }
}

/// Divides the changed clauses of a comparison into pages. There is at least one page. Unchanged clauses are on no
/// page.
pub fn pages(comparison: &Comparison<'_>) -> Vec<Vec<ClausePart>> {
    let mut pages = Pages { pages: vec![Vec::new()], left: PAGE };
    for (at, entry) in comparison.entries.iter().enumerate() {
        if entry.kind() == ClauseChange::Kept {
            continue;
        }
        let bytes = OVERHEAD * (1 + entry.max_paragraphs()) + entry.bytes();
        if bytes <= PAGE {
            pages.add(ClausePart { entry: at, paragraphs: 0..usize::MAX }, bytes);
        } else {
            pages.add_in_parts(at, entry);
        }
    }
    pages.pages
}

struct Pages {
    pages: Vec<Vec<ClausePart>>,
    /// The number of bytes that are left on the last page before it is full.
    left: usize,
}

impl Pages {
    fn add(&mut self, part: ClausePart, bytes: usize) {
        match self.pages.last_mut() {
            Some(page) if bytes <= self.left || page.is_empty() => page.push(part),
            _ => {
                self.pages.push(vec![part]);
                self.left = PAGE;
            }
        }
        self.left = self.left.saturating_sub(bytes);
    }

    fn add_in_parts(&mut self, at: usize, entry: &ClausePair<'_>) {
        let mut part = ClausePart { entry: at, paragraphs: 0..0 };
        let mut bytes = OVERHEAD;
        for paragraph in entry.paragraphs() {
            let more = OVERHEAD + paragraph.bytes();
            if bytes + more > PAGE && !part.paragraphs.is_empty() {
                let end = part.paragraphs.end;
                let next = ClausePart { entry: at, paragraphs: end..end };
                self.add(std::mem::replace(&mut part, next), bytes);
                bytes = OVERHEAD;
            }
            part.paragraphs.end += 1;
            bytes += more;
        }
        self.add(part, bytes);
    }
}
