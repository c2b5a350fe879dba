//! Unicode normal form C, the only form in which text is stored, compared or shown.
//!
//! The Worker uses the JavaScript engine's `normalize`, because Unicode's tables would make the Wasm file 62 kB larger
//! (compressed with gzip). Native programs use the `unicode-normalization` crate.

use std::borrow::Cow;

use unicode_normalization::char::canonical_combining_class;

/// The maximum number of combining marks in a row, including those into which the letter before them decomposes (UAX
/// #15, Stream-Safe Text Format).
const MAX_MARKS: usize = 30;
/// The maximum number of marks in the decomposition of a single letter (UAX #15, section 13).
const MAX_OWN_MARKS: usize = 3;
/// U+034F COMBINING GRAPHEME JOINER. It is invisible, and normalisation does not move marks across it.
const JOINER: char = '\u{34F}';

/// Brings text into normal form C, in time linear in its length.
///
/// Runs of more than 30 combining marks are split with U+034F, as in the stream-safe text format of UAX #15, because
/// sorting a longer run takes time quadratic in its length.
///
/// Nearly all text is in normal form C already, so a quick check comes first: text of common characters that normal
/// form C never changes is returned without copying.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_certainly_composed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(normalize(&stream_safe(text), NormalForm::Composed))
}

/// Brings a word into normal form D.
pub(super) fn nfd(word: &str) -> String {
    normalize(&stream_safe(word), NormalForm::CanonicallyDecomposed)
}

/// Splits each run of more than `MAX_MARKS` combining marks by inserting `JOINER`.
fn stream_safe(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut copied_to = 0;
    let mut run = 0;
    let mut uncounted_base = None;
    for (at, c) in text.char_indices() {
        let marks = leading_marks(c);
        if marks == 0 {
            (run, uncounted_base) = (0, Some(c));
            continue;
        }
        // The base letter is decomposed only if its own marks can make the run too long. Decomposing every base letter
        // would be slow.
        if run + marks > MAX_MARKS - MAX_OWN_MARKS {
            run += uncounted_base.take().map_or(0, own_marks);
        }
        if run + marks > MAX_MARKS {
            safe.push_str(text.get(copied_to..at).unwrap_or_default());
            safe.push(JOINER);
            (copied_to, run) = (at, 0);
        }
        run += marks;
    }
    if copied_to == 0 {
        return Cow::Borrowed(text);
    }
    safe.push_str(text.get(copied_to..).unwrap_or_default());
    Cow::Owned(safe)
}

/// The number of combining marks into which `c` decomposes; 0 if its decomposition begins with a character that is not
/// a combining mark.
fn leading_marks(c: char) -> usize {
    match c {
        '\u{344}' | '\u{F73}' | '\u{F75}' | '\u{F81}' => 2,
        '\u{FF9E}' | '\u{FF9F}' => 1,
        _ => usize::from(canonical_combining_class(c) != 0),
    }
}

/// The number of combining marks at the end of a letter's decomposition.
fn own_marks(letter: char) -> usize {
    let decomposed = normalize(letter.encode_utf8(&mut [0; 4]), NormalForm::Decomposed);
    decomposed.chars().rev().take_while(|&c| canonical_combining_class(c) != 0).count()
}

/// Whether normal form C never changes the character, regardless of its neighbours. Covers all characters before the
/// combining marks, the block of precomposed Vietnamese letters, and common punctuation, according to `NFC_Quick_Check`
/// in Unicode's DerivedNormalizationProps.txt.
fn is_certainly_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}' | '₫' | '→')
}

#[derive(Clone, Copy)]
enum NormalForm {
    /// NFC.
    Composed,
    /// NFD.
    CanonicallyDecomposed,
    /// NFKD.
    Decomposed,
}

#[cfg(target_arch = "wasm32")]
fn normalize(text: &str, form: NormalForm) -> String {
    let form = match form {
        NormalForm::Composed => "NFC",
        NormalForm::CanonicallyDecomposed => "NFD",
        NormalForm::Decomposed => "NFKD",
    };
    js_sys::JsString::from(text).normalize(form).into()
}

#[cfg(not(target_arch = "wasm32"))]
fn normalize(text: &str, form: NormalForm) -> String {
    use unicode_normalization::UnicodeNormalization;
    match form {
        NormalForm::Composed => text.nfc().collect(),
        NormalForm::CanonicallyDecomposed => text.nfd().collect(),
        NormalForm::Decomposed => text.nfkd().collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::{UnicodeNormalization, is_nfc_stream_safe};

    use super::*;

    #[test]
    fn composed_text_is_not_copied() {
        let text = "Đề nghị góp ý Dự thảo – “Quy chế”";
        assert!(matches!(nfc(text), Cow::Borrowed(same) if same == text));
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(nfc("Đe\u{302}\u{300} nghi\u{323}"), "Đề nghị");
        assert_eq!(nfc("ho\u{300}a"), "hòa");
    }

    #[test]
    fn quick_check_agrees_with_normalisation_for_every_character() {
        for c in ('\0'..='\u{3000}').filter(|&c| is_certainly_composed(c)) {
            // The character stands between letters, so that the test notices if it is composed with one of them.
            let text = format!("a{c}e");
            assert_eq!(normalize(&text, NormalForm::Composed), text, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn runs_of_more_than_thirty_marks_are_split() {
        // These marks compose with no letter, so normalisation keeps every one of them.
        let marked = |base: char, marks: usize| format!("{base}{}", "\u{33D}".repeat(marks));
        assert_eq!(nfc(&marked('a', 30)), marked('a', 30));
        let broken = format!("{}{JOINER}\u{33D}", marked('a', 30));
        assert_eq!(nfc(&marked('a', 31)), broken);
        // The letter has two marks of its own.
        let broken = format!("{}{JOINER}\u{33D}", marked('ế', 28));
        assert_eq!(nfc(&marked('ế', 29)), broken);
    }

    /// Each text has a million combining marks in the wrong order. To sort all of them at once would take hours, because
    /// the time is quadratic.
    #[test]
    fn a_million_unsorted_marks_are_normalised_in_linear_time() {
        for text in [
            format!("a{}{}", "\u{302}".repeat(500_000), "\u{323}".repeat(500_000)),
            format!("a{}", "\u{F73}\u{344}".repeat(500_000)),
        ] {
            assert!(is_nfc_stream_safe(&nfc(&text)));
        }
    }

    #[test]
    fn mark_counts_agree_with_unicode_decomposition() {
        for c in '\0'..=char::MAX {
            let decomposed: Vec<char> = c.nfkd().collect();
            let is_mark = |c: &&char| canonical_combining_class(**c) != 0;
            let leading = decomposed.iter().take_while(is_mark).count();
            assert_eq!(leading_marks(c), leading, "U+{:04X}", u32::from(c));
            assert!(leading == 0 || leading == decomposed.len(), "U+{:04X}", u32::from(c));
            let own = decomposed.iter().rev().take_while(is_mark).count();
            assert!(own <= MAX_OWN_MARKS, "U+{:04X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn stream_safe_agrees_with_the_unicode_process(
            parts in prop::collection::vec(
                (r"[aếǖ\u{1f82}\u{344}\u{f73}\u{958}ｶﾞ가]", "[\u{302}\u{323}\u{344}\u{f73}\u{ff9e}]{0,70}"), 0..4
            )
        ) {
            let text: String = parts.into_iter().map(|(base, marks)| base + &marks).collect();
            let expected: String = text.chars().stream_safe().collect();
            prop_assert_eq!(stream_safe(&text).into_owned(), expected);
            let composed = nfc(&text).into_owned();
            prop_assert!(is_nfc_stream_safe(&composed));
            prop_assert_eq!(nfc(&composed).into_owned(), composed);
        }

        #[test]
        fn quick_check_agrees_with_normalisation_for_texts(
            text in r"[a-zà-ỹĐ\u{2f0}-\u{345}\u{1100}-\u{11ff}가-각₫→]{0,12}"
        ) {
            let composed = nfc(&text).into_owned();
            prop_assert_eq!(&composed, &normalize(&text, NormalForm::Composed));
            prop_assert!(nfc(&composed) == composed);
        }
    }
}
