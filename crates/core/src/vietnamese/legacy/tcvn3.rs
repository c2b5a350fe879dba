//! TCVN3, also called ABC: a Vietnamese encoding with one byte for each letter. Accented letters have the bytes 0xA1 to
//! 0xFE, which stand for other characters in ISO 8859-1.
//!
//! Lower-case letters have the codes of TCVN 5712:1993. Capitals with a tone mark have no codes of their own. They are
//! stored as lower-case letters in a font that displays capitals; only the name of that font, which ends in H,
//! distinguishes them.

/// Decodes a character of TCVN3 text that was read as ISO 8859-1. Returns `None` if the character is not an accented
/// letter in TCVN3.
pub fn letter(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(0xA0)?;
    let letter = LETTERS.chars().nth(usize::try_from(index).ok()?)?;
    (letter != '·').then_some(letter)
}

/// Decodes a word of TCVN3 text that was read as ISO 8859-1; `None` if one of its characters is not a letter.
pub fn word(text: &str) -> Option<String> {
    text.chars().map(|c| if c.is_ascii_alphabetic() { Some(c) } else { letter(c) }).collect()
}

/// The letters with the codes 0xA0 to 0xFF, sixteen in a line. `·` marks a code without a letter.
const LETTERS: &str = "\
    ·ĂÂÊÔƠƯĐăâêôơưđ·\
    ·····àảãáạ·ằẳẵắ·\
    ······ặầẩẫấậè·ẻẽ\
    éẹềểễếệìỉ···ĩíịò\
    ·ỏõóọồổỗốộờởỡớợù\
    ·ủũúụừửữứựỳỷỹýỵ·";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lower_case_letter_with_a_mark_has_its_code() {
        assert_eq!(LETTERS.chars().count(), 96);
        let all = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ";
        for wanted in all.chars() {
            assert_eq!(LETTERS.chars().filter(|&c| c == wanted).count(), 1, "{wanted}");
        }
        assert_eq!(LETTERS.chars().filter(|&c| c != '·').count(), all.chars().count());
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (code, expected) in [
            ('\u{A1}', 'Ă'),
            ('\u{AE}', 'đ'),
            ('\u{AD}', 'ư'),
            ('\u{B5}', 'à'),
            ('\u{B8}', 'á'),
            ('\u{BE}', 'ắ'),
            ('\u{C6}', 'ặ'),
            ('\u{CB}', 'ậ'),
            ('\u{D0}', 'é'),
            ('\u{D6}', 'ệ'),
            ('\u{DE}', 'ị'),
            ('\u{DF}', 'ò'),
            ('\u{E9}', 'ộ'),
            ('\u{EE}', 'ợ'),
            ('\u{EF}', 'ù'),
            ('\u{F9}', 'ự'),
            ('\u{FE}', 'ỵ'),
        ] {
            assert_eq!(letter(code), Some(expected));
        }
        assert_eq!(word("C«ng").as_deref(), Some("Công"));
        assert_eq!(word("C«ng."), None);
        for none in ['a', '\u{A0}', '\u{BA}', '\u{FF}', 'ế', '“'] {
            assert_eq!(letter(none), None);
        }
    }
}
