//! Decodes bytes to text. The encoding is that of the byte order mark, or else detected from the content. What the text
//! itself declares (`charset=`) comes last, because it is often wrong on old portals.

use cong_core::vietnamese::legacy::{LegacyEncoding, SyllableTally};
use cong_core::vietnamese::nfc;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

/// How many bytes at the beginning of a file are searched for the declaration of its encoding (WHATWG HTML, 13.2.3.2).
const DECLARED_WITHIN: usize = 1024;

pub struct DecodedText {
    /// The text, in Unicode normal form C. Text in TCVN3 or VNI is not decoded yet: it still contains the windows-1252
    /// character of each byte, because only its fonts tell which of the two it is.
    pub text: String,
    /// Whether invalid bytes were replaced by U+FFFD.
    pub is_damaged: bool,
}

pub fn decode(bytes: &[u8]) -> DecodedText {
    let (text, encoding, is_damaged) = encoding_of(bytes).decode(bytes);
    if encoding == UTF_8
        && let Some(once) = encoded_once(&text)
    {
        return DecodedText {
            text: nfc(&once).into_owned(),
            is_damaged: is_damaged || once.contains('\u{FFFD}'),
        };
    }
    // Text in windows-1252 may be TCVN3 text, whose bytes are decoded later, so it stays as it is. Even invisible
    // characters stay: TCVN3 uses the code of the soft hyphen for a letter.
    let text = if encoding == WINDOWS_1252 { text.into_owned() } else { nfc(&text).into_owned() };
    DecodedText { text, is_damaged }
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16(bytes) {
        return encoding;
    }
    if is_mostly_utf8(bytes) {
        return UTF_8;
    }
    let (latin, ..) = WINDOWS_1252.decode(bytes);
    if LegacyEncoding::of_content(&latin).is_some() {
        return WINDOWS_1252;
    }
    let (vietnamese, ..) = WINDOWS_1258.decode(bytes);
    let sound = SyllableTally::of(&nfc(&vietnamese)).score();
    if sound > 0 && sound > SyllableTally::of(&latin).score() {
        return WINDOWS_1258;
    }
    // The bytes are not UTF-8, and a declaration in ASCII cannot be true of UTF-16.
    declared(bytes)
        .filter(|&encoding| encoding != UTF_8 && encoding.is_ascii_compatible())
        .unwrap_or(WINDOWS_1252)
}

/// Repairs UTF-8 that somebody decoded as windows-1252 and saved as UTF-8 again: `Tiáº¿ng Viá»‡t`.
fn encoded_once(text: &str) -> Option<String> {
    if text.matches("áº").chain(text.matches("á»")).take(5).count() < 5 {
        return None;
    }
    let (bytes, _, has_other_letters) = WINDOWS_1252.encode(text);
    (!has_other_letters && is_mostly_utf8(&bytes))
        .then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// Detects UTF-16 without a byte order mark: in text with Latin letters, nearly every second byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(2000)).filter(|start| start.len() >= 4)?;
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    if odd * 10 >= half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the bytes are UTF-8, except for a few invalid places, where text was cut off or pasted in.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || sound > broken.saturating_mul(10)
}

/// The encoding that follows `charset=` or `encoding=` near the beginning of the bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(DECLARED_WITHIN))?;
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|key| {
        let (_, after) = start.split_once(key)?;
        let value = after.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
        let label =
            value.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
        Encoding::for_label(label.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "Ủy ban nhân dân tỉnh đề nghị các sở, ngành và các huyện báo cáo kết quả.";

    fn text(bytes: &[u8]) -> String {
        decode(bytes).text
    }

    #[test]
    fn unicode_is_read_with_and_without_a_mark() {
        let little: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = SENTENCE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&[b"\xFF\xFE", little.as_slice()].concat()), SENTENCE);
        assert_eq!(text(&[b"\xFE\xFF", big.as_slice()].concat()), SENTENCE);
        let page = "<html><head><title>Báo cáo</title></head><body>Một</body></html>";
        let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&little), page);
        assert_eq!(text(SENTENCE.as_bytes()), SENTENCE);
        assert_eq!(text(format!("\u{FEFF}{SENTENCE}").as_bytes()), SENTENCE);
    }

    #[test]
    fn windows_1258_is_found_whatever_is_declared_and_comes_out_composed() {
        // "Đề nghị tỉnh" in windows-1258: a letter, then a byte for its tone.
        let bytes = b"<meta charset=iso-8859-1><p>\xD0\xEA\xCC nghi\xF2 toa\xCCn, ti\xD2nh, v\xEA\xCC vi\xEA\xF2c</p>";
        assert!(text(bytes).contains("Đề nghị toàn, tỉnh, về việc"), "{}", text(bytes));
        let declared = [b"<meta charset=\"utf-8\">".as_slice(), bytes].concat();
        assert!(text(&declared).contains("tỉnh, về việc"));
    }

    #[test]
    fn one_broken_byte_does_not_make_a_page_another_encoding() {
        let mut bytes = SENTENCE.as_bytes().to_vec();
        bytes.extend(b" \xE1\xBB");
        let decoded = decode(&bytes);
        assert!(decoded.text.starts_with(SENTENCE) && decoded.is_damaged);
    }

    #[test]
    fn text_that_was_encoded_twice_is_read_once_more() {
        let (twice, ..) = WINDOWS_1252.decode(SENTENCE.as_bytes());
        assert_eq!(text(twice.as_bytes()), SENTENCE);
    }

    #[test]
    fn text_in_tcvn3_stays_as_its_fonts_want_it() {
        let bytes = b"C\xE9ng ho\xB5 x\xB7 h\xE9i ch\xF1 ngh\xDCa Vi\xD6t Nam, \xA7\xE9c l\xCBp";
        assert_eq!(text(bytes), "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp");
    }
}
