//! Converts words of names to lower case, with uniformly placed tone marks, and tells abbreviations from syllables.

use cong_core::vietnamese::{fold, words};

use super::writing::{is_capitals, with_capital};

/// Whether the character is neither a letter nor a digit.
pub fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The punctuation at the end of a word.
pub fn ending(word: &str) -> &str {
    word.get(word.trim_end_matches(is_mark).len()..).unwrap_or_default()
}

/// Returns the word in lower case, with its tone mark placed as in `hòa`, and with its punctuation. Abbreviations,
/// single letters and words with digits are returned unchanged.
pub fn lowered(token: &str) -> String {
    // A single letter stays a capital, as in "bên A", except "Y", which is a word ("y tế").
    let is_letter = token.len() == 1 && token.chars().all(|c| c.is_ascii_uppercase() && c != 'Y');
    if is_letter || is_abbreviation(token) || token.chars().any(|c| c.is_ascii_digit()) {
        return token.to_owned();
    }
    let mut word = words(token);
    match (word.next(), word.next()) {
        (Some(only), None) => {
            let start = token.len() - token.trim_start_matches(is_mark).len();
            let mark = token.get(..start).unwrap_or_default();
            format!("{mark}{}{}", only.written, ending(token))
        }
        _ => token.to_lowercase(),
    }
}

/// Returns the word in its own case, with its tone mark placed as in `hòa`.
pub fn placed(token: &str) -> String {
    let lower = lowered(token);
    if lower.to_lowercase() == token.to_lowercase() || is_capitals(token) {
        return token.to_owned();
    }
    match token.chars().next() {
        Some(first) if first.is_uppercase() => with_capital(&lower),
        _ => lower,
    }
}

/// Whether a word in capitals is a Roman number or an abbreviation, which is no possible Vietnamese syllable.
pub fn is_abbreviation(token: &str) -> bool {
    let word = token.trim_matches(is_mark);
    let is_roman = word.len() > 1 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    word.chars().count() > 1
        && is_capitals(word)
        && (is_roman || !is_syllable(&word.to_lowercase()))
}

/// Whether the word has the form of a Vietnamese syllable: consonants, vowels, and a final consonant.
fn is_syllable(word: &str) -> bool {
    const FIRST: [&str; 28] = [
        "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
        "nh", "p", "ph", "q", "qu", "r", "s", "t", "th", "tr", "v",
    ];
    const LAST: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
    let plain = fold(word);
    let is_vowel = |c: char| "aeiouy".contains(c);
    let is_first =
        |text: &str| FIRST.contains(&text) || matches!(text, "x" | "w" | "z" | "f" | "j");
    let Some(start) = plain.find(is_vowel) else { return false };
    let (first, rest) = plain.split_at(start);
    let end = rest.rfind(is_vowel).map_or(0, |at| at + 1);
    let (vowels, last) = rest.split_at(end);
    is_first(first) && vowels.len() <= 4 && vowels.chars().all(is_vowel) && LAST.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_no_syllables() {
        for word in ["UBND", "HĐND", "THPT", "TNHH", "PTDS", "BQL"] {
            assert!(is_abbreviation(word), "{word}");
        }
        for word in ["KHUYẾN", "NGHIÊNG", "QUỲNH", "ĐƯỜNG", "XÃ", "UYÊN", "GIẾNG"] {
            assert!(!is_abbreviation(word), "{word}");
        }
    }
}
