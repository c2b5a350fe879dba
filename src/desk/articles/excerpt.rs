//! An excerpt of a document: the lines around a line with an error.

use std::borrow::Cow;

use cong_core::vietnamese::truncate_at_word;

/// The number of lines shown before and after the line with the error.
const AROUND: usize = 2;

/// The maximum length of a shown line, in characters. A longer line is cut.
const MAX_CHARS: usize = 160;

#[derive(Debug, PartialEq, Eq)]
pub struct ExcerptLine {
    /// The line number, counted from 1.
    pub number: usize,
    pub text: String,
    /// Whether this is the line with the error.
    pub is_meant: bool,
}

/// Returns the lines around the line number `line`, which is counted from 1. The result is empty if the document
/// contains NUL bytes, which UTF-8 text does not contain: the document then has an encoding such as UTF-16.
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
