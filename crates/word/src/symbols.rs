//! Maps the characters of symbol fonts, such as Wingdings, to Unicode. A file stores such a character as a code of the
//! font: 20 to FF (hexadecimal), or this code plus F000, in Unicode's private use area.

use std::ops::RangeInclusive;

use roxmltree::Node;

use crate::xml::attribute;

/// The codes of symbol fonts in the private use area.
pub const PRIVATE_USE: RangeInclusive<char> = '\u{F000}'..='\u{F0FF}';

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolFont {
    Symbol,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
    /// A symbol font whose characters are not known here.
    Other,
}

/// The Unicode characters for the codes 20 to FF (hexadecimal) of the font Symbol. A space stands for a code without a
/// Unicode character.
const SYMBOL: &str = "\
\x20!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\
    ‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼                                 \
    €ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓\
    ◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ ";

/// The Unicode characters for the font Wingdings, in the form of [`SYMBOL`]. Characters that few fonts have are
/// replaced by similar ones.
const WINGDINGS: &str = "\
\x20✎✂✁👓🔔📖🕯☎✆✉✉📪📫📬📭📁📂📄📄📄🗄⌛⌨🖱🖲💻💽💾💾✇✍✍✌👌👍👎☜☞☝☟✋☺😐☹💣☠🏳\
    🏱✈☼💧❄✝✞✝✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓&&●○■☐□❑❒◆◆◆❖◆☒⌂⌘❀✿❝❞ \
    ⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿❧❧❧❧❧❧❧❧·•▪○○○◉◎○▪☐✦✦★✶✴✹✵\
    ⌖⌖✧⌑✧✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛↵↵↵↵↵↵↵↵❦❦❦❦❦❦❦❦❦❦⌫⌦➢➢➢➢⇦➲⇧⇩←\
    →↑↓↖↗↙↘⬅➔⬆⬇↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂▭▫✗✓☒☑ ";

const WINGDINGS_2: [(u32, char); 14] = [
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x55, '☒'),
    (0x56, '☒'),
    (0x97, '●'),
    (0x98, '•'),
    (0xA2, '■'),
    (0xA3, '☐'),
    (0xA4, '☐'),
    (0xA5, '☐'),
];
const WINGDINGS_3: [(u32, char); 18] = [
    (0x66, '←'),
    (0x67, '→'),
    (0x68, '↑'),
    (0x69, '↓'),
    (0x6A, '↖'),
    (0x6B, '↗'),
    (0x6C, '↙'),
    (0x6D, '↘'),
    (0x70, '▲'),
    (0x71, '▼'),
    (0x72, '△'),
    (0x73, '▽'),
    (0x74, '◀'),
    (0x75, '▶'),
    (0x76, '◁'),
    (0x77, '▷'),
    (0x7C, '◀'),
    (0x7D, '▶'),
];
const WEBDINGS: [(u32, char); 10] = [
    (0x33, '◀'),
    (0x34, '▶'),
    (0x35, '▲'),
    (0x36, '▼'),
    (0x61, '✓'),
    (0x63, '☐'),
    (0x67, '■'),
    (0x6E, '●'),
    (0x72, '✗'),
    (0x9E, '•'),
];

impl SymbolFont {
    /// Returns the symbol font with this name, or `None` if the font is not a symbol font.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Some(match name.as_str() {
            "symbol" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings 2" => Self::Wingdings2,
            "wingdings 3" => Self::Wingdings3,
            "webdings" => Self::Webdings,
            "marlett" | "mt extra" | "zapfdingbats" | "itc zapf dingbats" => Self::Other,
            _ => return None,
        })
    }

    /// Returns the Unicode character for a character of a text in this font, or `None` if it is not known.
    pub fn character(self, written: char) -> Option<char> {
        let code = match u32::from(written) {
            code @ 0xF000..=0xF0FF => code - 0xF000,
            code => code,
        };
        // The font has no character with this code, so Word shows the character in another font.
        if code <= 0x20 || code > 0xFF {
            return Some(written);
        }
        let in_table =
            |table: &str| table.chars().nth((code - 0x20) as usize).filter(|found| *found != ' ');
        let in_pairs = |pairs: &[(u32, char)]| {
            pairs.iter().find(|(known, _)| *known == code).map(|(_, character)| *character)
        };
        match self {
            Self::Symbol => in_table(SYMBOL),
            Self::Wingdings => in_table(WINGDINGS),
            Self::Wingdings2 => in_pairs(&WINGDINGS_2),
            Self::Wingdings3 => in_pairs(&WINGDINGS_3),
            Self::Webdings => in_pairs(&WEBDINGS),
            Self::Other => None,
        }
    }
}

/// Returns the Unicode character for a symbol (`w:sym`), which names its font and its code.
pub fn symbol_character(node: Node<'_, '_>) -> Option<char> {
    let code = u32::from_str_radix(attribute(node, "char")?, 16).ok()?;
    let written = char::from_u32(code)?;
    match attribute(node, "font").and_then(SymbolFont::of_name) {
        Some(font) => font.character(written),
        None if PRIVATE_USE.contains(&written) => private_use_character(written),
        None => Some(written),
    }
}

/// Returns the Unicode character for a code in the private use area, in a text whose font is not a known symbol font.
/// The code F0B7 is read as the bullet of Symbol, and other codes are read as Wingdings, because these are the usual
/// ones.
pub fn private_use_character(written: char) -> Option<char> {
    match written {
        '\u{F0B7}' => Some('•'),
        _ => SymbolFont::Wingdings.character(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_a_place_for_every_code() {
        assert_eq!((SYMBOL.chars().count(), WINGDINGS.chars().count()), (224, 224));
    }

    #[test]
    fn boxes_ticks_arrows_and_greek_letters_are_known() {
        let shown = |font: &str, text: &str| -> Option<String> {
            let font = SymbolFont::of_name(font)?;
            text.chars().map(|c| font.character(c)).collect()
        };
        let wingdings =
            "\u{F0FE}\u{F0FC}\u{F0FB}\u{F06F}\u{F0A8}\u{F0E0}\u{F0F0}\u{F0D8}\u{F0A7}lnqv";
        assert_eq!(shown("Wingdings", wingdings).as_deref(), Some("☑✓✗☐☐→⇨➢▪●■❑❖"));
        let symbol = "\u{F061}\u{F0B7}\u{F0B0}\u{F0B1}\u{F0A3}\u{F0B3}\u{F0B4}DW\u{F0AE}";
        assert_eq!(shown("Symbol", symbol).as_deref(), Some("α•°±≤≥×ΔΩ→"));
        assert_eq!(shown("Wingdings 2", "PRS\u{F0A3}").as_deref(), Some("✓☑☒☐"));
        assert_eq!(shown("MT Extra", "a"), None);
        assert_eq!(shown("Times New Roman", "a"), None);
    }
}
