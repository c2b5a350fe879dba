//! Pairs each clause of the issued text (the legal document that was made from the draft) with the clause of the draft
//! from which it comes.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use super::clause::ClauseText;
use super::equal_runs::equal_runs;
use super::order::in_order;
use super::similarity;
use super::similarity::WordRuns;

/// Tells from which clause of the draft a clause of the issued text comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The index of the clause in the list of the draft's clauses.
    pub draft: usize,
    /// Whether the clause has moved relative to the other paired clauses.
    pub is_moved: bool,
}

/// Finds the origin of each clause of the issued text, in the order of the text; `None` for a new clause.
///
/// Clauses are paired in these steps:
/// - clauses of equal content (title and paragraphs) that are in the same order in both texts; the order tells apart
///   clauses with the same words,
/// - other clauses of equal content,
/// - the texts before the first headings,
/// - clauses whose subject (the heading without its number) occurs only once in each text,
/// - similar clauses,
/// - clauses with the same subject, in order.
///
/// Numbers of clauses are ignored, unless a heading consists of nothing else.
pub fn origins(draft: &[ClauseText], issued: &[ClauseText]) -> Vec<Option<Origin>> {
    let mut pairing = Pairing::new(draft, issued);
    pairing.pair_in_order();
    pairing.pair_by(ClauseText::content, Ambiguous::InOrder);
    pairing.pair_openings();
    pairing.pair_by(ClauseText::subject, Ambiguous::Leave);
    pairing.pair_by_likeness();
    pairing.pair_by(ClauseText::subject, Ambiguous::InOrder);
    pairing.origins()
}

/// What to do if several clauses of one text share the property by which clauses are being paired, such as their
/// subject: pair them with those of the other text in order, or leave them unpaired.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ambiguous {
    InOrder,
    Leave,
}

struct Pairing<'a> {
    draft: &'a [ClauseText],
    issued: &'a [ClauseText],
    /// For each clause of the issued text, the index of the clause of the draft with which it is paired.
    drafts: Vec<Option<usize>>,
    /// For each clause of the draft, whether it is paired with a clause of the issued text.
    taken: Vec<bool>,
}

impl<'a> Pairing<'a> {
    fn new(draft: &'a [ClauseText], issued: &'a [ClauseText]) -> Self {
        let (drafts, taken) = (vec![None; issued.len()], vec![false; draft.len()]);
        Self { draft, issued, drafts, taken }
    }

    fn pair(&mut self, draft: usize, issued: usize) {
        if let (Some(of_issued @ None), Some(taken @ false)) =
            (self.drafts.get_mut(issued), self.taken.get_mut(draft))
        {
            (*of_issued, *taken) = (Some(draft), true);
        }
    }

    fn draft_left(&self) -> impl Iterator<Item = (usize, &'a ClauseText)> {
        let clauses = self.draft.iter().enumerate();
        clauses.zip(&self.taken).filter(|(_, taken)| !**taken).map(|(clause, _)| clause)
    }

    fn issued_left(&self) -> impl Iterator<Item = (usize, &'a ClauseText)> {
        let clauses = self.issued.iter().enumerate();
        clauses.zip(&self.drafts).filter(|(_, draft)| draft.is_none()).map(|(clause, _)| clause)
    }

    /// Pairs clauses of equal content that are in the same order in both texts.
    fn pair_in_order(&mut self) {
        let draft: Vec<_> = self.draft.iter().map(ClauseText::content).collect();
        let issued: Vec<_> = self.issued.iter().map(ClauseText::content).collect();
        for run in equal_runs(&draft, &issued) {
            for offset in 0..run.len {
                self.pair(run.old + offset, run.new + offset);
            }
        }
    }

    fn pair_by<K: Eq + Hash>(&mut self, key: impl Fn(&'a ClauseText) -> K, ambiguous: Ambiguous) {
        let mut by_key: HashMap<K, (VecDeque<usize>, Vec<usize>)> = HashMap::new();
        for (at, clause) in self.draft_left() {
            by_key.entry(key(clause)).or_default().0.push_back(at);
        }
        for (at, clause) in self.issued_left() {
            by_key.entry(key(clause)).or_default().1.push(at);
        }
        for (drafts, issued) in by_key.into_values() {
            if ambiguous == Ambiguous::InOrder || (drafts.len(), issued.len()) == (1, 1) {
                for (draft, issued) in drafts.into_iter().zip(issued) {
                    self.pair(draft, issued);
                }
            }
        }
    }

    /// Pairs the text before the first heading of the draft with that of the issued text, whatever they contain.
    fn pair_openings(&mut self) {
        let is_opening = |clause: Option<&ClauseText>| clause.is_some_and(|c| c.heading.is_none());
        if is_opening(self.draft.first()) && is_opening(self.issued.first()) {
            self.pair(0, 0);
        }
    }

    fn pair_by_likeness(&mut self) {
        let (draft, old): (Vec<_>, Vec<_>) =
            self.draft_left().map(|(at, clause)| (at, runs(clause))).unzip();
        let (issued, new): (Vec<_>, Vec<_>) =
            self.issued_left().map(|(at, clause)| (at, runs(clause))).unzip();
        for (issued, old) in issued.into_iter().zip(similarity::versions(&old, &new)) {
            if let Some(&draft) = old.and_then(|old| draft.get(old)) {
                self.pair(draft, issued);
            }
        }
    }

    /// Returns the origin of each clause of the issued text. If two clauses have swapped places, either of them could
    /// count as moved. A clause that kept its number then counts as not moved, if possible.
    fn origins(self) -> Vec<Option<Origin>> {
        let paired = self.issued.iter().zip(&self.drafts);
        let (positions, has_its_number): (Vec<usize>, Vec<bool>) = paired
            .filter_map(|(issued, &draft)| {
                let was = self.draft.get(draft?)?;
                Some((draft?, issued.number == was.number))
            })
            .unzip();
        let settled = |index: usize| has_its_number.get(index) == Some(&true);
        let mut kept_order = in_order(&positions, settled).into_iter();
        let mut origin =
            |draft: usize| Origin { draft, is_moved: kept_order.next() == Some(false) };
        self.drafts.into_iter().map(|draft| draft.map(&mut origin)).collect()
    }
}

/// The sequences of three consecutive words in a clause, by which its similarity to others is measured. The result is
/// empty for the text before the first heading, which is paired in another step.
fn runs(clause: &ClauseText) -> WordRuns {
    if clause.heading.is_none() {
        return WordRuns::of([]);
    }
    let paragraphs = clause.blocks.iter().map(String::as_str);
    WordRuns::of([clause.subject()].into_iter().chain(paragraphs))
}
