//! Parses XML from Word files and from exports of other systems. Rejects XML that is crafted to exhaust the parser.

use std::fmt;

use roxmltree::{Document, Error, Node, ParsingOptions};

use crate::tags::{TagKind, XmlTag, XmlTags};

/// The maximum nesting depth of elements. Deeper XML is rejected. Real exports and Word files stay far below this
/// depth.
const MAX_DEPTH: usize = 500;
const MAX_NODES: u32 = 20_000_000;
/// The maximum number of nodes of a part of a Word file, or of a slice of its main part. The parser needs about 100
/// bytes for each.
const MAX_PART_NODES: u32 = 400_000;
/// The maximum number of attributes of an element. The parser compares all pairs of them.
const MAX_ATTRIBUTES: usize = 1_000;

/// The reason why XML cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// Elements are nested too deeply.
    TooDeep,
    /// There are too many elements in one place, or too many attributes of one element.
    TooComplex,
    /// A document type definition (DTD). Its entities can expand to more than the memory can hold.
    DocumentType,
    /// The text is not XML.
    Syntax { fault: XmlFault, line: u32 },
}

/// Why a text is not XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlFault {
    /// The text ends within an element. The file may have been cut off.
    Unclosed,
    /// An element is closed by another tag: the name of the element and that of the tag.
    WrongEnd(String, String),
    /// An unknown entity such as `&nbsp;`.
    Entity(String),
    /// A bare `&`, or an entity without a semicolon.
    Ampersand,
    /// A name has a prefix that no namespace declaration defines.
    Prefix(String),
    /// An attribute that occurs twice.
    RepeatedAttribute(String),
    /// A character that XML does not allow.
    Character(char),
    Other,
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep => f.write_str("XML lồng nhau quá sâu"),
            Self::TooComplex => f.write_str("XML có quá nhiều phần tử hoặc thuộc tính ở một chỗ"),
            Self::DocumentType => f.write_str("XML có khai báo kiểu tài liệu (DTD)"),
            Self::Syntax { fault, line } => write!(f, "XML sai ở dòng {line}: {fault}"),
        }
    }
}

impl fmt::Display for XmlFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclosed => f.write_str("thiếu phần cuối, có thể tệp bị cắt"),
            Self::WrongEnd(open, close) => write!(f, "<{open}> được đóng bằng </{close}>"),
            Self::Entity(name) => write!(f, "ký hiệu &{name}; không rõ nghĩa"),
            Self::Ampersand => f.write_str("dấu & đứng riêng"),
            Self::Prefix(prefix) => write!(f, "tiền tố “{prefix}” chưa được khai báo"),
            Self::RepeatedAttribute(name) => write!(f, "thuộc tính “{name}” lặp lại"),
            Self::Character(c) => write!(f, "ký tự không được phép (U+{:04X})", u32::from(*c)),
            Self::Other => f.write_str("sai cú pháp"),
        }
    }
}

impl From<Error> for XmlError {
    fn from(error: Error) -> Self {
        let line = error.pos().row;
        let fault = match error {
            Error::DtdDetected => return Self::DocumentType,
            Error::NodesLimitReached
            | Error::AttributesLimitReached
            | Error::NamespacesLimitReached => return Self::TooComplex,
            Error::UnclosedRootNode | Error::UnexpectedEndOfStream | Error::NoRootNode => {
                XmlFault::Unclosed
            }
            Error::UnexpectedCloseTag(open, close, _) => XmlFault::WrongEnd(open, close),
            Error::UnknownEntityReference(name, _) => XmlFault::Entity(name),
            Error::MalformedEntityReference(_) => XmlFault::Ampersand,
            Error::UnknownNamespace(prefix, _) => XmlFault::Prefix(prefix),
            Error::DuplicatedAttribute(name, _) => XmlFault::RepeatedAttribute(name),
            Error::NonXmlChar(c, _) => XmlFault::Character(c),
            _ => XmlFault::Other,
        };
        Self::Syntax { fault, line }
    }
}

/// Parses XML. Document type definitions (DTDs) are rejected.
///
/// # Errors
/// The text is not XML, has a DTD, is nested too deeply, or has too many elements or attributes.
pub fn parse(text: &str) -> Result<Document<'_>, XmlError> {
    parse_within(text, MAX_NODES)
}

/// Parses a part of a Word file, or a slice of a part. The limit of elements is lower than in [`parse`].
///
/// # Errors
/// The text is not XML, has a DTD, is nested too deeply, or has too many elements or attributes.
pub fn parse_part(text: &str) -> Result<Document<'_>, XmlError> {
    parse_within(text, MAX_PART_NODES)
}

fn parse_within(text: &str, nodes_limit: u32) -> Result<Document<'_>, XmlError> {
    check_depth(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit, ..ParsingOptions::default() };
    Ok(Document::parse_with_options(text, options)?)
}

/// Counts how deeply the tags of a text are nested.
#[derive(Default)]
pub struct DepthGuard {
    depth: usize,
}

impl DepthGuard {
    /// Counts one more tag.
    ///
    /// # Errors
    /// The tag is nested too deeply, or has too many attributes.
    pub fn pass(&mut self, tag: &XmlTag<'_>) -> Result<(), XmlError> {
        match tag.kind {
            TagKind::Open => self.depth += 1,
            TagKind::Close => self.depth = self.depth.saturating_sub(1),
            TagKind::Empty => {}
        }
        if self.depth > MAX_DEPTH {
            return Err(XmlError::TooDeep);
        }
        if tag.values > MAX_ATTRIBUTES {
            return Err(XmlError::TooComplex);
        }
        Ok(())
    }
}

fn check_depth(text: &str) -> Result<(), XmlError> {
    let mut guard = DepthGuard::default();
    XmlTags::of(text).try_for_each(|tag| guard.pass(&tag))
}

/// Whether elements are nested no deeper than [`MAX_DEPTH`].
pub fn is_shallow(text: &str) -> bool {
    check_depth(text) != Err(XmlError::TooDeep)
}

/// The first child element with this local name.
pub fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|child| is(*child, name))
}

/// Whether a node is an element with this local name.
pub fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// All text in an element.
pub fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// An attribute by its local name, whatever its namespace.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The attribute `val` of the first child element with this local name.
pub fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// The value of an on/off property, the first child element with this local name. `None` if there is no such element.
pub fn flag(node: Node<'_, '_>, name: &str) -> Option<bool> {
    let found = child(node, name)?;
    Some(!matches!(attribute(found, "val"), Some("0" | "false" | "off" | "none")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_their_line_and_cause() {
        let fault = |text: &str| match parse(text) {
            Err(XmlError::Syntax { fault, line }) => Some((fault, line)),
            _ => None,
        };
        assert_eq!(fault("<a>\n<b>"), Some((XmlFault::Unclosed, 1)));
        let wrong = XmlFault::WrongEnd("b".into(), "a".into());
        assert_eq!(fault("<a>\n<b></a>"), Some((wrong, 2)));
        assert_eq!(fault("<a>&nbsp;</a>"), Some((XmlFault::Entity("nbsp".into()), 1)));
        assert_eq!(parse("<!DOCTYPE a><a/>").err(), Some(XmlError::DocumentType));
        assert!(is_shallow(&format!("<a>{}</a>", "<b/><!-- <c> -->".repeat(600))));
        let wide: String = (0..1_001).map(|index| format!(" a{index}=''")).collect();
        assert_eq!(parse(&format!("<a{wide}/>")).err(), Some(XmlError::TooComplex));
    }
}
