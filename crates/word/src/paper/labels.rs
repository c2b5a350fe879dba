//! Labels of the parts of a paper: Phần, Chương, Mục, Tiểu mục, Điều, and the numbers `I.`, `A.`, `1.`, `1.1.`.

use cong_core::vietnamese::fold;

/// The kind of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelRank {
    Part,
    Chapter,
    Section,
    Subsection,
    Article,
    /// `A.`
    Letter,
    /// `I.`
    Roman,
    /// `1.`, `1.1.` or `1.1.1.`, with the count of numbers, at most 3.
    Number(u8),
}

/// A label at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartLabel {
    pub rank: LabelRank,
    /// The length of the label with its punctuation, in bytes.
    pub length: usize,
    /// The last number of the label; 0 if it has none.
    pub number: u32,
    /// Whether punctuation ends the label.
    pub is_punctuated: bool,
}

impl LabelRank {
    /// The level of a heading with this label.
    pub fn level(self) -> u8 {
        match self {
            Self::Part => 1,
            Self::Chapter | Self::Letter => 2,
            Self::Section | Self::Roman => 3,
            Self::Subsection => 4,
            Self::Article => 5,
            Self::Number(depth) => 3 + depth.min(3),
        }
    }

    /// Whether the label is a word with a number, as in `Chương I`.
    pub fn is_word(self) -> bool {
        !matches!(self, Self::Letter | Self::Roman | Self::Number(_))
    }
}

const WORDS: [(&str, LabelRank); 5] = [
    ("phan", LabelRank::Part),
    ("chuong", LabelRank::Chapter),
    ("tieu muc", LabelRank::Subsection),
    ("muc", LabelRank::Section),
    ("dieu", LabelRank::Article),
];

const ORDINALS: [&str; 10] =
    ["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];

/// Reads the label at the beginning of a text. The text is one line, with single spaces.
pub fn read_label(text: &str) -> Option<PartLabel> {
    // `fold` returns one character for each letter, so counts of characters in `folded` hold for `text` too.
    let start: String = text.chars().take(60).collect();
    let folded = fold(&start);
    for (word, rank) in WORDS {
        if let Some(rest) = folded.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) {
            return word_label(text, rest, word, rank);
        }
    }
    number_label(text)
}

fn word_label(text: &str, rest: &str, word: &str, rank: LabelRank) -> Option<PartLabel> {
    let value = rest.split([' ', '.', ':', '-', '–', ')', '/']).next()?;
    let (letters, number) = match value {
        "thu" if matches!(rank, LabelRank::Part | LabelRank::Chapter) => {
            let ordinal = rest.strip_prefix("thu ")?.split([' ', '.', ':', '-', '–']).next()?;
            let at = ORDINALS.iter().position(|known| *known == ordinal)?;
            ("thu ".chars().count() + ordinal.chars().count(), u32::try_from(at + 1).ok()?)
        }
        "mo" | "ket" if rank == LabelRank::Part => {
            let whole = ["mo dau", "ket luan"].into_iter().find(|name| rest.starts_with(name))?;
            (whole.chars().count(), 0)
        }
        _ => {
            let digits = value.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let number = match digits.parse() {
                Ok(number) if value.len() <= digits.len() + 1 => number,
                _ if rank == LabelRank::Article => return None,
                _ => roman(value).or_else(|| single_letter(value, rank))?,
            };
            (value.chars().count(), number)
        }
    };
    let count = word.chars().count() + 1 + letters;
    Some(finish(text, count, rank, number))
}

/// Returns the number for a letter in a label such as `Phần A`.
fn single_letter(value: &str, rank: LabelRank) -> Option<u32> {
    let mut letters = value.chars();
    match (letters.next(), letters.next()) {
        (Some(letter @ 'a'..='z'), None) if rank == LabelRank::Part => {
            Some(u32::from(letter) - u32::from('a') + 1)
        }
        _ => None,
    }
}

/// Makes a label of the first `count` characters of the text and the punctuation after them.
fn finish(text: &str, count: usize, rank: LabelRank, number: u32) -> PartLabel {
    let at = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let rest = text.get(at..).unwrap_or_default();
    let rest_trimmed = rest.trim_start();
    let mark = rest_trimmed.chars().next().filter(|c| matches!(c, '.' | ':' | '-' | '–'));
    let spaces = rest.len() - rest_trimmed.len();
    let length = at + mark.map_or(0, |mark| spaces + mark.len_utf8());
    PartLabel { rank, length, number, is_punctuated: mark.is_some() }
}

fn number_label(text: &str) -> Option<PartLabel> {
    let value: &str = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).next()?;
    let bare = value.trim_end_matches('.');
    let after = text.get(value.len()..)?.chars().next();
    let has_dot = value.len() > bare.len();
    let is_dash = |c: Option<char>| matches!(c, Some('-' | '–'));
    // A space stands before the dash, as in "I - Mục tiêu".
    let is_spaced = after == Some(' ')
        && bare.bytes().all(|b| b.is_ascii_uppercase())
        && is_dash(text.get(value.len() + 1..)?.chars().next());
    let is_ended = has_dot || is_spaced || is_dash(after) || matches!(after, Some('/' | ')'));
    if bare.is_empty() || !is_ended || value.len() > bare.len() + 1 {
        return None;
    }
    let parts: Vec<&str> = bare.split('.').collect();
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (rank, number) = match parts.as_slice() {
        [letters] if letters.bytes().all(|b| b.is_ascii_uppercase()) => {
            match roman(&letters.to_lowercase()) {
                Some(number) if letters.len() > 1 || matches!(*letters, "I" | "V" | "X") => {
                    (LabelRank::Roman, number)
                }
                _ if letters.len() == 1 => {
                    let letter = letters.bytes().next()?;
                    (LabelRank::Letter, u32::from(letter - b'A') + 1)
                }
                _ => return None,
            }
        }
        numbers if numbers.len() <= 3 && numbers.iter().all(is_digits) => {
            let depth = u8::try_from(numbers.len()).ok()?;
            (LabelRank::Number(depth), numbers.last()?.parse().ok()?)
        }
        _ => return None,
    };
    let mark = match after {
        _ if has_dot => 0,
        _ if is_spaced => text.get(value.len() + 1..)?.chars().next().map_or(0, char::len_utf8) + 1,
        _ => after.map_or(0, char::len_utf8),
    };
    // Other text directly after the mark shows that the number is no label, as in the date `5/7/2026`.
    let rest = text.get(value.len() + mark..)?;
    let is_label = rest.is_empty() || rest.starts_with(' ') || rest.starts_with(char::is_uppercase);
    is_label.then_some(PartLabel { rank, length: value.len() + mark, number, is_punctuated: true })
}

/// The value of a Roman number in lower case.
fn roman(text: &str) -> Option<u32> {
    const DIGITS: [(char, u32); 5] = [('i', 1), ('v', 5), ('x', 10), ('l', 50), ('c', 100)];
    let values: Option<Vec<u32>> = text
        .chars()
        .map(|c| DIGITS.iter().find(|(digit, _)| *digit == c).map(|(_, value)| *value))
        .collect();
    let values = values.filter(|values| !values.is_empty() && values.len() <= 7)?;
    let next = values.iter().skip(1).chain([&0]);
    let total = values.iter().zip(next).fold(0_i64, |total, (value, next)| {
        total + if value < next { -i64::from(*value) } else { i64::from(*value) }
    });
    u32::try_from(total).ok().filter(|total| *total > 0)
}

/// Returns the text after its label.
pub fn after_label<'t>(text: &'t str, label: &PartLabel) -> &'t str {
    text.get(label.length..).unwrap_or_default().trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_with_rank_number_and_rest() {
        for (text, rank, number, rest) in [
            ("Điều 1. Phạm vi", LabelRank::Article, 1, "Phạm vi"),
            ("ĐIỀU 12: Hiệu lực", LabelRank::Article, 12, "Hiệu lực"),
            ("Điều 6a. Tết", LabelRank::Article, 6, "Tết"),
            ("Điều 3", LabelRank::Article, 3, ""),
            ("Chương IV QUY ĐỊNH", LabelRank::Chapter, 4, "QUY ĐỊNH"),
            ("Chương 2. QUY ĐỊNH", LabelRank::Chapter, 2, "QUY ĐỊNH"),
            ("Tiểu mục 2. Tần suất", LabelRank::Subsection, 2, "Tần suất"),
            ("Mục 1 THỦ CÔNG", LabelRank::Section, 1, "THỦ CÔNG"),
            ("Phần thứ hai NHIỆM VỤ", LabelRank::Part, 2, "NHIỆM VỤ"),
            ("PHẦN MỞ ĐẦU", LabelRank::Part, 0, ""),
            ("III- NHIỆM VỤ", LabelRank::Roman, 3, "NHIỆM VỤ"),
            ("I - Mục tiêu", LabelRank::Roman, 1, "Mục tiêu"),
            ("B. KẾT QUẢ", LabelRank::Letter, 2, "KẾT QUẢ"),
            ("1. Mục tiêu", LabelRank::Number(1), 1, "Mục tiêu"),
            ("1.2. Mục tiêu", LabelRank::Number(2), 2, "Mục tiêu"),
            ("1- Mục tiêu", LabelRank::Number(1), 1, "Mục tiêu"),
        ] {
            let label = read_label(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((label.rank, label.number), (rank, number), "{text}");
            assert_eq!(after_label(text, &label), rest, "{text}");
        }
    }

    #[test]
    fn other_texts_have_no_label() {
        for text in
            ["Điều kiện", "Mục tiêu", "Phần lớn", "Chương trình", "1.500 đồng", "5/7/2026", ""]
        {
            assert_eq!(read_label(text), None, "{text}");
        }
    }
}
