//! Finds text in a wrong encoding: TCVN3 (ABC) or VNI text, or UTF-8 that was decoded as Latin-1 or Windows-1252.
//!
//! A word counts as damaged only if decoding it gives a Vietnamese syllable and the word itself is not one, so that
//! French and correct Vietnamese words do not count.

use std::collections::HashSet;
use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use cong_core::vietnamese::legacy::{is_syllable, tcvn3, vni};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Tcvn3,
    Vni,
    /// UTF-8 that was decoded as Windows-1252.
    Utf8,
}

/// One kind of wrong encoding in a text, and the words in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Remnant {
    pub encoding: Encoding,
    /// The range of the first damaged word, in bytes of the text.
    pub first: Range<usize>,
    /// The number of damaged words.
    pub words: usize,
    /// The beginning of the first damaged line, correctly decoded.
    pub meant: String,
}

/// Finds the wrong encodings in a text. Each encoding is reported at most once.
pub fn remnants(text: &str) -> Vec<Remnant> {
    if text.is_ascii() {
        return Vec::new();
    }
    let of_words =
        [(Encoding::Tcvn3, tcvn3::word as fn(&str) -> Option<String>), (Encoding::Vni, vni::word)];
    let of_words =
        of_words.into_iter().filter_map(|(encoding, decode)| words(text, encoding, decode));
    of_words.chain(utf8(text)).collect()
}

fn words(text: &str, encoding: Encoding, decode: fn(&str) -> Option<String>) -> Option<Remnant> {
    let mut found: Option<(Range<usize>, Range<usize>)> = None;
    let mut distinct = HashSet::new();
    let (mut words, mut is_certain) = (0, false);
    for line in latin_lines(text) {
        let (mut first, mut in_line, mut others) = (None, Vec::new(), 0);
        for range in word_ranges(text, &line) {
            let word = &text[range.clone()];
            match decode(word).filter(|meant| is_syllable(meant) && !is_syllable(word)) {
                Some(_) => {
                    first.get_or_insert(range);
                    in_line.push(word);
                }
                None => others += 1,
            }
        }
        if let Some(first) = first.filter(|_| in_line.len() >= others) {
            words += in_line.len();
            is_certain |= in_line.iter().any(|word| has_inner_sign(word));
            distinct.extend(in_line.iter().map(|word| word.to_lowercase()));
            found.get_or_insert((first, line));
        }
    }
    let (first, line) = found?;
    let enough = if is_certain { 2 } else { 3 };
    if distinct.len() < enough {
        return None;
    }
    let shown = shown(text, &line, first.start);
    let mut meant = String::new();
    let mut at = shown.start;
    for range in word_ranges(text, &shown) {
        meant.push_str(&text[at..range.start]);
        let word = &text[range.clone()];
        meant.push_str(&decode(word).unwrap_or_else(|| word.to_owned()));
        at = range.end;
    }
    meant.push_str(&text[at..shown.end]);
    Some(Remnant { encoding, first, words, meant: beginning(&meant) })
}

/// The lines whose non-ASCII letters are nearly all Latin-1 (up to U+00FF). Other lines are correct Unicode, so their
/// words are not examined.
fn latin_lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.as_bytes().split_inclusive(|byte| *byte == b'\n').filter_map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        let (mut latin, mut beyond) = (0_usize, 0_usize);
        for byte in line {
            match byte {
                0xC2 | 0xC3 => latin += 1,
                // The first bytes, in UTF-8, of U+0100 to U+07FF, and of the Vietnamese letters from U+1E00 on.
                0xC4..=0xDF | 0xE1 => beyond += 1,
                _ => {}
            }
        }
        (latin > 4 * beyond).then_some(range)
    })
}

/// The ranges of the words of a line that contain non-ASCII characters.
fn word_ranges(text: &str, line: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let is_part = |c: char| c.is_alphabetic() || ('\u{A1}'..='\u{FF}').contains(&c);
    text[line.clone()]
        .split(move |c| !is_part(c))
        .map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            start..start + word.len()
        })
        .filter(|range| !text[range.clone()].is_ascii())
}

/// Whether the word has a sign (neither letter nor digit) between two ASCII letters, as in `C«ng`.
fn has_inner_sign(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    chars.windows(3).any(|three| {
        three[0].is_ascii_alphabetic()
            && !three[1].is_alphabetic()
            && three[2].is_ascii_alphabetic()
    })
}

/// Finds UTF-8 that was decoded as Windows-1252: `Ã¡` for á, `áº¿` for ế.
fn utf8(text: &str) -> Option<Remnant> {
    let places: Vec<(usize, char, usize)> = first_bytes(text)
        .filter_map(|at| sequence(&text[at..]).map(|(letter, length)| (at, letter, length)))
        .collect();
    let &(at, _, length) = places.first()?;
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let shown = shown(text, &(line_start..line_end), at);
    let mut meant = String::new();
    let mut from = shown.start;
    for (at, letter, length) in &places {
        if *at >= from && at + length <= shown.end {
            meant.push_str(&text[from..*at]);
            meant.push(*letter);
            from = at + length;
        }
    }
    meant.push_str(&text[from..shown.end]);
    let (first, words) = (at..at + length, places.len());
    Some(Remnant { encoding: Encoding::Utf8, first, words, meant: beginning(&meant) })
}

/// The byte offsets at which a damaged Vietnamese letter, quote or dash may begin: a character that stands for the
/// first byte of its UTF-8 (Ã, Ä, Æ, á, â), followed by one that can stand for a continuation byte.
fn first_bytes(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| **byte == 0xC3).filter_map(|(at, _)| {
        let is_first = matches!(bytes.get(at + 1), Some(0x83 | 0x84 | 0x86 | 0xA1 | 0xA2));
        // Windows-1252 maps continuation bytes to U+0080 to U+00BF and to a few characters of U+0152 to U+2122.
        let is_before = matches!(bytes.get(at + 2), Some(0xC2 | 0xC5 | 0xC6 | 0xCB | 0xE2));
        (is_first && is_before).then_some(at)
    })
}

/// Decodes the beginning of `text` as UTF-8 whose bytes are shown as single characters. Returns the decoded letter, and
/// the length in bytes of what stands for it in `text`.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::new();
    let mut length = 0;
    for c in text.chars().take(3) {
        bytes.push(windows_1252(c)?);
        length += c.len_utf8();
        if let Ok(decoded) = std::str::from_utf8(&bytes)
            && let Some(letter) = decoded.chars().next()
            && bytes.len() > 1
        {
            // After a capital letter, a no-break space or a soft hyphen is probably meant as such, not as a
            // continuation byte.
            let is_loose = bytes.len() == 2 && matches!(c, '\u{A0}' | '\u{AD}');
            let is_meant = is_vietnamese(letter) || ('\u{2010}'..='\u{2026}').contains(&letter);
            return (is_meant && !is_loose).then_some((letter, length));
        }
    }
    None
}

/// The byte from 0x80 to 0xFF that Windows-1252 or ISO 8859-1 decodes as this character.
fn windows_1252(c: char) -> Option<u8> {
    let latin = u8::try_from(c).ok();
    latin.filter(|byte| !byte.is_ascii()).or_else(|| {
        let mut text = [0; 4];
        let (bytes, _, has_unknown) = WINDOWS_1252.encode(c.encode_utf8(&mut text));
        bytes.first().copied().filter(|byte| !has_unknown && !byte.is_ascii())
    })
}

/// Whether this is a Vietnamese letter outside ASCII.
fn is_vietnamese(c: char) -> bool {
    const OWN: &str = "àáâãèéêìíòóôõùúýăđĩũơư";
    let lower = c.to_lowercase().next().unwrap_or(c);
    OWN.contains(lower) || ('\u{1EA0}'..='\u{1EF9}').contains(&c)
}

/// The part of a line, around the byte offset `at`, that a finding quotes.
fn shown(text: &str, line: &Range<usize>, at: usize) -> Range<usize> {
    let from = text.floor_char_boundary(line.start.max(at.saturating_sub(200)));
    from..text.floor_char_boundary(line.end.min(at + 400))
}

fn beginning(line: &str) -> String {
    cong_core::vietnamese::truncate_at_word(line.trim(), 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Encoding, String)> {
        remnants(text).into_iter().map(|remnant| (remnant.encoding, remnant.meant)).collect()
    }

    #[test]
    fn tcvn3_read_as_latin_1_is_recognised() {
        let text = "C«ng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc";
        assert_eq!(found(text), [(Encoding::Tcvn3, "Công hoà xã hội chủ nghĩa Việt Nam".into())]);
        assert_eq!(found("title = \"B¸o c¸o kÕt qu¶\"")[0].1, "title = \"Báo cáo kết quả\"");
        assert_eq!(found("Nh÷ng ng\u{ad}êi ®· ®ãng gãp")[0].1, "Những người đã đóng góp");
    }

    #[test]
    fn vni_read_as_latin_1_is_recognised() {
        for (text, meant) in [
            ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            ("UÛy ban nhaân daân tænh", "Ủy ban nhân dân tỉnh"),
            ("Nhöõng ngöôøi ñaõ ñoùng goùp", "Những người đã đóng góp"),
            ("ÑOÄC LAÄP TÖÏ DO", "ĐỘC LẬP TỰ DO"),
        ] {
            assert_eq!(found(text), [(Encoding::Vni, meant.into())], "{text}");
        }
    }

    #[test]
    fn utf_8_read_as_windows_1252_is_recognised() {
        let whole = "â€œÄ\u{90}á»\u{81} nghá»‹â€\u{9d} gÃ³p Ã½: cÃ¡c xÃ£ vÃ¹ng cao";
        assert_eq!(found(whole), [(Encoding::Utf8, "“Đề nghị” góp ý: các xã vùng cao".into())]);
        assert_eq!(found("Viá»‡t Nam"), [(Encoding::Utf8, "Việt Nam".into())]);
        assert_eq!(found("cÃ¡c"), [(Encoding::Utf8, "các".into())]);
    }

    #[test]
    fn correct_texts_have_no_findings() {
        for text in [
            "Liên hiệp Hội đề nghị góp ý Dự thảo – “Quy chế” (§ 5, 10 µm, 25 °C, 3 × 4 m², ½ giờ) « như cũ »",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM «XÃ\u{a0}NÀ\u{a0}KHOANG» ®©",
            "Là où l’été a été très sévère, le goût du thé bébé né à Orléans, naïf et haï, eût dû être sûr : où çà ? Noël, août, maïs, l’hôpital, forêt, pâté, île, œuvre, même, côté, dépêche, «déjà»",
            "Où est-il ? Là où Moïse haït Saül; João, São Paulo, coração, não, é só isso, você, avó, avô",
            "Müller, Köln, Straße, für, Bär, schön; El Niño, mañana, Ñandú, ¿qué?, ¡sí!; Ærø, smørrebrød, blåbær",
            "Plăng Hơnông, Krông Nô, Y Bhăm, Đắk Lắk, Nà Pục, Mẩy, Ghến, Tày, khẩu đeng, Pác Nặm",
            "Ca·ta·la, col·lecció, x·y, a«b»c, µm và µg, µ = 5",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
