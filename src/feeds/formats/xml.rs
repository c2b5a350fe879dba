//! Writes XML into memory, and leaves out the characters that XML 1.0 forbids.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

pub type Attributes<'a> = &'a [(&'a str, &'a str)];

pub struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Writes a document with one root element. `inner` writes the content of the root.
    pub fn document(
        root: &str,
        attributes: Attributes<'_>,
        inner: impl FnOnce(&mut Self),
    ) -> String {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.element(root, attributes, inner);
        // The writer produces only UTF-8.
        String::from_utf8(xml.0.into_inner()).unwrap_or_default()
    }

    /// Writes an element. `inner` writes its content.
    pub fn element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inner: impl FnOnce(&mut Self),
    ) {
        self.write(Event::Start(start(name, attributes)));
        inner(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element that contains only text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    pub fn text_with(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |xml| {
            xml.write(Event::Text(BytesText::from_escaped(partial_escape(without_forbidden(
                text,
            )))));
        });
    }

    /// Writes an element without content.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing into memory does not fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*without_forbidden(value)));
    }
    start
}

/// Removes the characters that XML 1.0 forbids even as character references (section 2.2).
fn without_forbidden(text: &str) -> Cow<'_, str> {
    let is_forbidden = |c: char| match c {
        '\t' | '\n' | '\r' => false,
        c => c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}'),
    };
    if text.contains(is_forbidden) { text.replace(is_forbidden, "").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use cong_core::vietnamese::unix_lines;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_in_texts_and_attributes_is_read_as_it_was_given() {
        let given = "Hỏi <b> & \"đáp\" ]]> 'x'\u{A0}";
        let xml = Xml::document("a", &[("b", given)], |xml| {
            xml.text("c", given);
            xml.empty("d", &[]);
        });
        let read = roxmltree::Document::parse(&xml).unwrap();
        assert_eq!(read.root_element().attribute("b"), Some(given));
        assert_eq!(read.root_element().first_element_child().unwrap().text(), Some(given));
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        let xml = Xml::document("a", &[("b", "\u{0}1\u{B}2")], |xml| {
            xml.text("c", "\u{1}3\t\n\u{1F}4\u{FFFE}\u{FFFF}5\u{10FFFF}");
        });
        let read = roxmltree::Document::parse(&xml).unwrap();
        assert_eq!(read.root_element().attribute("b"), Some("12"));
        let text = read.root_element().first_element_child().unwrap().text();
        assert_eq!(text, Some("3\t\n45\u{10FFFF}"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_it_was_given_as_far_as_xml_can_hold_it(
            text in any::<String>(), value in "\\PC*"
        ) {
            let xml = Xml::document("a", &[("b", &value)], |xml| xml.text("c", &text));
            let read = roxmltree::Document::parse(&xml).unwrap();
            prop_assert_eq!(read.root_element().attribute("b"), Some(&*without_forbidden(&value)));
            // Every kind of line break is read as `\n` (XML 1.0, section 2.11).
            let expected = unix_lines(&without_forbidden(&text));
            let read = read.root_element().first_element_child().unwrap();
            prop_assert_eq!(read.text().unwrap_or_default(), expected);
            prop_assert_eq!(read.children().filter(|node| node.is_element()).count(), 0);
        }
    }
}
