//! Functions that compare text without accents, and recognise capitals and drawn rules.

use cong_core::vietnamese::{fold, is_invisible, single_line};

/// The letters and digits of a text in lower case without accents, and nothing else.
pub fn compact(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a text in lower case without accents, separated by single spaces. Punctuation is left out.
pub fn plain_words(text: &str) -> String {
    let spaced: String =
        fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    single_line(&spaced)
}

/// Whether `text`, in the form of [`plain_words`], begins with the words of one of `starts`.
pub fn begins_with_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| begins_with(text, start))
}

/// Whether `words` begins with the words `start`.
pub fn begins_with(words: &str, start: &str) -> bool {
    words.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether the text has at least two letters, and all its letters are capitals.
pub fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1 && letters.all(|c| !c.is_lowercase())
}

/// Whether the text is only a drawn rule, such as `-------`, `_____`, `***` or `---o0o---`.
pub fn is_rule(text: &str) -> bool {
    let mut marks = 0;
    for c in text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)) {
        if c.is_alphanumeric() && !matches!(c, 'o' | 'O' | '0') {
            return false;
        }
        marks += usize::from(!c.is_alphanumeric());
    }
    marks > 0 && !text.contains(['…', '"', '“'])
}

/// Returns the text with its first letter in upper case.
pub fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaced_letters_and_accents_do_not_matter() {
        assert_eq!(compact("Q U Y Ế T   Đ Ị N H:"), "quyetdinh");
        assert_eq!(plain_words("Uỷ ban – nhân dân"), "uy ban nhan dan");
        assert!(begins_with("so y te", "so y") && !begins_with("so yte", "so y"));
    }

    #[test]
    fn rules_are_told_from_text() {
        for rule in ["-------", "_____", "***", "*", "---o0o---", "──────"] {
            assert!(is_rule(rule), "{rule}");
        }
        for text in ["", "- 1 -", "o", "Số: …", "…"] {
            assert!(!is_rule(text), "{text}");
        }
    }

    #[test]
    fn capitals_need_two_letters() {
        assert!(is_capitals("TỈNH 5") && !is_capitals("A") && !is_capitals("TỈNH a"));
    }
}
