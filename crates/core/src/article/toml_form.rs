//! Parses TOML front matter into a tree of fields.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Entry, Node, Table, Value};
use super::problem::{Cause, Lines, Place, Problem, TomlMistake};

/// Parses the front matter, which is the part `span` of the document's text.
///
/// # Errors
/// The first syntax error.
pub fn parse(document: &str, span: Range<usize>) -> Result<Table, Problem> {
    let text = document.get(span.clone()).unwrap_or_default();
    let lines = Lines::of(document.get(..span.end).unwrap_or_default());
    let source = Source { text, start: span.start, lines };
    let table = DeTable::parse(text).map_err(|error| source.syntax_problem(&error))?;
    Ok(source.table(table.into_inner()))
}

struct Source<'a> {
    text: &'a str,
    /// The offset of `text` in the document. `lines` are those of the document.
    start: usize,
    lines: Lines,
}

impl Source<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        self.lines.place(self.start + span.start..self.start + span.end)
    }

    fn table(&self, table: DeTable<'_>) -> Table {
        let mut entries: Table = table
            .into_iter()
            .map(|(key, value)| Entry {
                place: self.place(key.span()),
                key: key.into_inner().into_owned(),
                node: self.node(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.place.line);
        entries
    }

    fn node(&self, value: Spanned<DeValue<'_>>) -> Node {
        let place = self.place(value.span());
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Text(text.into_owned()),
            DeValue::Boolean(flag) => Value::Boolean(flag),
            DeValue::Datetime(time) => Value::Time(time.to_string()),
            DeValue::Array(items) => {
                Value::List(items.into_iter().map(|item| self.node(item)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table)),
            DeValue::Integer(_) | DeValue::Float(_) => Value::Other,
        };
        Node { place, value }
    }

    /// Converts a syntax error. The parser only says what it did not expect, so the most probable cause is guessed
    /// from the line.
    fn syntax_problem(&self, error: &toml::de::Error) -> Problem {
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
        Problem::error(place, None, Cause::Toml { likely, detail: detail.to_owned() })
    }
}
