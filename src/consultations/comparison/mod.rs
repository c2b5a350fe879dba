//! Compares a draft with the issued text (the legal document that was made from it), clause by clause and word by word.
//!
//! `clauses` splits each text into clauses, `are_comparable` refuses texts that are too large, `compare` pairs the
//! clauses, and `pages` divides the changed clauses into pages. Only the clauses on the requested page are compared
//! word by word.

mod alignment;
mod clause;
mod equal_runs;
mod numbering;
mod order;
mod page;
mod paging;
mod paragraphs;
mod similarity;
#[cfg(test)]
mod tests;
mod words;

pub use clause::{ClauseText, clauses};
pub use page::comparison;
pub use paging::pages;

use cong_core::order::sort_by_key;

use alignment::origins;
use paragraphs::Paragraph;

/// The maximum size of both texts together, in bytes. Larger texts are not compared: pairing their paragraphs takes up
/// to some 150 ns for each byte in native code.
pub const MAX_BYTES: usize = 2_500_000;

/// The maximum number of headings and paragraphs of both texts together. Texts with more are not compared. If no two of
/// them are equal, the time grows as the number to the power of 1.5; at the maximum it is some tens of milliseconds.
/// Two codes of law with 700 articles each have some 9,000.
pub const MAX_PARAGRAPHS: usize = 16_000;

/// Whether two texts are small enough to compare them while a reader waits.
pub fn are_comparable(draft: &[ClauseText], issued: &[ClauseText]) -> bool {
    let clauses = || draft.iter().chain(issued);
    let paragraphs: usize = clauses().map(|clause| 1 + clause.blocks.len()).sum();
    let bytes: usize = clauses().map(ClauseText::bytes).sum();
    paragraphs <= MAX_PARAGRAPHS && bytes <= MAX_BYTES
}

/// The result of a comparison: all clauses of both texts.
pub struct Comparison<'a> {
    /// The pairs of clauses in the order of the issued text. A clause of the draft that was dropped comes after the
    /// clause that preceded it in the draft.
    pub entries: Vec<ClausePair<'a>>,
}

/// A clause of the draft and the clause of the issued text that comes from it. One of the two is `None` for a new or a
/// dropped clause.
#[derive(Clone, Copy, Debug)]
pub struct ClausePair<'a> {
    pub draft: Option<&'a ClauseText>,
    pub issued: Option<&'a ClauseText>,
    /// Whether the clause has moved relative to the other paired clauses.
    pub is_moved: bool,
}

/// How the text of a clause changed, apart from its number and its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseChange {
    Kept,
    Reworded,
    New,
    Dropped,
}

/// The number of clauses with each kind of change. `renumbered` and `moved` count the clauses whose number or position
/// differs between the draft and the issued text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComparisonTally {
    pub kept: usize,
    pub reworded: usize,
    pub new: usize,
    pub dropped: usize,
    pub renumbered: usize,
    pub moved: usize,
}

/// Compares the clauses of a draft with those of the issued text. The caller checks `are_comparable` before.
pub fn compare<'a>(draft: &'a [ClauseText], issued: &'a [ClauseText]) -> Comparison<'a> {
    let mut entries: Vec<((usize, usize), ClausePair<'_>)> = Vec::with_capacity(issued.len());
    // For each clause of the draft that is in the issued text: its place there, counted from 1, and whether it has
    // moved.
    let mut places: Vec<Option<(usize, bool)>> = vec![None; draft.len()];
    for ((clause, origin), place) in issued.iter().zip(origins(draft, issued)).zip(1..) {
        let is_moved = origin.is_some_and(|origin| origin.is_moved);
        let was = origin.and_then(|origin| draft.get(origin.draft));
        entries.push(((place, 0), ClausePair { draft: was, issued: Some(clause), is_moved }));
        if let Some(known) = origin.and_then(|origin| places.get_mut(origin.draft)) {
            *known = Some((place, is_moved));
        }
    }
    let mut after = 0;
    for ((clause, place), at) in draft.iter().zip(places).zip(1..) {
        match place {
            Some((_, true)) => {}
            Some((place, false)) => after = place,
            None => {
                let dropped = ClausePair { draft: Some(clause), issued: None, is_moved: false };
                entries.push(((after, at), dropped));
            }
        }
    }
    sort_by_key(&mut entries, |(place, _)| *place);
    Comparison { entries: entries.into_iter().map(|(_, entry)| entry).collect() }
}

impl Comparison<'_> {
    pub fn tally(&self) -> ComparisonTally {
        let mut tally = ComparisonTally::default();
        for entry in &self.entries {
            *match entry.kind() {
                ClauseChange::Kept => &mut tally.kept,
                ClauseChange::Reworded => &mut tally.reworded,
                ClauseChange::New => &mut tally.new,
                ClauseChange::Dropped => &mut tally.dropped,
            } += 1;
            tally.renumbered += usize::from(entry.old_number().is_some());
            tally.moved += usize::from(entry.is_moved);
        }
        tally
    }
}

impl<'a> ClausePair<'a> {
    pub fn kind(&self) -> ClauseChange {
        match (self.draft, self.issued) {
            (Some(draft), Some(issued)) if draft.content() == issued.content() => {
                ClauseChange::Kept
            }
            (Some(_), Some(_)) => ClauseChange::Reworded,
            (None, _) => ClauseChange::New,
            (_, None) => ClauseChange::Dropped,
        }
    }

    /// The number of the clause in the draft, if it differs from the number in the issued text.
    pub fn old_number(&self) -> Option<&'a str> {
        let old = self.draft?.number.as_deref()?;
        let new = self.issued?.number.as_deref()?;
        (old != new).then_some(old)
    }

    /// The paragraphs of both versions of the clause, paired, including unchanged ones.
    pub fn paragraphs(&self) -> Vec<Paragraph<'a>> {
        let blocks =
            |clause: Option<&'a ClauseText>| clause.map_or(&[][..], |clause| &clause.blocks);
        paragraphs::paragraphs(blocks(self.draft), blocks(self.issued))
    }

    /// The maximum possible length of `paragraphs`, computed without pairing the paragraphs.
    fn max_paragraphs(&self) -> usize {
        self.draft.into_iter().chain(self.issued).map(|clause| clause.blocks.len()).sum()
    }

    /// The size of both versions of the clause together, in bytes.
    fn bytes(&self) -> usize {
        self.draft.into_iter().chain(self.issued).map(ClauseText::bytes).sum()
    }
}
