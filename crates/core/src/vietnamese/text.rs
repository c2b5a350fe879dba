//! Converts Vietnamese text: removes accents, makes slugs, puts text on one line, and shortens it.

use super::nfc::nfc;

/// The text with `\n` at the end of every line, instead of `\r\n` or `\r`.
pub fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The text in lower case without accents, and with `đ` as `d`. Slugs, and comparisons that ignore accents, use this
/// form. Expects `text` in normal form C; drops the combining marks that are still in it.
pub fn fold(text: &str) -> String {
    lowered(text).map(fold_letter).collect()
}

/// The text in lower case without combining marks, letter by letter.
pub(super) fn lowered(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(lower_letter).filter(|&c| !is_combining_mark(c))
}

pub(super) fn is_combining_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Converts a letter to lower case. Vietnamese letters are converted without Unicode's tables, for speed. `İ` is the
/// only letter whose lower case has two characters; the second is a combining mark, and is dropped.
pub(super) fn lower_letter(c: char) -> char {
    match c {
        '\0'..='\x7F' => c.to_ascii_lowercase(),
        'ß'..='ÿ' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => c,
        // In this range, capital and small letters alternate.
        'Ạ'..='ỿ' => char::from_u32(u32::from(c) | 1).unwrap_or(c),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

pub(super) fn fold_letter(c: char) -> char {
    match c {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'đ' => 'd',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' | 'ë' => {
            'e'
        }
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' | 'ö' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' | 'û' | 'ü' => {
            'u'
        }
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' | 'ÿ' => 'y',
        other => other,
    }
}

/// The text as a slug: `[a-z0-9-]`, with words joined by single hyphens and no hyphen at either end. Empty if the text
/// has no letter or digit that a slug can contain.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A number with dots as thousands separators, as in Vietnamese: `20.000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// Puts the text on one line: each run of white space and control characters becomes one space.
pub fn single_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the character is an invisible one that word processors and browsers often leave in texts, such as the soft
/// hyphen and the zero-width space.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Puts the text on one line, in normal form C, without invisible characters.
pub fn visible_line(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    single_line(&nfc(&visible))
}

/// Removes the control characters that change the direction of the surrounding text (Unicode property
/// `Bidi_Control`). Vietnamese text needs none.
pub fn without_bidi_controls(mut text: String) -> String {
    text.retain(|c| {
        !matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    });
    text
}

/// Shortens a text of more than `max_chars` characters: keeps the whole words within this limit, removes punctuation
/// after the last of them, and appends `…`. A shorter text is returned unchanged.
pub fn truncate_at_word(text: &str, max_chars: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(max_chars) else {
        return text.to_owned();
    };
    let kept = text.get(..limit).unwrap_or(text);
    let kept = match kept.rfind(' ') {
        Some(space) => kept.get(..space).unwrap_or(kept),
        None => kept,
    };
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.', '–']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn every_line_ends_in_the_same_way() {
        assert_eq!(unix_lines("a\r\nb\rc\nd\r\r\n"), "a\nb\nc\nd\n\n");
    }

    #[test]
    fn thousands_are_separated_by_dots() {
        for (number, written) in
            [(0, "0"), (999, "999"), (1_000, "1.000"), (20_000, "20.000"), (1_234_567, "1.234.567")]
        {
            assert_eq!(grouped(number), written);
        }
    }

    #[test]
    fn lower_case_agrees_with_unicode() {
        for c in '\0'..=char::MAX {
            let of_unicode: String = c.to_lowercase().filter(|&c| !is_combining_mark(c)).collect();
            assert_eq!(lowered(&c.to_string()).collect::<String>(), of_unicode, "{c:?}");
        }
    }

    #[test]
    fn fold_removes_accents_and_the_stroke_of_d() {
        assert_eq!(fold("Quyết định"), "quyet dinh");
        assert_eq!(fold("ĐƯỜNG Bắc Kạn, Nguyễn"), "duong bac kan, nguyen");
        let every_vowel =
            "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";
        assert!(fold(every_vowel).is_ascii());
        assert!(fold(&every_vowel.to_uppercase()).is_ascii());
    }

    #[test]
    fn slugs_have_letters_digits_and_single_hyphens() {
        assert_eq!(slug("Điều 1"), "dieu-1");
        assert_eq!(slug("  Tư vấn, phản biện — 2026! "), "tu-van-phan-bien-2026");
        assert_eq!(slug("1837/QĐ-UBND"), "1837-qd-ubnd");
        assert_eq!(slug("???"), "");
    }

    #[test]
    fn truncation_ends_at_a_word() {
        assert_eq!(truncate_at_word("ngắn gọn", 20), "ngắn gọn");
        assert_eq!(truncate_at_word("một hai, ba bốn", 9), "một hai…");
        assert_eq!(truncate_at_word("liềnmộtmạch", 4), "liền…");
    }

    #[test]
    fn single_line_replaces_white_space_and_control_characters() {
        assert_eq!(single_line(" a\r\n b\t\u{0}c\u{a0}d "), "a b c d");
    }

    /// Vietnamese text, composed and decomposed, mixed with white space, punctuation and any other characters.
    fn any_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            "[a-zA-Zàáảãạăằâđêôơưừữ ĐẾỨ]{0,8}",
            "[ \\t\\n\\r\u{a0}\u{300}\u{323},.;–-]{0,3}",
            "\\PC{0,4}",
            any::<String>(),
        ];
        prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn fold_is_idempotent(text in any_text()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn fold_is_equal_for_composed_and_decomposed_text(
            text in "[a-zA-ZđĐàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ ]{0,40}"
        ) {
            for text in [text.to_uppercase(), text] {
                let apart: String = text.nfd().collect();
                let together: String = text.nfc().collect();
                prop_assert_eq!(fold(&apart), fold(&together));
                prop_assert!(fold(&together).is_ascii());
            }
        }

        #[test]
        fn slugs_are_valid_or_empty_and_idempotent(text in any_text()) {
            let slug = slug(&text);
            let is_joined = slug.split('-').all(|word| {
                !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
            prop_assert!(slug.is_empty() || is_joined, "{slug}");
            prop_assert_eq!(super::slug(&slug), slug);
        }

        #[test]
        fn single_line_keeps_all_words(text in any_text()) {
            let line = single_line(&text);
            let is_blank = |c: char| c.is_whitespace() || c.is_control();
            prop_assert!(line.chars().all(|c| c == ' ' || !is_blank(c)), "{line:?}");
            prop_assert!(!line.contains("  ") && line.trim() == line, "{line:?}");
            let kept = |text: &str| text.chars().filter(|c| !is_blank(*c)).collect::<String>();
            prop_assert_eq!(kept(&line), kept(&text));
            prop_assert_eq!(single_line(&line), line);
        }

        #[test]
        fn truncated_text_is_a_prefix_within_the_limit(text in any_text(), max in 0..60_usize) {
            let cut = truncate_at_word(&text, max);
            if text.chars().count() <= max {
                prop_assert_eq!(cut, text);
            } else {
                let kept = cut.strip_suffix('…').unwrap();
                prop_assert!(text.starts_with(kept) && kept.chars().count() <= max, "{cut:?}");
            }
        }

        #[test]
        fn grouped_numbers_keep_every_digit(number: usize) {
            let grouped = grouped(number);
            prop_assert_eq!(grouped.replace('.', ""), number.to_string());
            prop_assert!(grouped.split('.').skip(1).all(|group| group.len() == 3), "{grouped}");
        }
    }
}
