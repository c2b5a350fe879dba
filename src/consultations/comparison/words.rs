//! Compares two versions of a paragraph word by word.
//!
//! A word is a run of letters and digits, mostly one Vietnamese syllable. A number, a date and the number of a legal
//! document are one word each, including the punctuation inside. Any other punctuation mark is an item of its own.
//! White space is ignored.

use std::ops::Range;

use cong_core::vietnamese::word_ranges;

use super::equal_runs::equal_runs;

/// The maximum number of words and punctuation marks of both versions together. If there are more, the versions are not
/// compared: the whole old version is shown, and the whole new version after it. A paragraph has at most 8,000 bytes,
/// so two paragraphs of ordinary words have some 3,500 words together.
const MAX_WORDS: usize = 5_000;

/// A part of a paragraph: consecutive words that were kept, dropped or added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    pub change: WordChange,
    pub text: &'a str,
    /// Whether the text has white space before the segment.
    pub is_spaced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordChange {
    Kept,
    Dropped,
    Added,
}

/// Compares two versions of a paragraph, and returns the segments in reading order. Where words were replaced, the
/// dropped words come before the added ones.
pub fn segments<'a>(draft: &'a str, issued: &'a str) -> Vec<Segment<'a>> {
    let (old, new) = (ComparedWords::of(draft), ComparedWords::of(issued));
    let mut segments = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for hunk in hunks(&old, &new) {
        segments.extend(new.segment(WordChange::Kept, new_at..hunk.new.start));
        segments.extend(old.segment(WordChange::Dropped, hunk.old.clone()));
        segments.extend(new.segment(WordChange::Added, hunk.new.clone()));
        (old_at, new_at) = (hunk.old.end, hunk.new.end);
    }
    debug_assert_eq!(old.words.len() - old_at, new.words.len() - new_at);
    segments.extend(new.segment(WordChange::Kept, new_at..new.words.len()));
    segments
}

/// A text, and the byte ranges of its words and punctuation marks.
struct ComparedWords<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
    words: Vec<&'a str>,
}

impl<'a> ComparedWords<'a> {
    fn of(text: &'a str) -> Self {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut end = 0;
        for word in word_ranges(text) {
            let joins = ranges.last().is_some_and(|last| {
                last.end == end && is_inner_mark(text, last.clone(), end..word.start, word.clone())
            });
            match ranges.last_mut().filter(|_| joins) {
                Some(last) => last.end = word.end,
                None => {
                    ranges.extend(marks(text, end..word.start));
                    ranges.push(word.clone());
                }
            }
            end = word.end;
        }
        ranges.extend(marks(text, end..text.len()));
        let words =
            ranges.iter().map(|range| text.get(range.clone()).unwrap_or_default()).collect();
        Self { text, ranges, words }
    }

    fn segment(&self, change: WordChange, words: Range<usize>) -> Option<Segment<'a>> {
        let ranges = self.ranges.get(words).unwrap_or_default();
        let (first, last) = (ranges.first()?, ranges.last()?);
        let before = self.text.get(..first.start)?;
        Some(Segment {
            change,
            text: self.text.get(first.start..last.end)?,
            is_spaced: before.is_empty() || before.ends_with(char::is_whitespace),
        })
    }

    /// The number of words in this range. Punctuation marks are not counted.
    fn count(&self, words: Range<usize>) -> usize {
        let words = self.words.get(words).unwrap_or_default();
        words.iter().filter(|word| word.contains(char::is_alphanumeric)).count()
    }
}

/// Whether a punctuation mark joins the two words beside it into one. `/` and `-` always do, as in `27/QĐ-LHH`; `.`,
/// `,` and `:` do between digits.
fn is_inner_mark(
    text: &str,
    before: Range<usize>,
    mark: Range<usize>,
    after: Range<usize>,
) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match text.get(mark) {
        Some("/" | "-") => true,
        Some("." | "," | ":") => {
            let last = text.get(before).and_then(|word| word.chars().next_back());
            let first = text.get(after).and_then(|word| word.chars().next());
            is_digit(last) && is_digit(first)
        }
        _ => false,
    }
}

/// The byte range of each punctuation mark in the range `range` between two words.
fn marks(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let start = range.start;
    let between = text.get(range).unwrap_or_default();
    between.char_indices().filter(|(_, c)| !c.is_whitespace()).map(move |(at, c)| {
        let at = start + at;
        at..at + c.len_utf8()
    })
}

/// A change: the words `old` of the old version are replaced by the words `new` of the new one. Either range may be
/// empty.
#[derive(Clone, Debug)]
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

/// Finds the changes, in order. Two neighbouring changes become one if the equal words between them are at most half as
/// many as the words of the smaller change, because a sentence that is replaced as a whole is easier to read than one
/// that is cut at every `và` ("and") and `của` ("of").
fn hunks(old: &ComparedWords<'_>, new: &ComparedWords<'_>) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    let end = (old.words.len(), new.words.len());
    let runs =
        if end.0 + end.1 <= MAX_WORDS { equal_runs(&old.words, &new.words) } else { Vec::new() };
    let runs = runs.into_iter().map(|run| (run.old, run.new, run.len));
    for (old_start, new_start, len) in runs.chain([(end.0, end.1, 0)]) {
        let hunk = Hunk { old: old_at..old_start, new: new_at..new_start };
        (old_at, new_at) = (old_start + len, new_start + len);
        if hunk.old.is_empty() && hunk.new.is_empty() {
            continue;
        }
        let size = |hunk: &Hunk| old.count(hunk.old.clone()).max(new.count(hunk.new.clone()));
        match hunks.last_mut() {
            Some(last)
                if 2 * new.count(last.new.end..hunk.new.start) <= size(last).min(size(&hunk)) =>
            {
                (last.old.end, last.new.end) = (hunk.old.end, hunk.new.end);
            }
            _ => hunks.push(hunk),
        }
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares two paragraphs and writes the result as text: kept words unmarked, dropped words in `[-…-]`, added
    /// words in `{+…+}`.
    fn shown(draft: &str, issued: &str) -> String {
        let mut shown = String::new();
        for Segment { change, text, is_spaced } in segments(draft, issued) {
            if is_spaced && !shown.is_empty() {
                shown.push(' ');
            }
            shown.push_str(&match change {
                WordChange::Kept => text.to_owned(),
                WordChange::Dropped => format!("[-{text}-]"),
                WordChange::Added => format!("{{+{text}+}}"),
            });
        }
        shown
    }

    #[test]
    fn changed_words_stand_within_those_that_stayed() {
        assert_eq!(
            shown("Hội đồng có năm thành viên.", "Hội đồng có bảy thành viên."),
            "Hội đồng có [-năm-] {+bảy+} thành viên."
        );
        assert_eq!(shown("Họp mỗi quý.", "Họp mỗi quý."), "Họp mỗi quý.");
        assert_eq!(shown("", "Mới."), "{+Mới.+}");
        assert_eq!(shown("Cũ.", ""), "[-Cũ.-]");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn marks_are_apart_from_words_and_white_space_counts_for_nothing() {
        assert_eq!(shown("Một, hai", "Một; hai"), "Một[-,-]{+;+} hai");
        assert_eq!(shown("Một hai.", "Một hai"), "Một hai[-.-]");
        assert_eq!(shown("Một  hai\u{a0}ba", "Một hai ba"), "Một hai ba");
        assert_eq!(shown("(Một)", "Một"), "[-(-] Một[-)-]");
    }

    #[test]
    fn a_number_a_date_and_a_documents_number_are_one_word_each() {
        assert_eq!(shown("150.000 đồng", "200.000 đồng"), "[-150.000-] {+200.000+} đồng");
        assert_eq!(
            shown("ngày 15/01/2027", "ngày 20/01/2027"),
            "ngày [-15/01/2027-] {+20/01/2027+}"
        );
        assert_eq!(shown("số 27/QĐ-LHH", "số 28/QĐ-LHH"), "số [-27/QĐ-LHH-] {+28/QĐ-LHH+}");
        assert_eq!(shown("năm 2026.", "năm 2026"), "năm 2026[-.-]");
    }

    #[test]
    fn a_rewritten_sentence_is_not_cut_to_pieces_around_single_words() {
        assert_eq!(
            shown("gửi đơn xin cấp phép và chờ kết quả", "nộp hồ sơ trực tuyến và nhận giấy hẹn"),
            "[-gửi đơn xin cấp phép và chờ kết quả-] {+nộp hồ sơ trực tuyến và nhận giấy hẹn+}"
        );
        assert_eq!(shown("năm và sáu", "bảy và tám"), "[-năm-] {+bảy+} và [-sáu-] {+tám+}");
    }

    #[test]
    fn hostile_text_comes_out_as_it_went_in() {
        let many = "a b ".repeat(500);
        let long = "ộ".repeat(3_000);
        for (draft, issued) in [
            ("<b>một</b> \u{301}\u{200b}", "</ins><script>"),
            (many.as_str(), "b a b"),
            (long.as_str(), many.as_str()),
            ("\u{feff}–—…“”", "“\u{301}”"),
        ] {
            let segments = segments(draft, issued);
            let side = |left_out: WordChange| -> String {
                let kept = segments.iter().filter(|segment| segment.change != left_out);
                kept.flat_map(|s| s.text.chars()).filter(|c| !c.is_whitespace()).collect()
            };
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(side(WordChange::Dropped), squeezed(issued));
            assert_eq!(side(WordChange::Added), squeezed(draft));
        }
    }
}
