//! Reads the styles of a Word file: headings, emphasis, fonts, numbering.

use std::collections::HashMap;

use cong_core::vietnamese::legacy::LegacyEncoding;
use roxmltree::Node;

use crate::block::Alignment;
use crate::xml::{attribute, child};

/// The maximum number of styles in a chain in which each style is based on the next. The rest of a longer chain is
/// ignored, so that a circle of styles does no harm.
const MAX_CHAIN: usize = 20;

/// The properties that a style or a run sets. `None` stands for an inherited property.
#[derive(Clone, Debug, Default)]
pub struct WordStyle {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub struck: Option<bool>,
    pub hidden: Option<bool>,
    pub capitals: Option<bool>,
    /// The legacy encoding of the font (TCVN3 or VNI). The outer `Option` is `None` if no font is named; the inner one
    /// is `None` if the font has no legacy encoding.
    pub legacy: Option<Option<LegacyEncoding>>,
    /// The level of a heading, from 1. The title of the file has level 0.
    pub heading: Option<u8>,
    pub alignment: Option<Alignment>,
    /// The id of the numbering definition, and the level in it, from 0.
    pub numbering: Option<(String, usize)>,
}

#[derive(Default)]
pub struct WordStyles {
    by_id: HashMap<String, (WordStyle, Option<String>)>,
    default: WordStyle,
}

impl WordStyles {
    pub fn of(root: Node<'_, '_>) -> Self {
        let mut styles = Self::default();
        for node in root.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "docDefaults" => {
                    let look = child(node, "rPrDefault")
                        .and_then(|node| child(node, "rPr"))
                        .map(WordStyle::of_run);
                    styles.default = look.unwrap_or_default();
                }
                "style" => {
                    let Some(id) = attribute(node, "styleId") else { continue };
                    let mut look = child(node, "rPr").map(WordStyle::of_run).unwrap_or_default();
                    let name = child(node, "name")
                        .and_then(|name| attribute(name, "val"))
                        .unwrap_or_default()
                        .to_lowercase();
                    look.heading =
                        match name.strip_prefix("heading ").map(|level| level.trim().parse::<u8>())
                        {
                            Some(Ok(level @ 1..=9)) => Some(level.min(6)),
                            _ if name == "title" => Some(0),
                            _ => None,
                        };
                    if let Some(properties) = child(node, "pPr") {
                        look.heading = look.heading.or_else(|| outline(properties));
                        look.numbering = numbering(properties);
                        look.alignment = alignment(properties);
                    }
                    let based = child(node, "basedOn")
                        .and_then(|based| attribute(based, "val"))
                        .map(str::to_owned);
                    styles.by_id.insert(id.to_owned(), (look, based));
                }
                _ => {}
            }
        }
        styles
    }

    /// All properties of a style. A property that the style does not set is taken from the style that it is based on,
    /// and last from the defaults of the file.
    pub fn look(&self, id: Option<&str>) -> WordStyle {
        let mut look = WordStyle::default();
        let mut next = id;
        for _ in 0..MAX_CHAIN {
            let Some((own, based)) = next.and_then(|id| self.by_id.get(id)) else { break };
            look = look.or(own);
            next = based.as_deref();
        }
        look.or(&self.default)
    }

    /// The properties that a style itself sets, without inherited ones. A run inherits the others from its paragraph.
    pub fn own(&self, id: &str) -> WordStyle {
        self.by_id.get(id).map(|(look, _)| look.clone()).unwrap_or_default()
    }
}

impl WordStyle {
    pub fn of_run(properties: Node<'_, '_>) -> Self {
        let fonts = child(properties, "rFonts");
        let font = fonts.and_then(|fonts| {
            ["ascii", "hAnsi", "cs"].iter().find_map(|name| attribute(fonts, name))
        });
        Self {
            bold: flag(properties, "b"),
            italic: flag(properties, "i"),
            struck: flag(properties, "strike").or_else(|| flag(properties, "dstrike")),
            hidden: flag(properties, "vanish"),
            capitals: flag(properties, "caps"),
            legacy: font.map(LegacyEncoding::of_font),
            heading: None,
            alignment: None,
            numbering: None,
        }
    }

    /// Takes the properties that are not set here from `other`.
    pub fn or(self, other: &Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
            capitals: self.capitals.or(other.capitals),
            legacy: self.legacy.or(other.legacy),
            heading: self.heading.or(other.heading),
            alignment: self.alignment.or(other.alignment),
            numbering: self.numbering.or_else(|| other.numbering.clone()),
        }
    }
}

fn flag(properties: Node<'_, '_>, name: &str) -> Option<bool> {
    let node = child(properties, name)?;
    Some(!matches!(attribute(node, "val"), Some("0" | "false" | "off")))
}

/// The heading level in the properties of a paragraph or of its style (`outlineLvl`), from 1. It makes a heading of a
/// paragraph without one of Word's styles for headings.
pub fn outline(properties: Node<'_, '_>) -> Option<u8> {
    let level: u8 = attribute(child(properties, "outlineLvl")?, "val")?.parse().ok()?;
    (level < 9).then_some((level + 1).min(6))
}

pub fn alignment(properties: Node<'_, '_>) -> Option<Alignment> {
    Some(match attribute(child(properties, "jc")?, "val")? {
        "center" => Alignment::Center,
        "right" | "end" => Alignment::End,
        _ => Alignment::Start,
    })
}

pub fn numbering(properties: Node<'_, '_>) -> Option<(String, usize)> {
    let node = child(properties, "numPr")?;
    let id = child(node, "numId").and_then(|id| attribute(id, "val"))?;
    let level = child(node, "ilvl")
        .and_then(|level| attribute(level, "val"))
        .and_then(|level| level.parse().ok());
    Some((id.to_owned(), level.unwrap_or(0).min(8)))
}
