//! Compares the words that a Word file shows with the words of the article, so that a loss of text is reported.

use cong_core::markdown_writer::{ContentBlock, ContentCell, RunContent, TextRun};

/// The number of counters. Words share a counter if their hashes are equal modulo this number; only in rare cases does
/// this hide a loss.
const COUNTERS: usize = 1 << 14;

/// A difference between the words that a file shows and those of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordDifference {
    /// The number of words in the text of the file.
    pub in_file: usize,
    /// The number of words of the file that the article does not have.
    pub lost: usize,
    /// The number of words of the article that the file does not have.
    pub added: usize,
}

/// Counts words: how often the file shows each word, and how often the article has it.
#[derive(Clone, Debug, Default)]
pub struct WordTally {
    /// For each counter: words that the file shows, less words of the article.
    balance: Vec<i32>,
    /// For each counter: words that Word generates (labels), and other words that the article may have in addition.
    optional: Vec<i32>,
    shown: usize,
}

impl WordTally {
    /// Counts a word that the file shows, by its hash.
    pub fn add_shown(&mut self, word: u32) {
        self.shown += 1;
        add(&mut self.balance, word, 1);
    }

    /// Counts the words of a text that Word generates or that is decoded.
    pub fn add_generated(&mut self, text: &str) {
        for_words(text, &mut |word| add(&mut self.optional, word, 1));
    }

    /// Counts the words of the article.
    pub fn add_article<'a>(&mut self, blocks: impl IntoIterator<Item = &'a ContentBlock>) {
        let mut splitter = WordSplitter::default();
        for block in blocks {
            add_block(block, &mut splitter, &mut |word| add(&mut self.balance, word, -1));
        }
    }

    /// Returns the difference between the file and the article, or `None` if their words agree.
    pub fn difference(&self) -> Option<WordDifference> {
        let lost: i32 = self.balance.iter().filter(|count| **count > 0).sum();
        let optional = self.optional.iter().copied().chain(std::iter::repeat(0));
        let added = self
            .balance
            .iter()
            .zip(optional)
            .map(|(balance, optional)| (-balance - optional).max(0));
        let [lost, added] = [lost, added.sum()].map(|count| usize::try_from(count).unwrap_or(0));
        let difference = WordDifference { in_file: self.shown, lost, added };
        (lost > 0 || added > 0).then_some(difference)
    }
}

fn add(counters: &mut Vec<i32>, word: u32, by: i32) {
    if counters.is_empty() {
        counters.resize(COUNTERS, 0);
    }
    if let Some(counter) = counters.get_mut(word as usize % COUNTERS) {
        *counter = counter.saturating_add(by);
    }
}

fn add_block(block: &ContentBlock, splitter: &mut WordSplitter, found: &mut dyn FnMut(u32)) {
    match block {
        ContentBlock::Heading(_, runs) | ContentBlock::Paragraph(runs) => {
            add_runs(runs, splitter, found);
        }
        ContentBlock::Quote(blocks) => {
            blocks.iter().for_each(|block| add_block(block, splitter, found));
        }
        ContentBlock::List { items, .. } => {
            items.iter().flatten().for_each(|block| add_block(block, splitter, found));
        }
        ContentBlock::Table(table) => {
            for cell in table.rows.iter().flatten() {
                if let ContentCell::Text(runs) = cell {
                    add_runs(runs, splitter, found);
                }
            }
        }
        ContentBlock::Code(text) => {
            splitter.push(text, found);
            splitter.end(found);
        }
        ContentBlock::Rule => {}
    }
}

fn add_runs(runs: &[TextRun], splitter: &mut WordSplitter, found: &mut dyn FnMut(u32)) {
    for run in runs {
        match &run.content {
            RunContent::Text(text) => splitter.push(text, found),
            RunContent::Break | RunContent::Note(_) => splitter.end(found),
            RunContent::Image { .. } => {}
        }
    }
    splitter.end(found);
}

pub fn for_words(text: &str, found: &mut dyn FnMut(u32)) {
    let mut splitter = WordSplitter::default();
    splitter.push(text, found);
    splitter.end(found);
}

/// Divides successive pieces of text into words, and hashes each word. Superscripts and subscripts are separate words,
/// because the article may write them with other characters (`m²`, `10^1,5`).
#[derive(Default)]
pub struct WordSplitter {
    hash: Option<u32>,
    is_script: bool,
}

impl WordSplitter {
    pub fn push(&mut self, text: &str, found: &mut dyn FnMut(u32)) {
        for c in text.chars() {
            let plain = plain_digit(c);
            if plain.is_some() != self.is_script {
                self.end(found);
                self.is_script = plain.is_some();
            }
            // U+00D0 looks like `Đ`, and the article has `Đ` in its place.
            let c = if c == '\u{D0}' { 'Đ' } else { plain.unwrap_or(c) };
            if c.is_alphanumeric() {
                // FNV-1a.
                let hash = self.hash.unwrap_or(0x811C_9DC5) ^ u32::from(c);
                self.hash = Some(hash.wrapping_mul(0x0100_0193));
            } else if !('\u{300}'..='\u{36F}').contains(&c) && !is_within_word(c) {
                self.end(found);
            }
        }
    }

    pub fn end(&mut self, found: &mut dyn FnMut(u32)) {
        if let Some(hash) = self.hash.take() {
            found(hash ^ (hash >> 15));
        }
    }
}

/// Whether the character is invisible. The article lacks such characters, so they do not end a word.
fn is_within_word(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
        || c.is_control() && !c.is_whitespace()
}

fn plain_digit(c: char) -> Option<char> {
    Some(match c {
        '⁰' | '₀' => '0',
        '¹' | '₁' => '1',
        '²' | '₂' => '2',
        '³' | '₃' => '3',
        '⁴'..='⁹' => char::from_u32(u32::from('4') + u32::from(c) - u32::from('⁴'))?,
        '₄'..='₉' => char::from_u32(u32::from('4') + u32::from(c) - u32::from('₄'))?,
        'º' | '°' => 'o',
        'ⁿ' => 'n',
        'ⁱ' => 'i',
        'ᴺ' => 'N',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_and_added_words_are_counted() {
        let paragraph = |text: &str| ContentBlock::Paragraph(vec![TextRun::text(text)]);
        let difference = |shown: &str, article: &str| {
            let mut tally = WordTally::default();
            for_words(shown, &mut |word| tally.add_shown(word));
            tally.add_generated("Điều 1.");
            tally.add_article([&paragraph(article)]);
            tally.difference().map(|found| (found.in_file, found.lost, found.added))
        };
        assert_eq!(difference("Một hai ba", "Điều 1. Một, hai; ba"), None);
        assert_eq!(difference("Một hai ba hai", "Một hai ba"), Some((4, 1, 0)));
        assert_eq!(difference("Một hai", "Một hai một hai"), Some((2, 0, 2)));
        assert_eq!(difference("5 m 2", "5 m²"), None);
    }
}
