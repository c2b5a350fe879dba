//! The numbering definitions of a Word file. An abstract definition describes the levels of a list. An instance
//! (`w:num`), to which paragraphs refer, uses an abstract definition and may change levels of it.

use std::collections::HashMap;

use roxmltree::Node;

use super::formats::NumberFormat;
use crate::symbols::SymbolFont;
use crate::xml::{attribute, child, flag, is, value};

pub const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug)]
pub struct NumberingLevel {
    pub format: NumberFormat,
    /// The text of the label. `%1` stands for the number of the first level.
    pub text: String,
    pub start: u32,
    /// The level, counted from 1, after which this level starts again: a paragraph at that level or at an outer one
    /// resets the count. With 0, the count is never reset; with `None`, a paragraph at any outer level resets it.
    pub restart: Option<usize>,
    /// Whether the label shows the numbers of all levels as decimal numbers.
    pub is_legal: bool,
    /// Whether the text of the paragraph follows without a space.
    pub is_joined: bool,
    /// The id of the paragraph style that belongs to this level.
    style: Option<String>,
}

/// A change of a level by an instance.
#[derive(Clone, Debug, Default)]
struct LevelChange {
    start: Option<u32>,
    level: Option<NumberingLevel>,
}

#[derive(Default)]
struct AbstractDefinition {
    levels: [Option<NumberingLevel>; LEVELS],
    /// The id of the list style whose definition is used instead of this one.
    list_style: Option<String>,
    /// The id of the list style that this definition describes.
    defines_style: Option<String>,
}

#[derive(Default)]
pub struct NumberingInstance {
    /// The id of the abstract definition. The instances of one abstract definition share its counters.
    pub definition: String,
    changes: [LevelChange; LEVELS],
}

#[derive(Default)]
pub struct NumberingDefinitions {
    definitions: HashMap<String, AbstractDefinition>,
    instances: HashMap<String, NumberingInstance>,
}

impl NumberingDefinitions {
    /// Reads the part with the numbering. `instance_of_style` returns the id of the instance that a list style uses.
    pub fn of(root: Node<'_, '_>, instance_of_style: impl Fn(&str) -> Option<String>) -> Self {
        let mut numbering = Self::default();
        for node in root.children().filter(|node| is(*node, "abstractNum")) {
            let mut definition = AbstractDefinition {
                list_style: value(node, "numStyleLink").map(str::to_owned),
                defines_style: value(node, "styleLink").map(str::to_owned),
                ..AbstractDefinition::default()
            };
            for (index, level) in node.children().filter_map(level) {
                if let Some(place) = definition.levels.get_mut(index) {
                    *place = Some(level);
                }
            }
            let id = attribute(node, "abstractNumId").unwrap_or_default();
            numbering.definitions.insert(id.to_owned(), definition);
        }
        for node in root.children().filter(|node| is(*node, "num")) {
            let Some(id) = attribute(node, "numId") else { continue };
            let mut instance = NumberingInstance {
                definition: value(node, "abstractNumId").unwrap_or_default().to_owned(),
                ..NumberingInstance::default()
            };
            for changed in node.children().filter(|node| is(*node, "lvlOverride")) {
                let index = attribute(changed, "ilvl").and_then(|index| index.parse().ok());
                let place = instance.changes.get_mut(index.unwrap_or(0));
                if let Some(change) = place {
                    change.start =
                        value(changed, "startOverride").and_then(|start| start.parse().ok());
                    change.level = changed.children().find_map(level).map(|(_, level)| level);
                }
            }
            numbering.instances.insert(id.to_owned(), instance);
        }
        numbering.follow_list_styles(instance_of_style);
        numbering
    }

    /// Resolves definitions that only name a list style: their instances get the definition of that style.
    fn follow_list_styles(&mut self, instance_of_style: impl Fn(&str) -> Option<String>) {
        let target = |style: &str| -> Option<String> {
            let by_style = instance_of_style(style).and_then(|id| self.instances.get(&id));
            by_style.map(|instance| instance.definition.clone()).or_else(|| {
                let mut all = self.definitions.iter();
                let defines = all.find(|(_, found)| found.defines_style.as_deref() == Some(style));
                defines.map(|(id, _)| id.clone())
            })
        };
        let named = self.definitions.iter().filter_map(|(id, definition)| {
            Some((id.clone(), target(definition.list_style.as_deref()?)?))
        });
        let named: HashMap<String, String> = named.collect();
        for instance in self.instances.values_mut() {
            if let Some(target) = named.get(&instance.definition) {
                instance.definition.clone_from(target);
            }
        }
    }

    pub fn instance(&self, id: &str) -> Option<&NumberingInstance> {
        self.instances.get(id)
    }

    pub fn level<'a>(
        &'a self,
        instance: &'a NumberingInstance,
        index: usize,
    ) -> Option<&'a NumberingLevel> {
        let changed = instance.changes.get(index).and_then(|change| change.level.as_ref());
        changed.or_else(|| self.definitions.get(&instance.definition)?.levels.get(index)?.as_ref())
    }

    /// The level of an instance that belongs to a paragraph style.
    pub fn level_of_style(&self, id: &str, style: &str) -> Option<usize> {
        let instance = self.instance(id)?;
        (0..LEVELS).find(|index| {
            let level = self.level(instance, *index);
            level.is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }
}

impl NumberingInstance {
    /// The number at which this instance starts a level, if the instance changes that number.
    pub fn changed_start(&self, index: usize) -> Option<u32> {
        self.changes.get(index)?.start
    }
}

fn level(node: Node<'_, '_>) -> Option<(usize, NumberingLevel)> {
    if !is(node, "lvl") {
        return None;
    }
    let index = attribute(node, "ilvl")?.parse().ok()?;
    // Formats of newer versions of Word come with an alternative for older ones.
    let format = child(node, "numFmt").or_else(|| {
        let alternatives = child(node, "AlternateContent")?;
        child(child(alternatives, "Choice")?, "numFmt")
    });
    let format = format.map(|format| {
        let name = attribute(format, "val").unwrap_or_default();
        NumberFormat::of(name, attribute(format, "format").unwrap_or_default())
    });
    let format = format.unwrap_or(NumberFormat::Decimal);
    let fonts = child(node, "rPr").and_then(|properties| child(properties, "rFonts"));
    let font = fonts.and_then(|fonts| attribute(fonts, "ascii").or(attribute(fonts, "hAnsi")));
    let written = value(node, "lvlText").unwrap_or_default();
    let text = match font.and_then(SymbolFont::of_name) {
        Some(font) if format == NumberFormat::Bullet => {
            written.chars().map(|c| font.character(c).unwrap_or('•')).collect()
        }
        _ => written.to_owned(),
    };
    let is_picture = format == NumberFormat::Bullet && child(node, "lvlPicBulletId").is_some();
    let level = NumberingLevel {
        format,
        text: if is_picture { "•".to_owned() } else { text },
        start: value(node, "start").and_then(|start| start.parse().ok()).unwrap_or(0),
        restart: value(node, "lvlRestart").and_then(|level| level.parse().ok()),
        is_legal: flag(node, "isLgl") == Some(true),
        is_joined: value(node, "suff") == Some("nothing"),
        style: value(node, "pStyle").map(str::to_owned),
    };
    Some((index, level))
}
