//! Folding Vietnamese to plain Latin letters, and what is made from that: slugs.

/// The text without accents, in lower case, with `đ` as `d`: what a slug or a loose comparison
/// is made from. Expects NFC; combining marks that are left are dropped.
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .map(fold_letter)
        .collect()
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

/// The text as a slug: `[a-z0-9-]`, words joined by single hyphens, none at either end.
/// Empty when nothing of the text can be kept.
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

/// A number with points between its thousands, as Vietnamese writes it: `20.000`.
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

/// The text on one line: every run of white space and control characters becomes one space.
pub fn single_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text, or its beginning up to the last whole word within `max_chars`, then `…`.
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
    use super::*;

    #[test]
    fn thousands_are_grouped_with_points() {
        for (number, written) in
            [(0, "0"), (999, "999"), (1_000, "1.000"), (20_000, "20.000"), (1_234_567, "1.234.567")]
        {
            assert_eq!(grouped(number), written);
        }
    }

    #[test]
    fn folding_keeps_letters_and_drops_every_accent_and_the_stroke_of_d() {
        assert_eq!(fold("Quyết định"), "quyet dinh");
        assert_eq!(fold("ĐƯỜNG Bắc Kạn, Nguyễn"), "duong bac kan, nguyen");
        let every_vowel =
            "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ";
        assert!(fold(every_vowel).is_ascii());
        assert!(fold(&every_vowel.to_uppercase()).is_ascii());
    }

    #[test]
    fn a_slug_has_only_letters_digits_and_single_hyphens() {
        assert_eq!(slug("Điều 1"), "dieu-1");
        assert_eq!(slug("  Tư vấn, phản biện — 2026! "), "tu-van-phan-bien-2026");
        assert_eq!(slug("1837/QĐ-UBND"), "1837-qd-ubnd");
        assert_eq!(slug("???"), "");
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(truncate_at_word("ngắn gọn", 20), "ngắn gọn");
        assert_eq!(truncate_at_word("một hai, ba bốn", 9), "một hai…");
        assert_eq!(truncate_at_word("liềnmộtmạch", 4), "liền…");
    }

    #[test]
    fn a_single_line_has_no_breaks_tabs_or_control_characters() {
        assert_eq!(single_line(" a\r\n b\t\u{0}c\u{a0}d "), "a b c d");
    }
}
