//! Finds the legacy encoding (TCVN3 or VNI) of each part of a page, by the font that is set for it, or else by its
//! content.

use std::collections::HashMap;

use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use cong_core::vietnamese::legacy::{LegacyEncoding, is_unicode, repair};

/// The legacy encodings on a page, as far as its style sheets and its text imply them.
#[derive(Debug, Default)]
pub struct PageFonts {
    /// The legacy encoding that belongs to the font of a CSS rule, by the last part of the rule's selector
    /// (`p.MsoNormal`, `.tin`, `body`); `None` if the font is for Unicode.
    rules: HashMap<String, Option<LegacyEncoding>>,
    /// The legacy encoding of text without a font for such an encoding, guessed from the text of the whole page.
    by_content: Option<LegacyEncoding>,
}

impl PageFonts {
    pub fn of(html: &Html) -> Self {
        let mut fonts = Self::default();
        let mut loose = String::new();
        for node in html.tree.nodes() {
            let Node::Text(text) = node.value() else { continue };
            let parent = node.parent().and_then(ElementRef::wrap);
            match parent.map(|parent| parent.value().name()) {
                Some("style") => fonts.read_sheet(text),
                Some("script" | "noscript") => {}
                _ if is_unicode(text) => {}
                _ if loose.len() < 200_000 => {
                    loose.push_str(text);
                    loose.push(' ');
                }
                _ => {}
            }
        }
        fonts.by_content = LegacyEncoding::of_content(&loose);
        fonts
    }

    fn read_sheet(&mut self, sheet: &str) {
        for rule in sheet.split('}').take(5_000) {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let Some(family) = family(declarations) else { continue };
            for selector in selectors.split(',').take(50) {
                if let Some(last) = selector.split_whitespace().next_back() {
                    self.rules.insert(last.to_lowercase(), LegacyEncoding::of_font(family));
                }
            }
        }
    }

    /// The legacy encoding of an element's text. `inherited` is the encoding of its parent.
    pub fn within(
        &self,
        element: &Element,
        inherited: Option<LegacyEncoding>,
    ) -> Option<LegacyEncoding> {
        if let Some(family) = element.attr("style").and_then(family) {
            return LegacyEncoding::of_font(family);
        }
        if let Some(face) = element.attr("face") {
            return LegacyEncoding::of_font(first_of(face));
        }
        if self.rules.is_empty() {
            return inherited;
        }
        let name = element.name();
        let by_class = element.classes().map(str::to_lowercase).find_map(|class| {
            self.rules
                .get(&format!("{name}.{class}"))
                .or_else(|| self.rules.get(&format!(".{class}")))
        });
        let rule = by_class.or_else(|| self.rules.get(name));
        rule.copied().unwrap_or(inherited)
    }

    /// The legacy encoding of an element's text, by the element's own font or that of its ancestors.
    pub fn at(&self, element: ElementRef<'_>) -> Option<LegacyEncoding> {
        let mut chain: Vec<_> = element.ancestors().filter_map(ElementRef::wrap).collect();
        chain.reverse();
        let around = chain.iter().fold(None, |around, outer| self.within(outer.value(), around));
        self.within(element.value(), around)
    }

    /// Converts a text to Unicode from the encoding `legacy`, or else from that of the whole page.
    pub fn read(&self, text: &str, legacy: Option<LegacyEncoding>) -> String {
        let repaired = legacy.or(self.by_content).and_then(|kind| repair(text, kind));
        // Old keyboards produced the Icelandic letter that looks like Đ.
        repaired.unwrap_or_else(|| text.replace('Ð', "Đ").replace('ð', "đ"))
    }
}

/// The first font in a `font-family` or `font` declaration.
fn family(declarations: &str) -> Option<&str> {
    declarations.split(';').find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let property = property.trim();
        if property.eq_ignore_ascii_case("font-family") {
            return Some(first_of(value));
        }
        // In the `font` shorthand, the family comes last, after sizes; only legacy fonts matter here.
        let is_shorthand = property.eq_ignore_ascii_case("font");
        is_shorthand.then(|| {
            value.split_whitespace().find(|word| LegacyEncoding::of_font(first_of(word)).is_some())
        })?
    })
}

fn first_of(families: &str) -> &str {
    families.split(',').next().unwrap_or_default().trim().trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str, id: &str) -> String {
        let html = Html::parse_document(html);
        let fonts = PageFonts::of(&html);
        let selector = scraper::Selector::parse(&format!("#{id}")).unwrap();
        let element = html.select(&selector).next().unwrap();
        fonts.read(&element.text().collect::<String>(), fonts.at(element))
    }

    #[test]
    fn fonts_are_found_in_attributes_styles_and_sheets() {
        for html in [
            "<font face='.VnTime'><b id=x>tØnh</b></font>",
            "<p style='color:red; font-family: \".VnArial\", Arial'><i id=x>tØnh</i>",
            "<style>p.MsoNormal, li.a {margin:0; font-family:\".VnTime\";}</style><p class=MsoNormal id=x>tØnh",
            "<style>body{font:12pt .VnTime}</style><p id=x>tØnh",
        ] {
            assert_eq!(read(html, "x"), "tỉnh", "{html}");
        }
        assert_eq!(read("<font face=.VnTimeH id=x>tØnh</font>", "x"), "TỈNH");
        assert_eq!(read("<font face=VNI-Times id=x>tænh</font>", "x"), "tỉnh");
        let inner =
            "<font face='.VnTime'>a <span style='font-family:Arial' id=x>Pelé Ørsted</span></font>";
        assert_eq!(read(inner, "x"), "Pelé Ørsted");
    }
}
