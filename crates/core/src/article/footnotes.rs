//! Footnotes. They are numbered in the order in which the text refers to them, and collected in a section at the end of
//! the article, each with a link back to the text.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::rendered::Labels;

#[derive(Default)]
pub struct Footnotes<'a> {
    /// The address of the article's page. Links to a footnote, and back to the text, consist of this address and a
    /// fragment. Empty if the body is rendered for this page itself.
    own_page: String,
    /// The label and definition of each footnote, in the order of the document. A definition is `None` once
    /// `next_definition` has returned it.
    defined: Vec<(String, Option<Vec<Event<'a>>>)>,
    /// Maps a label to the index in `defined` of its first definition.
    first: HashMap<String, usize>,
    numbers: HashMap<String, usize>,
    /// The indices in `defined` of the footnotes that have a number, in the order of their numbers.
    order: Vec<usize>,
    /// How many definitions `next_definition` has returned.
    handed_out: usize,
    /// The index in `defined` from which `next_definition` looks for the footnotes that the text never refers to. All
    /// definitions before this index have been returned.
    left_from: usize,
    written: Vec<(NumberedFootnote, Vec<Event<'a>>)>,
}

/// A footnote's number, counted from 1, and whether the text refers to it.
#[derive(Clone, Copy)]
pub struct NumberedFootnote {
    number: usize,
    referred_to: bool,
}

impl<'a> Footnotes<'a> {
    /// Separates the definitions of footnotes from the text.
    pub fn split(
        events: impl Iterator<Item = Event<'a>>,
        own_page: String,
    ) -> (Vec<Event<'a>>, Self) {
        let mut main = Vec::new();
        let mut notes = Self { own_page, ..Self::default() };
        let mut open: Vec<(String, Vec<Event<'a>>)> = Vec::new();
        for event in events {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push((label.to_string(), Vec::new()));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((label, definition)) = open.pop() {
                        notes.first.entry(label.clone()).or_insert(notes.defined.len());
                        notes.defined.push((label, Some(definition)));
                    }
                }
                event => match open.last_mut() {
                    Some((_, definition)) => definition.push(event),
                    None => main.push(event),
                },
            }
        }
        (main, notes)
    }

    /// The definitions with their labels, in the order of the document.
    pub fn into_definitions(self) -> Vec<(String, Vec<Event<'a>>)> {
        let definitions = self.defined.into_iter();
        definitions.filter_map(|(label, definition)| Some((label, definition?))).collect()
    }

    /// Converts a reference to a footnote into a link with the footnote's number. If no footnote has this label, the
    /// reference is shown as it was written.
    pub fn reference(&mut self, label: &str) -> Event<'a> {
        if let Some(number) = self.numbers.get(label) {
            return self.mark(*number, "");
        }
        let Some(&definition) = self.first.get(label) else {
            return Event::Text(format!("[^{label}]").into());
        };
        let number = self.add(label.to_owned(), definition);
        self.mark(number, &format!(" id=\"nguon_chu_thich_{number}\""))
    }

    fn mark(&self, number: usize, id: &str) -> Event<'a> {
        let page = &self.own_page;
        Event::InlineHtml(
            format!("<sup class=\"footnote-mark\"><a{id} role=\"doc-noteref\" href=\"{page}#chu_thich_{number}\">{number}</a></sup>")
                .into(),
        )
    }

    fn add(&mut self, label: String, definition: usize) -> usize {
        self.order.push(definition);
        let number = self.order.len();
        self.numbers.insert(label, number);
        number
    }

    /// Returns the next definition to write, with its number. Definitions come in the order of their numbers. Those of
    /// footnotes that the text never refers to come last, so that nothing the author wrote is lost.
    pub fn next_definition(&mut self) -> Option<(NumberedFootnote, Vec<Event<'a>>)> {
        let referred_to = self.handed_out < self.order.len();
        if !referred_to {
            let left = self.defined.get(self.left_from..)?;
            self.left_from += left.iter().position(|(_, definition)| definition.is_some())?;
            let (label, _) = self.defined.get(self.left_from)?;
            self.add(label.clone(), self.left_from);
        }
        let at = *self.order.get(self.handed_out)?;
        self.handed_out += 1;
        let definition = self.defined.get_mut(at)?.1.take()?;
        Some((NumberedFootnote { number: self.handed_out, referred_to }, definition))
    }

    pub fn add_written(&mut self, note: NumberedFootnote, definition: Vec<Event<'a>>) {
        self.written.push((note, definition));
    }

    /// The section with all footnotes; empty if there are none.
    pub fn into_section(self, labels: &Labels) -> Vec<Event<'a>> {
        if self.written.is_empty() {
            return Vec::new();
        }
        let html = |text: String| Event::Html(text.into());
        let mut events = vec![html(format!(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{}\"><ol>\n",
            labels.footnotes
        ))];
        for (NumberedFootnote { number, referred_to }, definition) in self.written {
            events.push(html(format!("<li id=\"chu_thich_{number}\">")));
            events.extend(definition);
            if referred_to {
                events.push(html(format!(
                    "<a class=\"footnote-back\" role=\"doc-backlink\" href=\"{}#nguon_chu_thich_{number}\" aria-label=\"{} {number}\">↩</a>",
                    self.own_page, labels.back_to_text
                )));
            }
            events.push(html("</li>\n".to_owned()));
        }
        events.push(html("</ol></section>\n".to_owned()));
        events
    }
}

#[cfg(test)]
mod tests {
    use crate::article::markdown::tests::html;

    #[test]
    fn footnotes_are_numbered_in_order_of_reference() {
        let out = html("Một[^b], hai[^a], lại một[^b].\n\n[^a]: Ghi chú A.\n\n[^b]: Ghi chú B.\n");
        let first = out.find("<li id=\"chu_thich_1\">").unwrap();
        let second = out.find("<li id=\"chu_thich_2\">").unwrap();
        assert!(out[first..second].contains("Ghi chú B."), "{out}");
        assert!(out[second..].contains("Ghi chú A."), "{out}");
        assert_eq!(out.matches("id=\"nguon_chu_thich_1\"").count(), 1, "{out}");
        assert_eq!(out.matches("href=\"#chu_thich_1\"").count(), 2, "{out}");
    }

    #[test]
    fn nested_and_unreferenced_footnotes_are_kept() {
        let out = html("Một[^a].\n\n[^a]: A[^b].\n\n[^b]: B.\n\n[^c]: C.\n");
        for (number, text) in [(1, "A"), (2, "B"), (3, "C")] {
            assert!(out.contains(&format!("<li id=\"chu_thich_{number}\">\n<p>{text}")), "{out}");
        }
        assert!(!out.contains("#nguon_chu_thich_3"), "{out}");
    }

    #[test]
    fn undefined_references_stay_as_written() {
        assert_eq!(html("Một[^x]."), "<p>Một[^x].</p>\n");
    }

    #[test]
    fn all_definitions_of_a_label_are_kept() {
        let out = html("Một[^a].\n\n[^a]: A.\n\n[^b]: B.\n\n[^a]: C.\n");
        for (number, text) in [(1, "A"), (2, "B"), (3, "C")] {
            assert!(out.contains(&format!("<li id=\"chu_thich_{number}\">\n<p>{text}")), "{out}");
        }
    }

    #[test]
    fn hundreds_of_thousands_of_footnotes_are_rendered() {
        const COUNT: usize = 300_000;
        let defined: String = (0..COUNT).map(|n| format!("[^{n}]: a\n")).collect();
        let referred: String = (0..COUNT).rev().map(|n| format!("[^{n}] ")).collect();
        for body in [format!("{referred}\n\n{defined}"), defined] {
            assert_eq!(html(&body).matches("<li id=\"chu_thich_").count(), COUNT);
        }
    }

    #[test]
    fn self_referring_footnote_terminates() {
        assert!(html("Một[^a].\n\n[^a]: A[^a].\n").contains("chu_thich_1"));
    }
}
