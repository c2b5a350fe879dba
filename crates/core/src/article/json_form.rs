//! Parses a document in JSON form into a tree of fields.
//!
//! Each value is kept as a slice of the document's text until it is read. The slice shows the position of the value.

use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::limits::MAX_FIELDS_BYTES;
use super::line_starts::LineStarts;
use super::node::{FieldNode, FieldTable, FieldValue, TableEntry};
use super::problem::{Cause, DocumentProblem};

/// The maximum nesting depth of values. The deepest valid field is `consultation.extended[1].from`: a field of a table,
/// in a list, in a table.
const MAX_DEPTH: usize = 4;

/// Parses a whole document.
///
/// # Errors
/// The document has a syntax error, a value is nested too deep, or the fields are too large. Returns the first such
/// problem.
pub fn parse(text: &str) -> Result<FieldTable, DocumentProblem> {
    let source = JsonText { text, lines: LineStarts::of(text) };
    let members: JsonMembers<'_> = source.read(text)?;
    let body =
        members.0.iter().find(|(key, _)| key == "body").map_or(0, |(_, raw)| raw.get().len());
    if text.len() - body > MAX_FIELDS_BYTES {
        return Err(DocumentProblem::of_document(Cause::FieldsTooLarge { max: MAX_FIELDS_BYTES }));
    }
    source.table(members, 0)
}

struct JsonText<'a> {
    text: &'a str,
    lines: LineStarts,
}

impl<'a> JsonText<'a> {
    /// The byte offset of `part`, a slice of the document's text, within that text.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn table(&self, members: JsonMembers<'a>, depth: usize) -> Result<FieldTable, DocumentProblem> {
        members
            .0
            .into_iter()
            .map(|(key, raw)| {
                let node = self.node(raw.get(), depth + 1)?;
                Ok(TableEntry { key, place: node.place.clone(), node })
            })
            .collect()
    }

    fn node(&self, part: &'a str, depth: usize) -> Result<FieldNode, DocumentProblem> {
        let start = self.offset(part);
        let place = self.lines.place(start..start + part.len());
        if depth > MAX_DEPTH {
            return Err(DocumentProblem::error(place, None, Cause::TooDeep));
        }
        let value = match part.as_bytes().first() {
            Some(b'{') => FieldValue::Table(self.table(self.read(part)?, depth)?),
            Some(b'[') => {
                let items: Vec<&'a RawValue> = self.read(part)?;
                let nodes = items.into_iter().map(|item| self.node(item.get(), depth + 1));
                FieldValue::List(nodes.collect::<Result<_, _>>()?)
            }
            Some(b'"') => FieldValue::Text(self.read(part)?),
            Some(b't') => FieldValue::Boolean(true),
            Some(b'f') => FieldValue::Boolean(false),
            _ => FieldValue::Other,
        };
        Ok(FieldNode { place, value })
    }

    fn read<T: serde::Deserialize<'a>>(&self, part: &'a str) -> Result<T, DocumentProblem> {
        serde_json::from_str(part).map_err(|error| {
            let start = self.offset(part);
            let line_start = match error.line() {
                0 | 1 => start,
                line => self.lines.start_of(self.lines.at(start) + line - 1),
            };
            // The parser counts columns in bytes, so the column may be within a letter.
            let at = line_start + error.column().saturating_sub(1);
            let at = self.text.floor_char_boundary(at);
            let cause = Cause::Json { column: error.column(), detail: error.to_string() };
            DocumentProblem::error(self.lines.place(at..at), None, cause)
        })
    }
}

/// The members of a JSON object in the order of the text, including repeated keys.
struct JsonMembers<'a>(Vec<(String, &'a RawValue)>);

impl<'de> serde::Deserialize<'de> for JsonMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = JsonMembers<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(JsonMembers(members))
            }
        }

        deserializer.deserialize_map(MembersVisitor)
    }
}
