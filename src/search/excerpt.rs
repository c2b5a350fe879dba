//! Finds where a text matches a search, and selects the excerpt of the text that contains the most phrases of the
//! query.

use std::ops::Range;

use cong_core::vietnamese::{Word, begins_plainly, plain_first_letter, word_ranges};

use super::query::Query;

/// The maximum number of words in an excerpt.
const EXCERPT_WORDS: usize = 45;

/// The maximum number of words before the first match in an excerpt.
const WORDS_BEFORE: usize = 8;

/// A piece of a text, which is either a match of the search or the text between matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcerptPiece {
    pub text: String,
    pub is_match: bool,
}

/// A text, and where it matches a search.
pub struct SearchedText<'a> {
    text: &'a str,
    /// The byte ranges of the words of the text.
    words: Vec<Range<usize>>,
    /// The matches in the order of the text. Each has the range of its words, as indices in `words`, and the index of
    /// the phrase that it matches, in `Query::phrases`.
    matches: Vec<(Range<usize>, usize)>,
    /// The number of phrases in the query.
    phrases: usize,
}

impl<'a> SearchedText<'a> {
    pub fn new(text: &'a str, query: &Query) -> Self {
        let words = word_ranges(text);
        let read = read(text, &words, query);
        let last_phrase = query.phrases.len().saturating_sub(1);
        let mut matches = Vec::new();
        for (index, (start, _)) in read.iter().enumerate() {
            for (number, phrase) in query.phrases.iter().enumerate() {
                let is_open = number == last_phrase && query.open_word().is_some();
                let found = read.get(index..index + phrase.len());
                if found.is_some_and(|found| is_phrase(found, phrase, is_open)) {
                    matches.push((*start..start + phrase.len(), number));
                }
            }
        }
        Self { text, words, matches, phrases: query.phrases.len() }
    }

    /// For each match, in the order of the text, the index of the phrase that it matches. The same index may occur
    /// several times.
    pub fn phrases(&self) -> impl Iterator<Item = usize> {
        self.matches.iter().map(|(_, phrase)| *phrase)
    }

    /// The whole text, divided into matches and the pieces between them.
    pub fn marked(&self) -> Vec<ExcerptPiece> {
        self.pieces(0..self.words.len(), 0..self.text.len())
    }

    /// The excerpt that contains the most phrases, divided into matches and the pieces between them; `None` if the text
    /// has no match.
    pub fn excerpt(&self) -> Option<Vec<ExcerptPiece>> {
        let start = self.best_start()?;
        let first = start.saturating_sub(WORDS_BEFORE);
        let end = (first + EXCERPT_WORDS).min(self.words.len());
        let from = if first == 0 { 0 } else { self.words.get(first)?.start };
        let to = match self.words.get(end) {
            Some(_) => self.words.get(end.checked_sub(1)?)?.end,
            None => self.text.len(),
        };
        let mut pieces = self.pieces(first..end, from..to);
        if from > 0 {
            pieces.insert(0, ExcerptPiece { text: "… ".to_owned(), is_match: false });
        }
        if to < self.text.len() {
            pieces.push(ExcerptPiece { text: " …".to_owned(), is_match: false });
        }
        Some(pieces)
    }

    /// The index of the first word of the match that the excerpt is to show first: the one that is followed by the
    /// largest number of distinct phrases within the length of an excerpt. If there are several such matches, the
    /// earliest.
    fn best_start(&self) -> Option<usize> {
        let reach = EXCERPT_WORDS - WORDS_BEFORE;
        let mut best: Option<(usize, usize)> = None;
        for (index, (range, _)) in self.matches.iter().enumerate() {
            let mut seen: Vec<usize> = Vec::new();
            let others = self.matches.get(index..).unwrap_or_default();
            let within = others.iter().take_while(|(other, _)| other.start < range.start + reach);
            for (other, phrase) in within {
                if other.end <= range.start + reach && !seen.contains(phrase) {
                    seen.push(*phrase);
                }
            }
            if best.is_none_or(|(count, _)| seen.len() > count) {
                best = Some((seen.len(), range.start));
            }
            if seen.len() == self.phrases {
                break;
            }
        }
        best.map(|(_, start)| start)
    }

    /// Divides a part of the text into matches and the pieces between them. `shown` is the part as a range of words,
    /// `bytes` the same part in bytes. Adjacent matches become one piece.
    fn pieces(&self, shown: Range<usize>, bytes: Range<usize>) -> Vec<ExcerptPiece> {
        let mut pieces: Vec<ExcerptPiece> = Vec::new();
        let mut at = bytes.start;
        let mut push = |range: Range<usize>, is_match: bool| {
            let Some(text) = self.text.get(range).filter(|text| !text.is_empty()) else { return };
            pieces.push(ExcerptPiece { text: text.to_owned(), is_match });
        };
        for matched in self.merged(shown) {
            push(at..matched.start, false);
            push(matched.clone(), true);
            at = matched.end;
        }
        push(at..bytes.end, false);
        pieces
    }

    /// The byte ranges of the matches that lie within the words `shown`. Matches that overlap, or between which there
    /// is only a space, become one range.
    fn merged(&self, shown: Range<usize>) -> Vec<Range<usize>> {
        let mut merged: Vec<Range<usize>> = Vec::new();
        for (range, _) in &self.matches {
            if range.start < shown.start || range.end > shown.end {
                continue;
            }
            let (Some(first), Some(last)) =
                (self.words.get(range.start), self.words.get(range.end.saturating_sub(1)))
            else {
                continue;
            };
            match merged.last_mut() {
                Some(before)
                    if first.start <= before.end
                        || self.text.get(before.end..first.start) == Some(" ") =>
                {
                    before.end = before.end.max(last.end);
                }
                _ => merged.push(first.start..last.end),
            }
        }
        merged
    }
}

/// Reads the words of the text that can match the query, each with its index in `words`. A word can match if its form
/// without accents begins with a word of the query. Few words do, and this check costs less than converting every word
/// into a `Word`.
fn read(text: &str, words: &[Range<usize>], query: &Query) -> Vec<(usize, Word)> {
    let wanted: Vec<&str> =
        query.phrases.iter().flatten().map(|word| word.plain.as_str()).collect();
    let firsts: Vec<char> = wanted.iter().filter_map(|plain| plain.chars().next()).collect();
    let mut read = Vec::new();
    for (number, range) in words.iter().enumerate() {
        let word = text.get(range.clone()).unwrap_or_default();
        let is_candidate = plain_first_letter(word).is_some_and(|first| firsts.contains(&first));
        if is_candidate && wanted.iter().any(|plain| begins_plainly(word, plain)) {
            read.push((number, Word::at(text, range.clone())));
        }
    }
    read
}

/// Whether the words `found` are adjacent in the text and equal to the words of `phrase`. If `is_open`, the last of the
/// words found only has to begin with the last word of the phrase.
fn is_phrase(found: &[(usize, Word)], phrase: &[Word], is_open: bool) -> bool {
    let first = found.first().map_or(0, |(number, _)| *number);
    found.iter().zip(phrase).enumerate().all(|(index, ((number, word), wanted))| {
        let (form, wanted) = if wanted.is_accented() {
            (&word.written, &wanted.written)
        } else {
            (&word.plain, &wanted.plain)
        };
        let may_go_on = is_open && index + 1 == phrase.len();
        let is_wanted = if may_go_on { form.starts_with(wanted.as_str()) } else { form == wanted };
        is_wanted && *number == first + index
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, typed: &str) -> String {
        written(SearchedText::new(text, &Query::parse(typed)).marked())
    }

    fn excerpt(text: &str, typed: &str) -> Option<String> {
        SearchedText::new(text, &Query::parse(typed)).excerpt().map(written)
    }

    fn written(pieces: Vec<ExcerptPiece>) -> String {
        let piece = |piece: ExcerptPiece| {
            if piece.is_match { format!("[{}]", piece.text) } else { piece.text }
        };
        pieces.into_iter().map(piece).collect()
    }

    #[test]
    fn matches_are_marked_with_the_accents_of_the_text() {
        assert_eq!(marked("Quyết định của Uỷ ban", "quyet dinh "), "[Quyết định] của Uỷ ban");
        assert_eq!(marked("Quyết định, quyết đỉnh", "định "), "Quyết [định], quyết đỉnh");
        assert_eq!(marked("Số 12/QĐ-UBND và 12", "12/qd-ubnd "), "Số [12/QĐ-UBND] và 12");
        assert_eq!(marked("Năm nay, Nam nói", "năm "), "[Năm] nay, Nam nói");
        assert_eq!(marked("không có gì", "khác "), "không có gì");
    }

    #[test]
    fn a_last_word_still_being_typed_marks_the_whole_word() {
        assert_eq!(marked("Dự thảo, dự toán", "du th"), "[Dự thảo], [dự] toán");
    }

    #[test]
    fn the_excerpt_shows_the_place_with_most_of_the_words() {
        let far = "lời ".repeat(100);
        let text = format!("Nước ở đầu. {far}Nguồn nước sạch ở cuối. {far}");
        let shown = excerpt(&text, "nguon nuoc sach ").unwrap();
        assert!(shown.contains("[Nguồn nước sạch] ở cuối"), "{shown}");
        assert!(shown.starts_with("… lời") && shown.ends_with("lời …"), "{shown}");
        assert_eq!(excerpt("Không có", "nước "), None);
        assert_eq!(excerpt("Nước.", "nước ").as_deref(), Some("[Nước]."));
    }

    #[test]
    fn a_long_text_full_of_matches_is_searched_in_good_time() {
        let text = "nước ".repeat(20_000);
        assert!(excerpt(&text, "nước nuoc nước nước nuoc nuoc").is_some());
    }
}
