//! Counts the Vietnamese syllables of a text. A text that was decoded with the wrong encoding has few of them.

use super::syllables::is_syllable;

/// The words of a text that contain at least one non-ASCII letter: `sound` is the number of those that are Vietnamese
/// syllables, `broken` the number of the others. Words with ASCII letters only are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyllableTally {
    pub sound: i64,
    pub broken: i64,
}

impl SyllableTally {
    pub fn of(text: &str) -> Self {
        let mut tally = Self::default();
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii());
        for word in words {
            if is_written(word) { tally.sound += 1 } else { tally.broken += 1 }
        }
        tally
    }

    pub fn score(self) -> i64 {
        self.sound - self.broken
    }
}

/// Whether a word is a Vietnamese syllable in normal capitalisation: lower case, capitals, or a capital first letter.
fn is_written(word: &str) -> bool {
    let mut rest = word.chars().skip(1).peekable();
    let small = rest.peek().is_some_and(|c| c.is_lowercase());
    rest.all(|c| c.is_lowercase() == small) && is_syllable(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_real_sentences_are_syllables() {
        let text = "Ủy ban nhân dân tỉnh quyết định giải thưởng, nghiêng, khuỷu, thuở, xoèn, quýt, giếng, gì, \
                    ngoằn, chuyện, oắt, ĐƯỜNG, Đề, ý, uỷ, Nguyễn, quốc, thuê, huých, khoẻ";
        let tally = SyllableTally::of(text);
        assert_eq!(tally.broken, 0, "{tally:?}");
        assert!(tally.sound > 25, "{tally:?}");
    }

    #[test]
    fn text_in_another_encoding_and_other_languages_make_few() {
        for text in ["Coäng hoøa xaõ hoäi", "tØnh ®Æt", "Të tr×nh", "đéà", "cộộng", "tÝnh", "élève"]
        {
            assert!(SyllableTally::of(text).score() < 0, "{text}");
        }
    }
}
