//! Decodes the text of runs: Vietnamese letters in the encoding of a font, symbol fonts, superscripts and subscripts.

use cong_core::markdown_writer::{RunContent, RunStyle, TextRun, script_text};
use cong_core::vietnamese::legacy::repair;

use crate::context::WordContext;
use crate::problem::WordOmission;
use crate::styles::{FontEncoding, WordScript};
use crate::symbols::{PRIVATE_USE, SymbolFont, private_use_character};

/// Text in one encoding and one style, before it is decoded to Unicode. It is collected over several runs of the Word
/// file, because in legacy encodings (TCVN3, VNI) a letter and its tone mark may be in different runs.
pub struct UndecodedText {
    pub text: String,
    pub form: TextForm,
}

#[derive(Clone, PartialEq)]
pub struct TextForm {
    pub font: FontEncoding,
    pub script: WordScript,
    pub style: RunStyle,
}

impl TextForm {
    /// Returns the form of Unicode characters on the baseline, in this style.
    pub fn plain(style: RunStyle) -> Self {
        Self { font: FontEncoding::Unicode, script: WordScript::Baseline, style }
    }
}

impl UndecodedText {
    /// Decodes the text to Unicode. Returns `None` if nothing remains to be shown.
    pub fn decode(self, context: &mut WordContext<'_, '_>) -> Option<TextRun> {
        let Self { text, form } = self;
        let decoded = match form.font {
            FontEncoding::Legacy(encoding) => repair(&text, encoding).unwrap_or(text),
            FontEncoding::Symbols(font) if is_written_out(&text, font) => {
                context.leave_out(WordOmission::Symbol);
                text
            }
            FontEncoding::Symbols(font) => characters(&text, |c| font.character(c), context),
            FontEncoding::Unicode if text.contains(is_unusual) => {
                let known =
                    |c| if PRIVATE_USE.contains(&c) { private_use_character(c) } else { Some(c) };
                characters(&text, known, context)
            }
            FontEncoding::Unicode => text,
        };
        if form.font != FontEncoding::Unicode {
            context.found.words.add_generated(&decoded);
        }
        let mut decoded = match form.script {
            WordScript::Baseline => decoded,
            WordScript::Superscript => raised_text(&decoded),
            WordScript::Subscript => script_text(&decoded, false),
        };
        decoded.shrink_to_fit();
        let is_empty = decoded.is_empty();
        let run = TextRun { content: RunContent::Text(decoded), style: form.style };
        (!is_empty).then_some(run)
    }
}

/// Writes a superscript as plain text. A raised letter `o` is a degree sign, because it is often typed in its place.
pub fn raised_text(text: &str) -> String {
    if text == "o" { "°".to_owned() } else { script_text(text, true) }
}

/// Replaces each character by the one that `known` returns. Control characters are left out. Characters for which
/// `known` returns `None` are left out and reported.
fn characters(
    text: &str,
    known: impl Fn(char) -> Option<char>,
    context: &mut WordContext<'_, '_>,
) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control() || c.is_whitespace()) {
        match known(c) {
            Some(known) => out.push(known),
            None => context.leave_out(WordOmission::Symbol),
        }
    }
    out
}

/// Whether the text has ASCII letters or digits that the symbol font lacks. Such a text is kept as it was typed.
fn is_written_out(text: &str, font: SymbolFont) -> bool {
    text.chars().any(|c| c.is_ascii_alphanumeric() && font.character(c).is_none())
}

fn is_unusual(c: char) -> bool {
    PRIVATE_USE.contains(&c) || c.is_control() && !c.is_whitespace()
}
