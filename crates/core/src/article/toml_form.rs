//! Parses TOML front matter into a tree of fields.

use crate::order::sort_by_key;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::line_starts::LineStarts;
use super::node::{FieldNode, FieldTable, FieldValue, TableEntry};
use super::problem::{Cause, DocumentPosition, DocumentProblem, TomlMistake};

/// Parses the front matter, which is the part `span` of the document's text.
///
/// # Errors
/// Returns the problem of the first syntax error.
pub fn parse(document: &str, span: Range<usize>) -> Result<FieldTable, DocumentProblem> {
    let text = document.get(span.clone()).unwrap_or_default();
    let lines = LineStarts::of(document.get(..span.end).unwrap_or_default());
    let source = TomlText { text, start: span.start, lines };
    let table = DeTable::parse(text).map_err(|error| source.syntax_problem(&error))?;
    Ok(source.table(table.into_inner()))
}

struct TomlText<'a> {
    text: &'a str,
    /// The byte offset of `text` in the document.
    start: usize,
    /// The lines of the document up to the end of `text`, counted from the beginning of the document.
    lines: LineStarts,
}

impl TomlText<'_> {
    fn place(&self, span: Range<usize>) -> DocumentPosition {
        self.lines.place(self.start + span.start..self.start + span.end)
    }

    fn table(&self, table: DeTable<'_>) -> FieldTable {
        let mut entries: FieldTable = table
            .into_iter()
            .map(|(key, value)| TableEntry {
                place: self.place(key.span()),
                key: key.into_inner().into_owned(),
                node: self.node(value),
            })
            .collect();
        sort_by_key(&mut entries, |entry| entry.place.line);
        entries
    }

    fn node(&self, value: Spanned<DeValue<'_>>) -> FieldNode {
        let place = self.place(value.span());
        let value = match value.into_inner() {
            DeValue::String(text) => FieldValue::Text(text.into_owned()),
            DeValue::Boolean(flag) => FieldValue::Boolean(flag),
            DeValue::Datetime(time) => FieldValue::Time(time.to_string()),
            DeValue::Array(items) => {
                FieldValue::List(items.into_iter().map(|item| self.node(item)).collect())
            }
            DeValue::Table(table) => FieldValue::Table(self.table(table)),
            DeValue::Integer(_) | DeValue::Float(_) => FieldValue::Other,
        };
        FieldNode { place, value }
    }

    /// Converts a syntax error. The parser's message does not help an editor, so the most probable cause is guessed
    /// from the line.
    fn syntax_problem(&self, error: &toml::de::Error) -> DocumentProblem {
        let place = self.place(error.span().unwrap_or_default());
        let first_line = self.lines.at(self.start);
        let written = self.text.lines().nth(place.line - first_line).unwrap_or_default();
        let detail = error.message();
        let likely = if detail.contains("duplicate") {
            TomlMistake::Repeated
        } else if written.contains(['“', '”', '‘', '’']) {
            TomlMistake::CurlyQuotes
        } else if written.matches('"').count() % 2 == 1 {
            TomlMistake::OpenQuote
        } else if !written.contains('=') && !written.trim_start().starts_with('[') {
            TomlMistake::NoEqualsSign
        } else {
            TomlMistake::Other
        };
        DocumentProblem::error(place, None, Cause::Toml { likely, detail: detail.to_owned() })
    }
}
