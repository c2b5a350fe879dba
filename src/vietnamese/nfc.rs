//! Unicode normal form C, the only form in which text is stored, compared or shown.
//!
//! In the Worker the JavaScript engine's own `normalize` does the work: a table in Wasm would cost
//! 62 kB gzipped. Natively the `unicode-normalization` crate does the same.

use std::borrow::Cow;

/// Brings text into normal form C.
///
/// Nearly all text arrives normalised, so the common letters are recognised first and nothing is
/// copied for them.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_certainly_composed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(normalize(text))
}

/// True for characters that NFC never changes, whatever stands beside them: everything below the
/// combining marks, the block of precomposed Vietnamese letters, and common punctuation.
/// (Derived from `NFC_Quick_Check` in Unicode's DerivedNormalizationProps.txt.)
fn is_certainly_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}' | '₫' | '→')
}

#[cfg(target_arch = "wasm32")]
fn normalize(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

#[cfg(not(target_arch = "wasm32"))]
fn normalize(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn composed_vietnamese_is_returned_without_a_copy() {
        let text = "Đề nghị góp ý Dự thảo – “Quy chế”";
        assert!(matches!(nfc(text), Cow::Borrowed(same) if same == text));
    }

    #[test]
    fn letters_typed_as_base_and_marks_are_composed() {
        assert_eq!(nfc("Đe\u{302}\u{300} nghi\u{323}"), "Đề nghị");
        assert_eq!(nfc("ho\u{300}a"), "hòa");
    }

    #[test]
    fn characters_taken_for_composed_are_never_changed_by_the_full_algorithm() {
        for c in ('\0'..='\u{3000}').filter(|&c| is_certainly_composed(c)) {
            // Between letters, so that a combination with a neighbour would show.
            let text = format!("a{c}e");
            assert_eq!(normalize(&text), text, "U+{:04X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_gives_what_the_full_algorithm_gives(
            text in r"[a-zà-ỹĐ\u{2f0}-\u{345}\u{1100}-\u{11ff}가-각₫→]{0,12}"
        ) {
            let composed = nfc(&text).into_owned();
            prop_assert_eq!(&composed, &normalize(&text));
            prop_assert!(nfc(&composed) == composed);
        }
    }
}
