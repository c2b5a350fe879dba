//! A clause: a section of one of the two texts, ready to be compared.

use super::numbering;
use crate::article::{Heading, Section};

/// More clauses than this are not told apart: what follows counts as text of the last. It bounds the list of
/// clauses; the longest codes have some 700.
const MAX_CLAUSES: usize = 2_000;
/// Longer paragraphs are cut, in bytes: a thousand words or so. It bounds what is compared word by word at
/// once.
const MAX_BLOCK: usize = 8_000;

/// A clause of one of the two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// `None` for the text before the first heading.
    pub heading: Option<Heading>,
    /// As in `Điều 5`; `None` where the heading has none.
    pub number: Option<String>,
    /// The heading without its number.
    title: String,
    /// Its text, a paragraph each, none longer than a thousand words or so.
    pub blocks: Vec<String>,
}

/// The clauses of a text, in its order.
pub fn clauses(sections: Vec<Section>) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for Section { heading, blocks } in sections {
        let blocks = blocks.into_iter().flat_map(pieces);
        let is_full = clauses.len() >= MAX_CLAUSES;
        match clauses.last_mut() {
            Some(last) if is_full => {
                last.blocks.extend(heading.into_iter().flat_map(|heading| pieces(heading.text)));
                last.blocks.extend(blocks);
            }
            _ => clauses.push(Clause::new(heading, blocks.collect())),
        }
    }
    clauses
}

impl Clause {
    fn new(heading: Option<Heading>, blocks: Vec<String>) -> Self {
        let text = heading.as_ref().map_or("", |heading| &heading.text);
        let (number, title) = numbering::split(text);
        let (number, title) = (number.map(str::to_owned), title.to_owned());
        Self { heading, number, title, blocks }
    }

    /// The heading as written; empty for the text before the first.
    pub fn name(&self) -> &str {
        self.heading.as_ref().map_or("", |heading| &heading.text)
    }

    /// What the clause is about: its title, or its whole heading where that is no more than a number.
    pub fn subject(&self) -> &str {
        if self.title.is_empty() { self.name() } else { &self.title }
    }

    /// All that it says, its number aside. A heading that is nothing but a number says its number.
    pub fn content(&self) -> (&str, &[String]) {
        let title = if self.blocks.is_empty() { self.subject() } else { &self.title };
        (title, &self.blocks)
    }

    /// Bytes of all its text.
    pub fn bytes(&self) -> usize {
        self.name().len() + self.blocks.iter().map(String::len).sum::<usize>()
    }
}

/// A paragraph, or one that is too long cut after sentences, and where a sentence is too long within it.
fn pieces(block: String) -> Vec<String> {
    if block.len() <= MAX_BLOCK {
        return vec![block];
    }
    let mut pieces = Vec::new();
    for sentence in block.split_inclusive(['.', ';', '!', '?']) {
        let mut rest = sentence.trim();
        while !rest.is_empty() {
            let limit = rest.floor_char_boundary(MAX_BLOCK);
            let (head, tail) = rest.split_at_checked(limit).unwrap_or((rest, ""));
            pieces.push(head.trim_end().to_owned());
            rest = tail.trim_start();
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(heading: &str, blocks: Vec<String>) -> Section {
        let heading = Heading { level: 2, id: "x".into(), text: heading.to_owned() };
        Section { heading: Some(heading), blocks }
    }

    #[test]
    fn a_clause_says_the_same_whatever_its_number() {
        let clause = |heading: &str, text: &str| {
            clauses(vec![section(heading, vec![text.to_owned()])]).swap_remove(0)
        };
        let (five, six) = (clause("Điều 5. Hiệu lực", "Một."), clause("Điều 6. Hiệu lực", "Một."));
        assert_eq!(five.content(), six.content());
        assert_ne!(five.content(), clause("Điều 5. Hiệu lực", "Hai.").content());
        assert_eq!(clause("Điều 5", "Một.").content(), clause("Điều 6", "Một.").content());
        assert_eq!((five.subject(), clause("Điều 5", "Một.").subject()), ("Hiệu lực", "Điều 5"));
    }

    #[test]
    fn a_very_long_paragraph_is_cut_and_loses_nothing() {
        for text in
            ["Câu này dài vừa phải. ".repeat(2_000), "chữ ".repeat(20_000), "ộ".repeat(50_000)]
        {
            let blocks = clauses(vec![section("Điều 1", vec![text.trim().to_owned()])])
                .swap_remove(0)
                .blocks;
            assert!(blocks.iter().all(|block| block.len() <= MAX_BLOCK));
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&blocks.concat()), letters(&text));
        }
    }

    #[test]
    fn beyond_a_bound_headings_are_text_of_the_last_clause() {
        let many = (0..MAX_CLAUSES + 5).map(|n| section(&format!("Điều {n}"), vec![]));
        let clauses = clauses(many.collect());
        assert_eq!(clauses.len(), MAX_CLAUSES);
        assert_eq!(clauses[MAX_CLAUSES - 1].blocks[0], format!("Điều {MAX_CLAUSES}"));
    }
}
