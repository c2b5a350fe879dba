//! The languages of the page frame (header, navigation, footer).

use cong_core::article::Labels;

use super::english::ENGLISH;
use super::types::Texts;
use super::vietnamese::VIETNAMESE;

/// A language of the page frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Vietnamese,
    English,
}

impl Language {
    /// The language of the page frame around content with this language tag (BCP 47): English for all variants of
    /// English, Vietnamese for all other languages.
    pub fn of(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") { Self::English } else { Self::Vietnamese }
    }

    /// The language tag of the language, as HTML and HTTP use it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    pub fn texts(self) -> &'static Texts {
        match self {
            Self::Vietnamese => &VIETNAMESE,
            Self::English => &ENGLISH,
        }
    }

    /// The attribute `lang` for an element with the language tag `tag` inside a page frame in this language; `None` if
    /// both are the same.
    pub fn foreign(self, tag: &str) -> Option<&str> {
        (tag != self.tag()).then_some(tag)
    }
}

/// The words that the HTML of an article's body contains in addition to the author's, such as the label of footnotes.
/// They are in the article's language if the portal has texts in it, otherwise in Vietnamese.
pub fn labels(lang: &str) -> &'static Labels {
    &Language::of(lang).texts().article.markdown
}

#[cfg(test)]
mod tests {
    use cong_core::vietnamese::{WrittenTime, nfc};

    use crate::site::texts::types::{Forms, all_texts};

    use super::*;

    #[test]
    fn english_has_a_frame_in_english_and_every_other_language_one_in_vietnamese() {
        for tag in ["en", "en-GB", "EN-us"] {
            assert_eq!(Language::of(tag), Language::English, "{tag}");
        }
        for tag in ["vi", "vi-VN", "hmn", "enm", "zh-Hans", ""] {
            assert_eq!(Language::of(tag), Language::Vietnamese, "{tag}");
        }
        assert_eq!(Language::English.foreign("vi"), Some("vi"));
        assert_eq!(Language::English.foreign("en"), None);
        assert_eq!(Language::Vietnamese.foreign("en-GB"), Some("en-GB"));
    }

    #[test]
    fn every_text_is_translated() {
        let (vietnamese, english) = (all_texts(&VIETNAMESE), all_texts(&ENGLISH));
        assert_eq!(vietnamese.len(), english.len());
        for ((place, text), (_, translated)) in vietnamese.iter().zip(&english) {
            assert_ne!(text, translated, "{place}");
            for text in [text, translated] {
                assert_eq!(text.trim(), text, "{place}");
                assert!(!text.is_empty(), "{place}");
                assert_eq!(nfc(text), text.as_str(), "{place}");
            }
        }
        let accented = |text: &str| text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
        for (place, text) in english {
            assert!(!accented(&text), "{place}: {text}");
        }
    }

    #[test]
    fn each_language_writes_times_and_numbers_its_own_way() {
        let at = WrittenTime::parse("2019-07-05T09:05:33").unwrap().start();
        let written = |Forms { count, date, date_time, hour_and_date }: &Forms| {
            [count(1_234_567), date(at), date_time(at), hour_and_date(at)]
        };
        assert_eq!(
            written(&VIETNAMESE.forms),
            ["1.234.567", "05/07/2019", "05/07/2019 09:05:33", "09:05 ngày 05/07/2019"]
        );
        assert_eq!(
            written(&ENGLISH.forms),
            ["1,234,567", "5 July 2019", "5 July 2019, 09:05", "09:05 on 5 July 2019"]
        );
    }

    #[test]
    fn days_and_comments_are_counted_in_both_languages() {
        let days = |texts: &Texts| [0, 1, 30].map(texts.draft.days_left);
        assert_eq!(days(&VIETNAMESE), ["hôm nay là ngày cuối", "còn 1 ngày", "còn 30 ngày"]);
        assert_eq!(days(&ENGLISH), ["today is the last day", "1 day left", "30 days left"]);
        let received = |texts: &Texts| {
            [(1, 0), (1_200, 3)].map(|(all, withdrawn)| (texts.draft.received)(all, withdrawn))
        };
        assert_eq!(
            received(&VIETNAMESE),
            ["Đã nhận 1 ý kiến", "Đã nhận 1.200 ý kiến, 3 đã rút lại"]
        );
        assert_eq!(received(&ENGLISH), ["1 received", "1,200 received, 3 of them withdrawn"]);
    }

    #[test]
    fn the_link_beside_a_clause_names_its_kind() {
        for (heading, label) in [
            ("Điều 5. Hiệu lực", "Góp ý điều này"),
            ("ĐIỀU 5", "Góp ý điều này"),
            ("Phụ lục I", "Góp ý phụ lục này"),
            ("Căn cứ", "Góp ý phần này"),
            ("", "Góp ý phần này"),
        ] {
            assert_eq!((VIETNAMESE.draft.comment_clause)(heading), label);
        }
        for (heading, label) in [
            ("Article 5. Entry into force", "Comment on this article"),
            ("ANNEX: Forms", "Comment on this annex"),
            ("Purpose", "Comment on this part"),
        ] {
            assert_eq!((ENGLISH.draft.comment_clause)(heading), label);
        }
    }
}
