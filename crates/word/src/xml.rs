//! Parses XML from Word files and from exports of other systems. Rejects XML that is crafted to exhaust the parser.

use std::fmt;

use roxmltree::{Document, Node, ParsingOptions};

/// The maximum nesting depth of elements. Deeper XML is rejected. Real exports and Word files stay far below this
/// depth.
const MAX_DEPTH: usize = 500;
const MAX_NODES: u32 = 20_000_000;

/// The reason why XML cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// Elements are nested too deeply.
    TooDeep,
    /// The message of the parser.
    Syntax(String),
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooDeep => "XML lồng nhau quá sâu",
            Self::Syntax(error) => error,
        })
    }
}

/// Parses XML. Document type definitions (DTDs) are rejected, because their entities can expand to more than the memory
/// can hold.
///
/// # Errors
/// The text is not XML, has a DTD, or is nested too deeply.
pub fn parse(text: &str) -> Result<Document<'_>, XmlError> {
    if !is_shallow(text) {
        return Err(XmlError::TooDeep);
    }
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| XmlError::Syntax(error.to_string()))
}

/// Whether elements are nested no deeper than [`MAX_DEPTH`].
pub fn is_shallow(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(data) = rest.strip_prefix("![CDATA[") {
            rest = data.split_once("]]>").map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !rest.starts_with(['?', '!']) {
            let end = rest.find('>').unwrap_or(rest.len());
            depth += usize::from(!rest[..end].ends_with('/'));
            rest = &rest[end..];
        }
        if depth > MAX_DEPTH {
            return false;
        }
    }
    true
}

/// The first child element with this local name.
pub fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// All text in an element.
pub fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// An attribute by its local name, whatever its namespace.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}
