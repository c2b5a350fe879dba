//! Splits a body at its headings into sections of plain text, for comparing two texts clause by clause.

use std::collections::{HashMap, VecDeque};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::body_source::BodySource;
use super::events::{events_text, push_plain_text, take_until};
use super::footnotes::Footnotes;
use super::heading::{Heading, HeadingIds, lowered};
use super::rendered::Labels;
use super::table_events::BodyEvents;
use crate::vietnamese::single_line;

/// A heading and the text under it, up to the next heading of any level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading, with its id on the article's page; `None` for the text before the first heading.
    pub heading: Option<Heading>,
    /// The blocks of the section, each on one line: paragraphs, list items with their numbers, table rows.
    pub blocks: Vec<String>,
}

/// Splits a body into sections. If there is text before the first heading, it is the first section. A footnote belongs
/// to the section that first refers to it. If no section refers to it, it belongs to the last one.
pub fn sections(body: &str, labels: &Labels) -> Vec<Section> {
    let source = BodySource::of(body);
    let (main, notes) = Footnotes::split(BodyEvents::of(&source), String::new());
    let definitions = notes.into_definitions();
    let labels_in_order: Vec<_> = definitions.iter().map(|(label, _)| label.clone()).collect();
    let mut reader = SectionReader {
        note_label: labels.footnotes,
        notes: HashMap::with_capacity(definitions.len()),
        cited: VecDeque::new(),
        ids: HeadingIds::default(),
        lists: Vec::new(),
        text: String::new(),
        current: Section::default(),
        finished: Vec::new(),
    };
    for (label, definition) in definitions {
        reader.notes.entry(label).or_default().extend(definition);
    }
    reader.read(main);
    reader.cited.extend(labels_in_order);
    reader.finish_section();
    reader.finished
}

struct SectionReader<'a> {
    /// The word that precedes the text of a footnote.
    note_label: &'static str,
    /// Maps the label of a footnote to its definition, for the footnotes that do not belong to a section yet.
    notes: HashMap<String, Vec<Event<'a>>>,
    /// The labels of the footnotes that the section being read refers to.
    cited: VecDeque<String>,
    ids: HeadingIds,
    /// For each open list, the number of its next item; `None` for a bulleted list.
    lists: Vec<Option<u64>>,
    /// The text of the block (paragraph, list item or table row) being read.
    text: String,
    current: Section,
    finished: Vec<Section>,
}

impl<'a> SectionReader<'a> {
    fn read(&mut self, events: Vec<Event<'a>>) {
        let mut events = events.into_iter();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let inner = take_until(&mut events, |end| matches!(end, TagEnd::Heading(_)));
                    let text = events_text(&inner);
                    self.finish_section();
                    let id = self.ids.next(&text);
                    self.current.heading = Some(Heading { level: lowered(level) as u8, id, text });
                    self.cite(&inner);
                }
                Event::Start(Tag::List(first)) => {
                    self.finish_block();
                    self.lists.push(first);
                }
                Event::End(TagEnd::List(_)) => {
                    self.lists.pop();
                }
                Event::Start(Tag::Item) => {
                    self.finish_block();
                    self.begin_item();
                }
                Event::End(TagEnd::TableCell) => self.text.push_str(" | "),
                Event::End(
                    TagEnd::Paragraph
                    | TagEnd::Item
                    | TagEnd::TableHead
                    | TagEnd::TableRow
                    | TagEnd::CodeBlock
                    | TagEnd::HtmlBlock,
                ) => self.finish_block(),
                Event::FootnoteReference(label) => self.cited.push_back(label.to_string()),
                event => push_plain_text(&mut self.text, &event),
            }
        }
        self.finish_block();
    }

    fn cite(&mut self, events: &[Event<'_>]) {
        for event in events {
            if let Event::FootnoteReference(label) = event {
                self.cited.push_back(label.to_string());
            }
        }
    }

    fn begin_item(&mut self) {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.text.push_str(&format!("{number}. "));
                *number = number.saturating_add(1);
            }
            _ => self.text.push_str("– "),
        }
    }

    fn finish_block(&mut self) {
        let text = single_line(&self.text);
        let text = text.strip_suffix(" |").unwrap_or(&text);
        if !text.is_empty() {
            self.current.blocks.push(text.to_owned());
        }
        self.text.clear();
    }

    fn finish_section(&mut self) {
        self.finish_block();
        while let Some(label) = self.cited.pop_front() {
            if let Some(definition) = self.notes.remove(&label) {
                self.text.push_str(self.note_label);
                self.text.push_str(": ");
                // A heading within a footnote must not begin a section, so it is read as text.
                let is_heading =
                    |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { .. }));
                self.read(definition.into_iter().filter(|event| !is_heading(event)).collect());
            }
        }
        let section = std::mem::take(&mut self.current);
        if section.heading.is_some() || !section.blocks.is_empty() {
            self.finished.push(section);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::render;

    const LABELS: Labels = Labels { table: "", footnotes: "Chú thích", back_to_text: "" };

    fn cut(body: &str) -> Vec<(String, Vec<String>)> {
        let section = |section: Section| {
            let heading = section.heading.map(|heading| heading.text).unwrap_or_default();
            (heading, section.blocks)
        };
        sections(body, &LABELS).into_iter().map(section).collect()
    }

    fn blocks(body: &str) -> Vec<String> {
        cut(body).into_iter().flat_map(|(_, blocks)| blocks).collect()
    }

    #[test]
    fn body_is_split_at_headings_of_every_level() {
        let body = "Mở đầu.\n\n# Chương I\n## Điều 1. *Phạm vi*\nMột\nhai.\n\nBa.\n### Khoản 1\n";
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(
            cut(body),
            [
                (String::new(), own(&["Mở đầu."])),
                ("Chương I".into(), Vec::new()),
                ("Điều 1. Phạm vi".into(), own(&["Một hai.", "Ba."])),
                ("Khoản 1".into(), Vec::new()),
            ]
        );
        assert!(cut("").is_empty());
    }

    #[test]
    fn section_headings_equal_rendered_headings() {
        let body = "# Chương I\n## Điều 1\n> ## Điều 1\n\n- ### ?!\n\n## Điều [2](/x) `a`[^1]\n\n[^1]: Một\n";
        let headings: Vec<_> =
            sections(body, &LABELS).into_iter().filter_map(|section| section.heading).collect();
        assert_eq!(headings, render(body, &LABELS, None).headings);
    }

    #[test]
    fn list_numbers_and_table_cells_are_kept() {
        let body = "3. Ba:\n\n   a) một;\n\n4. Bốn\n\n- gạch\n  1. con\n\n| Xã | Hộ |\n|--|--|\n| Nà Khoang | 42 |\n\n`x`\n\n```\nmã\nhai\n```\n";
        assert_eq!(
            blocks(body),
            [
                "3. Ba:",
                "a) một;",
                "4. Bốn",
                "– gạch",
                "1. con",
                "Xã | Hộ",
                "Nà Khoang | 42",
                "x",
                "mã hai"
            ]
        );
    }

    #[test]
    fn footnotes_belong_to_the_section_of_their_first_reference() {
        let body =
            "# Một\nA[^a].\n\n# Hai\nB[^a].\n\n[^a]: Chữ[^b].\n\n[^b]: Sau.\n\n[^c]: # Thừa\n";
        let cut = cut(body);
        assert_eq!(cut[0].1, ["A.", "Chú thích: Chữ.", "Chú thích: Sau."]);
        assert_eq!(cut[1].1, ["B.", "Chú thích: Thừa"]);
    }

    #[test]
    fn malformed_markdown_is_split_without_a_panic() {
        for body in [
            "[".repeat(50_000),
            "> ".repeat(5_000),
            "![[".repeat(5_000),
            "[^a]: [^a]\n".repeat(999),
        ] {
            sections(&body, &LABELS);
        }
    }
}
