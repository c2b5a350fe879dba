//! The clauses of a text, prepared for comparison.

use cong_core::article::{Heading, Section};

use super::numbering;

/// The maximum number of clauses of a text. In a text with more headings, the last clause contains the rest of the
/// text. The longest codes of law have some 700 clauses.
const MAX_CLAUSES: usize = 2_000;

/// The maximum length of a paragraph, in bytes: more than a thousand words. A longer paragraph is split, so that no
/// comparison word by word takes too long.
const MAX_BLOCK: usize = 8_000;

/// A clause of the draft or of the issued text: the section under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseText {
    /// The heading of the clause; `None` for the text before the first heading.
    pub heading: Option<Heading>,
    /// The number that the heading begins with, such as `Điều 5` ("Article 5"); `None` if it has none.
    pub number: Option<String>,
    /// The heading without its number; may be empty.
    title: String,
    /// The paragraphs of the clause. Each has at most `MAX_BLOCK` bytes.
    pub blocks: Vec<String>,
}

/// Makes the clauses of a text from its sections, in order.
pub fn clauses(sections: Vec<Section>) -> Vec<ClauseText> {
    let mut clauses: Vec<ClauseText> = Vec::new();
    for Section { heading, blocks } in sections {
        let blocks = blocks.into_iter().flat_map(pieces);
        let is_full = clauses.len() >= MAX_CLAUSES;
        match clauses.last_mut() {
            Some(last) if is_full => {
                last.blocks.extend(heading.into_iter().flat_map(|heading| pieces(heading.text)));
                last.blocks.extend(blocks);
            }
            _ => clauses.push(ClauseText::new(heading, blocks.collect())),
        }
    }
    clauses
}

impl ClauseText {
    fn new(heading: Option<Heading>, blocks: Vec<String>) -> Self {
        let text = heading.as_ref().map_or("", |heading| &heading.text);
        let (number, title) = numbering::split(text);
        let (number, title) = (number.map(str::to_owned), title.to_owned());
        Self { heading, number, title, blocks }
    }

    /// The text of the heading as written; empty for the text before the first heading.
    pub fn name(&self) -> &str {
        self.heading.as_ref().map_or("", |heading| &heading.text)
    }

    /// What the clause is about: its title, or its whole heading if the heading is only a number.
    pub fn subject(&self) -> &str {
        if self.title.is_empty() { self.name() } else { &self.title }
    }

    /// The title and the paragraphs, by which clauses are compared. The number of the clause is left out, unless the
    /// heading and its paragraphs have no other text.
    pub fn content(&self) -> (&str, &[String]) {
        let title = if self.blocks.is_empty() { self.subject() } else { &self.title };
        (title, &self.blocks)
    }

    /// The size of the heading and the paragraphs together, in bytes.
    pub fn bytes(&self) -> usize {
        self.name().len() + self.blocks.iter().map(String::len).sum::<usize>()
    }
}

/// Splits a paragraph longer than `MAX_BLOCK` into sentences, and a sentence longer than that into pieces of at most
/// `MAX_BLOCK` bytes.
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
