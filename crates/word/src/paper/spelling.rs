//! Finds the spelling of names in the running text of a paper, because the head and the signature print them in
//! capitals.

use std::collections::HashMap;
use std::ops::Range;

use cong_core::vietnamese::{Word, word_ranges};

use super::lines::{clean, split_lines};
use super::writing::is_capitals;
use crate::block::WordBlock;

/// The maximum number of places that are stored for each word.
const MAX_PLACES: usize = 40;
const MAX_BYTES: usize = 2_000_000;

/// The words of a paper in running text.
#[derive(Default)]
pub struct Spelling {
    text: String,
    ranges: Vec<Range<usize>>,
    /// Maps a word in lower case to its first places: indices in `ranges`.
    places: HashMap<String, Vec<usize>>,
}

impl Spelling {
    pub fn of(blocks: &[WordBlock]) -> Self {
        let mut spelling = Self::default();
        collect(blocks, &mut spelling.text);
        spelling.ranges = word_ranges(&spelling.text);
        for (index, range) in spelling.ranges.iter().enumerate() {
            let word = Word::at(&spelling.text, range.clone()).written;
            let places = spelling.places.entry(word).or_default();
            if places.len() < MAX_PLACES {
                places.push(index);
            }
        }
        spelling
    }

    /// Returns the words, which are given in lower case, in the spelling of the text, if the text has them one after
    /// another.
    pub fn find(&self, words: &[String]) -> Option<&str> {
        let (first, rest) = words.split_first()?;
        let places = self.places.get(first)?;
        places.iter().find_map(|&at| {
            let mut last = self.ranges.get(at)?;
            for (word, range) in rest.iter().zip(self.ranges.get(at + 1..)?) {
                let between = self.text.get(last.end..range.start)?;
                let is_joined = between.chars().all(|c| matches!(c, ' ' | ',' | '-' | '–'));
                if !is_joined || Word::at(&self.text, range.clone()).written != *word {
                    return None;
                }
                last = range;
            }
            let is_whole = self.ranges.len() >= at + words.len();
            let found = self.text.get(self.ranges.get(at)?.start..last.end)?;
            (is_whole && !is_capitals(found)).then_some(found)
        })
    }

    /// Whether the text somewhere writes `word`, which is given in lower case, with a capital and next to another word
    /// with a capital.
    pub fn is_proper(&self, word: &str) -> bool {
        self.places.get(word).into_iter().flatten().any(|&at| {
            let is_capital = |at: Option<usize>| {
                let word = at.and_then(|at| self.ranges.get(at)).cloned();
                let first = word.and_then(|range| self.text.get(range)?.chars().next());
                first.is_some_and(char::is_uppercase)
            };
            let before = at.checked_sub(1);
            is_capital(Some(at)) && (is_capital(before) || is_capital(Some(at + 1)))
        })
    }
}

fn collect(blocks: &[WordBlock], out: &mut String) {
    for block in blocks {
        if out.len() > MAX_BYTES {
            return;
        }
        match block {
            WordBlock::Paragraph(paragraph) => {
                for line in split_lines(&paragraph.runs) {
                    let line = clean(&line);
                    if !is_capitals(&line) && !paragraph.is_capitals {
                        out.push_str(&line);
                        out.push_str(".\n");
                    }
                }
                paragraph.text_boxes.iter().for_each(|blocks| collect(blocks, out));
            }
            WordBlock::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    collect(&cell.blocks, out);
                }
            }
        }
    }
}
