//! The lines of a document around one that is wrong.

use std::borrow::Cow;

use crate::vietnamese::truncate_at_word;

/// So many lines are shown before and after.
const AROUND: usize = 2;
/// Of a line so much is shown, in characters.
const MAX_CHARS: usize = 160;

/// A line of the document.
#[derive(Debug, PartialEq, Eq)]
pub struct ExcerptLine {
    /// Counted from 1.
    pub number: usize,
    pub text: String,
    /// Whether it is the one that is meant.
    pub is_meant: bool,
}

/// The lines around one, counted from 1. None of what is no text in any encoding that has letters of one byte.
pub fn excerpt(document: &[u8], line: usize) -> Vec<ExcerptLine> {
    if document.contains(&0) {
        return Vec::new();
    }
    let first = line.saturating_sub(AROUND).max(1);
    let lines = document.split(|&byte| byte == b'\n').enumerate();
    let shown = lines.skip(first - 1).take(line + AROUND + 1 - first);
    shown
        .map(|(index, bytes)| {
            let text: Cow<'_, str> = String::from_utf8_lossy(bytes);
            let text = truncate_at_word(text.trim_end_matches('\r'), MAX_CHARS);
            ExcerptLine { number: index + 1, text, is_meant: index + 1 == line }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_before_and_two_after_are_shown_as_far_as_there_are_any() {
        let numbers = |line| {
            let lines = excerpt("một\r\nhai\nba\nbốn\nnăm\nsáu".as_bytes(), line);
            lines.iter().map(|line| (line.number, line.is_meant)).collect::<Vec<_>>()
        };
        let around = |meant: usize, all: std::ops::RangeInclusive<usize>| {
            all.map(|number| (number, number == meant)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(1), around(1, 1..=3));
        assert_eq!(numbers(4), around(4, 2..=6));
        assert_eq!(numbers(6), around(6, 4..=6));
        assert_eq!(numbers(99), []);
        assert_eq!(excerpt("một\r\nhai".as_bytes(), 1)[0].text, "một");
    }

    #[test]
    fn what_is_not_utf_8_is_shown_with_marks_and_utf_16_is_not_shown() {
        assert_eq!(excerpt(b"B\xE1o", 1)[0].text, "B\u{FFFD}o");
        assert_eq!(excerpt(b"a\0b\0", 1), []);
        assert!(excerpt("chữ ".repeat(400).as_bytes(), 1)[0].text.chars().count() <= 161);
    }
}
