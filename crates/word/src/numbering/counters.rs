//! Counts numbered paragraphs in the order of the text, and writes their labels.

use std::collections::{HashMap, HashSet};

use super::definitions::{LEVELS, NumberingDefinitions};
use super::formats::NumberFormat;

/// The list marker or label that Word shows before a paragraph, and the paragraph's level in its list, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParagraphMark {
    pub level: usize,
    pub kind: MarkKind,
    /// The marker or label as Word shows it, with the space that follows it.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Bullet,
    /// A number with a full stop or a parenthesis, `1.` or `1)`. Markdown has the same list markers.
    Number(u32),
    /// Any other label, such as `a)` or `Điều 3.`. It becomes a part of the paragraph's text.
    Label(String),
}

/// The numbering definitions, and the numbers that the text has reached.
#[derive(Default)]
pub struct NumberingCounters {
    definitions: NumberingDefinitions,
    /// Maps the id of an abstract definition to the current number of each level.
    reached: HashMap<String, [Option<u32>; LEVELS]>,
    /// The instances that have been used, with the levels at which they were used.
    used: HashSet<(String, usize)>,
}

impl NumberingCounters {
    pub fn of(definitions: NumberingDefinitions) -> Self {
        Self { definitions, ..Self::default() }
    }

    pub fn definitions(&self) -> &NumberingDefinitions {
        &self.definitions
    }

    /// Resets all counters.
    pub fn restart(&mut self) {
        self.reached.clear();
        self.used.clear();
    }

    /// Counts one more paragraph at the level `index` of the instance `id`, and returns its marker or label. Returns
    /// `None` if the paragraph has neither; the id `0` means that a paragraph is not numbered.
    pub fn next(&mut self, id: &str, index: usize) -> Option<ParagraphMark> {
        let definitions = &self.definitions;
        let instance = definitions.instance(id)?;
        let level = definitions.level(instance, index)?;
        let start = |index: usize| {
            let start = definitions.level(instance, index).map_or(0, |level| level.start);
            instance.changed_start(index).unwrap_or(start)
        };
        let is_first = self.used.insert((id.to_owned(), index));
        let reached = self.reached.entry(instance.definition.clone()).or_default();
        let own = reached.get_mut(index)?;
        let number = match *own {
            Some(number) if !is_first || instance.changed_start(index).is_none() => {
                number.saturating_add(1)
            }
            _ => start(index),
        };
        *own = Some(number);
        for (deeper, count) in reached.iter_mut().enumerate().skip(index + 1) {
            let restart = definitions.level(instance, deeper).and_then(|level| level.restart);
            if restart.is_none_or(|after| index < after) {
                *count = None;
            }
        }
        let mut label = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest.peek().and_then(|digit| digit.to_digit(10)).filter(|_| c == '%');
            let Some(outer) = digit.and_then(|digit| (digit as usize).checked_sub(1)) else {
                label.push(c);
                continue;
            };
            rest.next();
            let Some(count) = reached.get(outer) else { continue };
            let format = definitions.level(instance, outer).map(|level| &level.format);
            let number = count.unwrap_or_else(|| start(outer));
            match format {
                Some(NumberFormat::None | NumberFormat::Bullet) => {}
                Some(format) if !level.is_legal || format.has_digits() => {
                    label.push_str(&format.write(number));
                }
                _ => label.push_str(&number.to_string()),
            }
        }
        if label.trim().is_empty() {
            return None;
        }
        let own = format!("%{}", index + 1);
        let is_plain = level.format == NumberFormat::Decimal || level.is_legal;
        let has_list_mark = [".", ")"].iter().any(|end| level.text == format!("{own}{end}"));
        let kind = if level.format == NumberFormat::Bullet {
            MarkKind::Bullet
        } else if is_plain && has_list_mark && !level.is_joined && number <= 999_999_999 {
            MarkKind::Number(number)
        } else {
            MarkKind::Label(label.trim().to_owned())
        };
        let text = if level.is_joined { label } else { format!("{} ", label.trim_end()) };
        Some(ParagraphMark { level: index, kind, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counters(levels: &str, instances: &str) -> NumberingCounters {
        let xml = format!(
            "<numbering><abstractNum abstractNumId='0'>{levels}</abstractNum>{instances}</numbering>"
        );
        let document = roxmltree::Document::parse(&xml).unwrap();
        let style = |style: &str| (style == "Muc").then(|| "5".to_owned());
        NumberingCounters::of(NumberingDefinitions::of(document.root_element(), style))
    }

    fn level(index: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<lvl ilvl='{index}'><start val='1'/><numFmt val='{format}'/><lvlText val='{text}'/>\
             {more}</lvl>"
        )
    }

    const NUM: &str = "<num numId='5'><abstractNumId val='0'/></num>";

    fn texts(numbering: &mut NumberingCounters, steps: &[(&str, usize)]) -> Vec<String> {
        let text = |(id, level): &(&str, usize)| {
            numbering.next(id, *level).map_or_else(String::new, |mark| mark.text)
        };
        steps.iter().map(text).collect()
    }

    #[test]
    fn labels_continue_and_deeper_levels_start_again() {
        let levels = level(0, "decimal", "Điều %1.", "")
            + &level(1, "lowerLetter", "%1.%2)", "")
            + &level(2, "decimal", "%3.", "")
            + &level(3, "bullet", "-", "");
        let mut numbering = counters(&levels, NUM);
        let shown = texts(&mut numbering, &[("5", 0), ("5", 1), ("5", 1), ("5", 0), ("5", 1)]);
        assert_eq!(shown, ["Điều 1. ", "1.a) ", "1.b) ", "Điều 2. ", "2.a) "]);
        assert_eq!(numbering.next("5", 2).unwrap().kind, MarkKind::Number(1));
        assert_eq!(numbering.next("5", 3).unwrap().kind, MarkKind::Bullet);
        assert_eq!(numbering.next("0", 0), None);
    }

    #[test]
    fn instances_of_one_definition_share_counters_unless_they_set_a_start() {
        let instances = "<num numId='5'><abstractNumId val='0'/></num>\
             <num numId='6'><abstractNumId val='0'/></num>\
             <num numId='7'><abstractNumId val='0'/><lvlOverride ilvl='0'><startOverride val='9'/>\
             </lvlOverride></num>";
        let mut numbering = counters(&level(0, "decimal", "Điều %1.", ""), instances);
        let steps = [("5", 0), ("6", 0), ("5", 0), ("7", 0), ("7", 0), ("5", 0)];
        let shown = texts(&mut numbering, &steps);
        let expected = ["Điều 1. ", "Điều 2. ", "Điều 3. ", "Điều 9. ", "Điều 10. ", "Điều 11. "];
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_instance_can_replace_a_level() {
        let instances = "<num numId='5'><abstractNumId val='0'/><lvlOverride ilvl='0'>\
             <lvl ilvl='0'><start val='4'/><numFmt val='upperRoman'/><lvlText val='Phần %1.'/></lvl>\
             </lvlOverride></num>";
        let mut numbering = counters(&level(0, "decimal", "%1.", ""), instances);
        assert_eq!(texts(&mut numbering, &[("5", 0), ("5", 0)]), ["Phần IV. ", "Phần V. "]);
    }

    #[test]
    fn a_level_starts_again_only_after_the_level_that_it_names() {
        let levels = level(0, "upperRoman", "Chương %1", "")
            + &level(1, "decimal", "Mục %2", "<lvlRestart val='1'/>")
            + &level(2, "decimal", "Điều %3", "<lvlRestart val='0'/>")
            + &level(3, "decimal", "%4-", "<lvlRestart val='1'/>");
        let mut numbering = counters(&levels, NUM);
        let steps = [0, 1, 2, 3, 1, 2, 3, 0, 1, 2, 3].map(|level| ("5", level));
        let expected = [
            "Chương I ",
            "Mục 1 ",
            "Điều 1 ",
            "1- ",
            "Mục 2 ",
            "Điều 2 ",
            "2- ",
            "Chương II ",
            "Mục 1 ",
            "Điều 3 ",
            "1- ",
        ];
        assert_eq!(texts(&mut numbering, &steps), expected);
    }

    #[test]
    fn numbers_of_outer_levels_can_be_shown_as_decimal_numbers() {
        let levels = level(0, "upperRoman", "%1.", "")
            + &level(1, "decimalZero", "%1.%2", "<isLgl/>")
            + &level(2, "none", "", "")
            + &level(3, "decimal", "%4", "<suff val='nothing'/>");
        let mut numbering = counters(&levels, NUM);
        let shown = texts(&mut numbering, &[("5", 0), ("5", 1), ("5", 1), ("5", 2), ("5", 3)]);
        assert_eq!(shown, ["I. ", "1.01 ", "1.02 ", "", "1"]);
    }

    #[test]
    fn definitions_that_name_a_list_style_use_the_definition_of_the_style() {
        let linked = "<abstractNum abstractNumId='1'><numStyleLink val='Muc'/></abstractNum>";
        let instances = format!("{linked}{NUM}<num numId='8'><abstractNumId val='1'/></num>");
        let mut numbering = counters(&level(0, "decimal", "Mục %1", ""), &instances);
        assert_eq!(texts(&mut numbering, &[("5", 0), ("8", 0)]), ["Mục 1 ", "Mục 2 "]);
    }

    #[test]
    fn a_paragraph_style_can_belong_to_a_level() {
        let levels =
            level(0, "decimal", "%1", "") + &level(1, "decimal", "%2", "<pStyle val='D'/>");
        let numbering = counters(&levels, NUM);
        assert_eq!(numbering.definitions().level_of_style("5", "D"), Some(1));
        assert_eq!(numbering.definitions().level_of_style("5", "C"), None);
    }
}
