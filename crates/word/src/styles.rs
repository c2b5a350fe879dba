//! Reads the styles of a Word file: headings, emphasis, fonts, numbering.

use std::collections::HashMap;

use cong_core::vietnamese::legacy::LegacyEncoding;
use roxmltree::Node;

use crate::block::Alignment;
use crate::symbols::SymbolFont;
use crate::xml::{attribute, child, flag, value};

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
    pub script: Option<WordScript>,
    pub font: Option<FontEncoding>,
    /// The place in the outline, if it is set: `Some(level)` for a heading of level 1 to 6, `Some(0)` for the title of
    /// the file, and `None` for body text.
    pub outline: Option<Option<u8>>,
    pub alignment: Option<Alignment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordScript {
    Baseline,
    Superscript,
    Subscript,
}

/// The encoding of text in a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontEncoding {
    Unicode,
    /// Vietnamese letters in the encoding of the font (TCVN3 or VNI).
    Legacy(LegacyEncoding),
    Symbols(SymbolFont),
}

/// A reference to the numbering in the properties of a paragraph or of a style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberingReference {
    /// The id of the numbering instance.
    pub id: Option<String>,
    /// The level, from 0.
    pub level: Option<usize>,
}

#[derive(Default)]
struct StyleEntry {
    look: WordStyle,
    numbering: NumberingReference,
    has_borders: bool,
    based_on: Option<String>,
}

#[derive(Default)]
pub struct WordStyles {
    by_id: HashMap<String, StyleEntry>,
    default: WordStyle,
    /// The id of the style of paragraphs that name no style.
    default_paragraph: Option<String>,
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
                    let is_default =
                        matches!(attribute(node, "default"), Some("1" | "true" | "on"));
                    if is_default && attribute(node, "type") == Some("paragraph") {
                        styles.default_paragraph = Some(id.to_owned());
                    }
                    styles.by_id.insert(id.to_owned(), StyleEntry::of(node));
                }
                _ => {}
            }
        }
        styles
    }

    /// Returns the entries of a style and of the styles on which it is based, with their ids.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a StyleEntry)> {
        let entry = |id: &'a str| self.by_id.get(id).map(|entry| (id, entry));
        let first = id.and_then(entry);
        let next =
            move |(_, found): &(&'a str, &'a StyleEntry)| found.based_on.as_deref().and_then(entry);
        std::iter::successors(first, next).take(MAX_CHAIN)
    }

    /// All properties of a paragraph style, or of the default style. A property that the style does not set is taken
    /// from the style that it is based on, and last from the defaults of the file.
    pub fn look(&self, id: Option<&str>) -> WordStyle {
        let id = id.or(self.default_paragraph.as_deref());
        self.inherited(id).or(&self.default)
    }

    /// The properties that a character style sets. A run inherits the others from its paragraph.
    pub fn of_characters(&self, id: &str) -> WordStyle {
        self.inherited(Some(id))
    }

    fn inherited(&self, id: Option<&str>) -> WordStyle {
        self.chain(id).fold(WordStyle::default(), |look, (_, entry)| look.or(&entry.look))
    }

    /// Returns the numbering of a style, and the ids of the styles in its chain up to the one that names the numbering
    /// instance.
    pub fn numbering<'a>(&'a self, id: Option<&'a str>) -> (NumberingReference, Vec<&'a str>) {
        let mut found = NumberingReference::default();
        let mut ids = Vec::new();
        for (id, entry) in self.chain(id.or(self.default_paragraph.as_deref())) {
            ids.push(id);
            found.level = found.level.or(entry.numbering.level);
            if entry.numbering.id.is_some() {
                found.id.clone_from(&entry.numbering.id);
                break;
            }
        }
        (found, ids)
    }

    pub fn has_table_borders(&self, id: &str) -> bool {
        self.chain(Some(id)).any(|(_, entry)| entry.has_borders)
    }
}

impl StyleEntry {
    fn of(node: Node<'_, '_>) -> Self {
        let mut look = child(node, "rPr").map(WordStyle::of_run).unwrap_or_default();
        let name = value(node, "name").unwrap_or_default().to_lowercase();
        let level = name.strip_prefix("heading ").map(|level| level.trim().parse::<u8>());
        look.outline = match level {
            Some(Ok(level @ 1..=9)) => Some(Some(level.min(6))),
            _ if name == "title" => Some(Some(0)),
            _ => None,
        };
        let mut found = NumberingReference::default();
        if let Some(properties) = child(node, "pPr") {
            look.outline = look.outline.or_else(|| outline(properties));
            look.alignment = alignment(properties);
            found = numbering(properties);
        }
        let has_borders = child(node, "tblPr").is_some_and(has_borders);
        let based_on = value(node, "basedOn").map(str::to_owned);
        Self { look, numbering: found, has_borders, based_on }
    }
}

impl WordStyle {
    pub fn of_run(properties: Node<'_, '_>) -> Self {
        let fonts = child(properties, "rFonts");
        let font = fonts.and_then(|fonts| {
            ["ascii", "hAnsi", "cs"].iter().find_map(|name| attribute(fonts, name))
        });
        let script = match value(properties, "vertAlign") {
            Some("superscript") => Some(WordScript::Superscript),
            Some("subscript") => Some(WordScript::Subscript),
            Some(_) => Some(WordScript::Baseline),
            None => None,
        };
        Self {
            bold: flag(properties, "b"),
            italic: flag(properties, "i"),
            struck: flag(properties, "strike").or_else(|| flag(properties, "dstrike")),
            hidden: flag(properties, "vanish"),
            capitals: flag(properties, "caps"),
            script,
            font: font.map(FontEncoding::of_font),
            outline: None,
            alignment: None,
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
            script: self.script.or(other.script),
            font: self.font.or(other.font),
            outline: self.outline.or(other.outline),
            alignment: self.alignment.or(other.alignment),
        }
    }
}

impl FontEncoding {
    fn of_font(name: &str) -> Self {
        match (SymbolFont::of_name(name), LegacyEncoding::of_font(name)) {
            (Some(font), _) => Self::Symbols(font),
            (None, Some(encoding)) => Self::Legacy(encoding),
            (None, None) => Self::Unicode,
        }
    }
}

/// Returns the place in the outline that the properties of a paragraph or of a style set (`outlineLvl`). This place
/// makes any paragraph a heading, or makes a paragraph with a heading style body text.
pub fn outline(properties: Node<'_, '_>) -> Option<Option<u8>> {
    let level: u8 = value(properties, "outlineLvl")?.parse().ok()?;
    Some((level < 9).then_some((level + 1).min(6)))
}

pub fn alignment(properties: Node<'_, '_>) -> Option<Alignment> {
    Some(match value(properties, "jc")? {
        "center" => Alignment::Center,
        "right" | "end" => Alignment::End,
        _ => Alignment::Start,
    })
}

pub fn numbering(properties: Node<'_, '_>) -> NumberingReference {
    let Some(node) = child(properties, "numPr") else { return NumberingReference::default() };
    let level = value(node, "ilvl").and_then(|level| level.parse().ok());
    NumberingReference { id: value(node, "numId").map(str::to_owned), level }
}

/// Whether the properties of a table, a cell or a style of tables draw a border.
pub fn has_borders(properties: Node<'_, '_>) -> bool {
    let borders = child(properties, "tblBorders").or_else(|| child(properties, "tcBorders"));
    borders.is_some_and(|borders| {
        let mut sides = borders.children().filter(Node::is_element);
        sides.any(|side| !matches!(attribute(side, "val"), None | Some("nil" | "none")))
    })
}
