//! Words in the two forms that search compares: without accents (`hoa`), and with accents in one fixed spelling.
//! Vietnamese accepts two spellings of some words, which differ in the place of the tone mark (`hòa` and `hoà`).

use std::ops::Range;

use super::text::{fold, fold_letter, is_combining_mark, lower_letter, lowered};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word in lower case, with the tone mark placed as in `hòa`, not `hoà`.
    pub written: String,
    /// The word without accents: `hoa`.
    pub plain: String,
}

impl Word {
    /// Makes a `Word` from a byte range of a text.
    pub fn at(text: &str, range: Range<usize>) -> Self {
        let written = lowered(text.get(range).unwrap_or_default()).collect();
        let written = with_tone_placed(written);
        Self { plain: fold(&written), written }
    }

    /// Whether the word has an accent. The stroke of `đ` counts as one.
    pub fn is_accented(&self) -> bool {
        self.written != self.plain
    }
}

/// The words of a text in normal form C: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = Word> {
    word_ranges(text).into_iter().map(|range| Word::at(text, range))
}

pub fn word_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = None;
    let mut at = 0;
    // ASCII bytes are tested without decoding a character, because most characters are ASCII.
    while let Some(&byte) = text.as_bytes().get(at) {
        let (is_part, length) = if byte.is_ascii() {
            (byte.is_ascii_alphanumeric(), 1)
        } else {
            let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
            (if start.is_some() { is_part_of_word(c) } else { is_letter_or_digit(c) }, c.len_utf8())
        };
        start = match start {
            None if is_part => Some(at),
            Some(start) if !is_part => {
                ranges.push(start..at);
                None
            }
            unchanged => unchanged,
        };
        at += length;
    }
    ranges.extend(start.map(|start| start..text.len()));
    ranges
}

/// The first letter of a word, in lower case and without accent. Comparing only this letter first is cheap and rules
/// out most words of a text.
pub fn plain_first_letter(word: &str) -> Option<char> {
    word.chars().next().map(|c| fold_letter(lower_letter(c)))
}

/// Whether a word, in lower case and without accents, begins with `plain`.
pub fn begins_plainly(word: &str, plain: &str) -> bool {
    let mut wanted = plain.chars();
    for c in word.chars().map(lower_letter) {
        if is_combining_mark(c) {
            continue;
        }
        match wanted.next() {
            None => return true,
            Some(wanted) if wanted == fold_letter(c) => {}
            Some(_) => return false,
        }
    }
    wanted.next().is_none()
}

fn is_part_of_word(c: char) -> bool {
    is_letter_or_digit(c) || is_combining_mark(c)
}

/// Whether the character is a letter or digit. Vietnamese letters are recognised without Unicode's tables, for speed.
/// Combining marks do not count, although Unicode calls some of them alphabetic (U+0345, U+0363 to U+036F): they do not
/// form words alone.
fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        'À'..='ɏ' => c != '×' && c != '÷',
        'Ḁ'..='ỿ' => true,
        _ => c.is_alphanumeric() && !is_combining_mark(c),
    }
}

/// In each row, a vowel without a tone mark, then with each of the five tone marks. The marks are in the same order in
/// every row.
const TONES: [&str; 5] = ["aàáảãạ", "eèéẻẽẹ", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ"];

/// If a word ends in `oa`, `oe` or `uy` with a tone mark on the second vowel, moves the mark to the first (`hoà`
/// becomes `hòa`). Words in `quy` stay as they are, because `qu` is a consonant.
fn with_tone_placed(word: String) -> String {
    let mut letters = word.chars().rev();
    let (Some(last), Some(first)) = (letters.next(), letters.next()) else { return word };
    let before = letters.next();
    let Some((vowel, tone)) = toned(last).filter(|(_, tone)| *tone > 0) else { return word };
    let is_pair = match first {
        'o' => matches!(vowel, 'a' | 'e'),
        'u' => vowel == 'y' && before != Some('q'),
        _ => false,
    };
    let marked =
        TONES.iter().find(|row| row.starts_with(first)).and_then(|row| row.chars().nth(tone));
    match (is_pair, marked) {
        (true, Some(marked)) => {
            let kept = word.len() - last.len_utf8() - first.len_utf8();
            format!("{}{marked}{vowel}", word.get(..kept).unwrap_or_default())
        }
        _ => word,
    }
}

/// The vowel without its tone mark, and the index of the tone mark in a row of `TONES`; 0 for no tone mark. Returns
/// `None` for letters that are not in `TONES`.
fn toned(letter: char) -> Option<(char, usize)> {
    TONES.iter().find_map(|row| {
        let tone = row.chars().position(|c| c == letter)?;
        Some((row.chars().next()?, tone))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::vietnamese::nfc;

    use super::*;

    fn written(text: &str) -> Vec<String> {
        words(text).map(|word| word.written).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_in_lower_case() {
        assert_eq!(
            written("Quyết định số 1837/QĐ-UBND, ngày 05/07."),
            ["quyết", "định", "số", "1837", "qđ", "ubnd", "ngày", "05", "07"]
        );
        assert!(written(" ?! –\u{301} \u{345}").is_empty());
    }

    #[test]
    fn letters_agree_with_unicode() {
        for c in ('\0'..='\u{2000}').filter(|&c| !is_combining_mark(c)) {
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn word_ranges_are_byte_ranges_of_the_text() {
        let text = "Ở đâu?";
        let found: Vec<_> = word_ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["Ở", "đâu"]);
    }

    #[test]
    fn both_placements_of_a_tone_mark_give_the_same_word() {
        for (one, other) in
            [("hòa", "hoà"), ("KHỎE", "khoẻ"), ("thủy", "thuỷ"), ("xòe", "xoè"), ("ủy", "uỷ")]
        {
            assert_eq!(written(one), written(other));
        }
        for unchanged in
            ["quý", "hoàn", "hoàng", "khuỷu", "nghĩa", "ngoài", "mía", "hoa", "a", "uy"]
        {
            assert_eq!(written(unchanged), [unchanged]);
        }
    }

    #[test]
    fn begins_plainly_compares_prefixes_without_accents() {
        for text in ["Đường", "ế", "Ửng", "năm", "İ", "khoẻ"] {
            let plain = words(text).next().unwrap().plain;
            assert!(begins_plainly(text, &plain), "{text}");
            assert!(!begins_plainly(text, &format!("{plain}x")), "{text}");
        }
        assert!(begins_plainly("Đường", "du") && !begins_plainly("Đường", "đu"));
    }

    #[test]
    fn is_accented_recognises_accents_and_the_stroke_of_d() {
        let accented = |text: &str| words(text).next().unwrap().is_accented();
        assert!(accented("năm") && accented("đi") && accented("ơ"));
        assert!(!accented("Nam") && !accented("1837") && !accented("UBND"));
    }

    proptest! {
        #[test]
        fn word_ranges_are_in_order_and_cover_all_letters(text in any::<String>()) {
            let mut end = 0;
            for range in word_ranges(&text) {
                prop_assert!(!text[end..range.start].contains(is_letter_or_digit), "{text:?}");
                prop_assert!(!text[range.clone()].is_empty());
                end = range.end;
            }
            prop_assert!(!text[end..].contains(is_letter_or_digit), "{text:?}");
        }

        #[test]
        fn words_of_a_written_form_are_the_word_itself(text in "[a-zA-Zà-ỹÀ-Ỹ0-9 ,./-]{0,40}") {
            for word in words(&nfc(&text)) {
                let again: Vec<Word> = words(&word.written).collect();
                prop_assert_eq!(again, vec![word]);
            }
        }

        #[test]
        fn words_ignore_case(text in "[a-zà-ỹ]{1,12}") {
            let lower: Vec<Word> = words(&text).collect();
            let upper: Vec<Word> = words(&text.to_uppercase()).collect();
            // Letters of other scripts in this range need not survive the round trip through upper case.
            prop_assume!(text.to_uppercase().to_lowercase() == text);
            prop_assert_eq!(&lower, &upper);
            for word in lower {
                prop_assert_eq!(fold(&word.written), word.plain);
            }
        }
    }
}
