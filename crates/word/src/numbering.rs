//! Computes the list markers and labels that Word shows before paragraphs: `1.`, `a)`, `Điều 3.`, or a bullet.

use std::collections::HashMap;

use roxmltree::Node;

use crate::xml::{attribute, child};

#[derive(Clone, Default)]
struct NumberingLevel {
    format: String,
    text: String,
    start: u32,
}

#[derive(Default)]
pub struct Numbering {
    /// From the id of a numbering definition, and the index of a level (from 0), to that level.
    levels: HashMap<(String, usize), NumberingLevel>,
    /// From the id of a numbering definition to the current number of each of its nine levels.
    counted: HashMap<String, [Option<u32>; 9]>,
}

/// The list marker or label that Word shows before a paragraph, and the paragraph's level in its list, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParagraphMark {
    pub level: usize,
    pub kind: MarkKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Bullet,
    /// A number with a full stop or a parenthesis, `1.` or `1)`. Markdown has the same list markers.
    Number(u32),
    /// Any other label, such as `a)` or `Điều 3.`. It becomes a part of the paragraph's text.
    Label(String),
}

impl Numbering {
    pub fn of(root: Node<'_, '_>) -> Self {
        let nodes =
            |name: &'static str| root.children().filter(move |node| node.tag_name().name() == name);
        let mut abstracts: HashMap<&str, Vec<(usize, NumberingLevel)>> = HashMap::new();
        for node in nodes("abstractNum") {
            let levels = node
                .children()
                .filter(|child| child.tag_name().name() == "lvl")
                .filter_map(level)
                .collect();
            abstracts.insert(attribute(node, "abstractNumId").unwrap_or_default(), levels);
        }
        let mut numbering = Self::default();
        for node in nodes("num") {
            let Some(id) = attribute(node, "numId") else { continue };
            let base = child(node, "abstractNumId")
                .and_then(|base| attribute(base, "val"))
                .unwrap_or_default();
            for (index, level) in abstracts.get(base).into_iter().flatten() {
                numbering.levels.insert((id.to_owned(), *index), level.clone());
            }
            for changed in node.children().filter(|child| child.tag_name().name() == "lvlOverride")
            {
                let start =
                    child(changed, "startOverride").and_then(|start| attribute(start, "val"));
                let index =
                    attribute(changed, "ilvl").and_then(|index| index.parse().ok()).unwrap_or(0);
                if let (Some(start), Some(level)) = (
                    start.and_then(|start| start.parse().ok()),
                    numbering.levels.get_mut(&(id.to_owned(), index)),
                ) {
                    level.start = start;
                }
            }
        }
        numbering
    }

    /// Counts one more paragraph at this level of the numbering definition `id`, and returns its marker or
    /// label. Returns `None` if the paragraph has neither; the id `0` means that a paragraph is not numbered.
    pub fn next(&mut self, id: &str, level: usize) -> Option<ParagraphMark> {
        Some(ParagraphMark { level, kind: self.kind(id, level)? })
    }

    fn kind(&mut self, id: &str, index: usize) -> Option<MarkKind> {
        let level = self.levels.get(&(id.to_owned(), index))?.clone();
        if matches!(level.format.as_str(), "bullet" | "none") || level.text.is_empty() {
            return (level.format == "bullet").then_some(MarkKind::Bullet);
        }
        let counted = self.counted.entry(id.to_owned()).or_default();
        let [own_count, below @ ..] = counted.get_mut(index..)? else { return None };
        let number = own_count.map_or(level.start, |number| number.saturating_add(1));
        *own_count = Some(number);
        below.fill(None);
        let counted = *counted;
        let own = format!("%{}", index + 1);
        if level.format == "decimal"
            && (level.text == format!("{own}.") || level.text == format!("{own})"))
        {
            return Some(MarkKind::Number(number));
        }
        let mut label = level.text.clone();
        for (outer, count) in counted.iter().enumerate().take(index + 1) {
            let outer_level = self.levels.get(&(id.to_owned(), outer)).cloned().unwrap_or_default();
            let value = count.unwrap_or(outer_level.start);
            label = label.replace(&format!("%{}", outer + 1), &written(value, &outer_level.format));
        }
        Some(MarkKind::Label(label))
    }
}

fn level(node: Node<'_, '_>) -> Option<(usize, NumberingLevel)> {
    let value = |name| child(node, name).and_then(|child| attribute(child, "val"));
    let index: usize = attribute(node, "ilvl")?.parse().ok().filter(|index| *index < 9)?;
    let level = NumberingLevel {
        format: value("numFmt").unwrap_or("decimal").to_owned(),
        text: value("lvlText").unwrap_or_default().to_owned(),
        start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
    };
    Some((index, level))
}

fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// Writes a number in letters, as Word does: `a` to `z` for 1 to 26, then `aa`, `bb` and so on to `zz`.
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    letter.to_string().repeat(usize::try_from(index / 26 + 1).unwrap_or(1).min(10))
}

fn roman(number: u32) -> String {
    let steps = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(3_999);
    let mut out = String::new();
    for (value, letters) in steps {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        assert_eq!([1, 26, 27, 28].map(letters), ["a", "z", "aa", "bb"]);
        assert_eq!([1, 4, 9, 14, 2026].map(roman), ["I", "IV", "IX", "XIV", "MMXXVI"]);
    }

    #[test]
    fn labels_count_on_and_begin_anew_below() {
        let xml = r#"<numbering><abstractNum abstractNumId="0">
            <lvl ilvl="0"><start val="1"/><numFmt val="decimal"/><lvlText val="Điều %1."/></lvl>
            <lvl ilvl="1"><start val="1"/><numFmt val="lowerLetter"/><lvlText val="%1.%2)"/></lvl>
            <lvl ilvl="2"><numFmt val="decimal"/><lvlText val="%3."/></lvl>
            <lvl ilvl="3"><numFmt val="bullet"/><lvlText val="-"/></lvl></abstractNum>
            <num numId="5"><abstractNumId val="0"/></num></numbering>"#;
        let document = roxmltree::Document::parse(xml).unwrap();
        let mut numbering = Numbering::of(document.root_element());
        let label = |text: &str| Some(MarkKind::Label(text.to_owned()));
        assert_eq!(numbering.kind("5", 0), label("Điều 1."));
        assert_eq!(numbering.kind("5", 1), label("1.a)"));
        assert_eq!(numbering.kind("5", 1), label("1.b)"));
        assert_eq!(numbering.kind("5", 0), label("Điều 2."));
        assert_eq!(numbering.kind("5", 1), label("2.a)"));
        assert_eq!(numbering.kind("5", 2), Some(MarkKind::Number(1)));
        assert_eq!(numbering.kind("5", 3), Some(MarkKind::Bullet));
        assert_eq!(numbering.kind("0", 0), None);
    }
}
