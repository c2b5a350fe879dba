//! Detects text in the encodings TCVN3 and VNI, by the name of its font or by its content, and converts it to Unicode.

use super::tally::SyllableTally;
use super::{tcvn3, vni};

/// A Vietnamese encoding from before Unicode. Text in it looks right only in a font that was made for this encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegacyEncoding {
    Tcvn3,
    /// TCVN3 for fonts that display lower-case letters as capitals.
    Tcvn3Capitals,
    Vni,
}

/// The minimum score at which a text of unknown font is decoded with a legacy encoding. The score of the decoded text
/// must also be more than twice that of the original text, and more than `CERTAIN` above it. Only words with a
/// non-ASCII letter count: the score is the number of those that are valid Vietnamese syllables minus the number of the
/// others.
const CERTAIN: i64 = 3;

impl LegacyEncoding {
    /// The encoding that the name of a font implies: `.VnTime`, `.VnArialH`, `VNI-Times`. Microsoft Word writes a
    /// backslash before the dot: `\.VnTime`.
    pub fn of_font(name: &str) -> Option<Self> {
        let name = name.trim().trim_matches(['"', '\'', '\\']).trim().to_lowercase();
        if name.starts_with("vni-") || name.starts_with("vni ") {
            return Some(Self::Vni);
        }
        let rest = name.strip_prefix(".vn")?;
        Some(if rest.ends_with('h') && !rest.ends_with("tech") {
            Self::Tcvn3Capitals
        } else {
            Self::Tcvn3
        })
    }

    pub fn decode(self, text: &str) -> String {
        match self {
            Self::Vni => vni::decode(text),
            Self::Tcvn3 => text.chars().map(|c| tcvn3::letter(c).unwrap_or(c)).collect(),
            Self::Tcvn3Capitals => Self::Tcvn3.decode(text).to_uppercase(),
        }
    }

    /// Detects the encoding of a text whose font is unknown. Returns `None` if the text seems to be Unicode already.
    pub fn of_content(text: &str) -> Option<Self> {
        if is_unicode(text) {
            return None;
        }
        let plain = SyllableTally::of(text).score();
        let scores = [Self::Tcvn3, Self::Vni]
            .map(|kind| (SyllableTally::of(&kind.decode(text)).score(), kind));
        let (score, kind) = scores.into_iter().max_by_key(|(score, _)| *score)?;
        (score >= CERTAIN && score > plain + CERTAIN.max(plain)).then_some(kind)
    }
}

/// Whether the text is Unicode already, whatever its font: it contains letters that never occur in TCVN3 or VNI text
/// (decoded as ISO 8859-1).
pub fn is_unicode(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư')
            || ('\u{1EA0}'..='\u{1EF9}').contains(&c)
            || ('\u{300}'..='\u{36F}').contains(&c)
    })
}

/// Converts a text from the encoding `kind`, which its font implies, to Unicode. Returns `None` if there is nothing to
/// convert, because the text is Unicode already or pure ASCII, and also if the result would have a lower score than the
/// text (see `CERTAIN`): people often paste Unicode text without changing the font.
pub fn repair(text: &str, kind: LegacyEncoding) -> Option<String> {
    if text.is_ascii() && kind != LegacyEncoding::Tcvn3Capitals || is_unicode(text) {
        return None;
    }
    let decoded = kind.decode(text);
    (SyllableTally::of(&decoded).score() >= SyllableTally::of(text).score()).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_font_tells_the_encoding() {
        for (font, expected) in [
            (".VnTime", Some(LegacyEncoding::Tcvn3)),
            ("'.VnArial'", Some(LegacyEncoding::Tcvn3)),
            ("\"\\.VnTime\"", Some(LegacyEncoding::Tcvn3)),
            (".VnTimeH", Some(LegacyEncoding::Tcvn3Capitals)),
            (".VNARIALH", Some(LegacyEncoding::Tcvn3Capitals)),
            (".VnTeknicalH", Some(LegacyEncoding::Tcvn3Capitals)),
            ("VNI-Times", Some(LegacyEncoding::Vni)),
            ("Times New Roman", None),
            ("Vn", None),
        ] {
            assert_eq!(LegacyEncoding::of_font(font), expected, "{font}");
        }
    }

    #[test]
    fn tcvn3_is_read_in_both_cases() {
        assert_eq!(
            LegacyEncoding::Tcvn3.decode("§Ò nghÞ Uû ban nh©n d©n tØnh"),
            "Đề nghị Uỷ ban nhân dân tỉnh"
        );
        assert_eq!(LegacyEncoding::Tcvn3Capitals.decode("quyÕt ®Þnh"), "QUYẾT ĐỊNH");
    }

    #[test]
    fn without_a_font_the_content_tells() {
        let of = LegacyEncoding::of_content;
        assert_eq!(
            of("Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp, tù do"),
            Some(LegacyEncoding::Tcvn3)
        );
        assert_eq!(
            of("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp"),
            Some(LegacyEncoding::Vni)
        );
        assert_eq!(of("Cộng hòa xã hội chủ nghĩa Việt Nam"), None);
        assert_eq!(of("Báo cáo là cá, bà già hoà mình"), None);
        assert_eq!(
            of("Les élèves français étaient déjà à l’école à Genève, où l’été était très sec"),
            None
        );
        assert_eq!(of(""), None);
    }

    #[test]
    fn unicode_in_an_old_font_stays() {
        assert_eq!(repair("Uỷ ban nhân dân", LegacyEncoding::Tcvn3), None);
        assert_eq!(repair("Báo cáo", LegacyEncoding::Tcvn3), None);
        assert_eq!(repair("B¸o c¸o", LegacyEncoding::Tcvn3).as_deref(), Some("Báo cáo"));
        assert_eq!(repair("tin", LegacyEncoding::Tcvn3Capitals).as_deref(), Some("TIN"));
    }
}
