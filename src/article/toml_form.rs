//! TOML front matter as a tree of fields.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Entry, Node, Table, Value};
use super::problem::{Lines, Problem};

/// Parses front matter. `first_line` is the line of the document on which it begins.
///
/// # Errors
/// One problem for the first place that is not TOML.
pub fn parse(text: &str, first_line: usize) -> Result<Table, Problem> {
    let source = Source { text, lines: Lines::of(text), first_line };
    let table = DeTable::parse(text).map_err(|error| source.syntax_problem(&error))?;
    Ok(source.table(table.into_inner()))
}

struct Source<'a> {
    text: &'a str,
    lines: Lines,
    first_line: usize,
}

impl Source<'_> {
    fn line(&self, offset: usize) -> usize {
        self.first_line - 1 + self.lines.at(offset)
    }

    fn table(&self, table: DeTable<'_>) -> Table {
        let mut entries: Table = table
            .into_iter()
            .map(|(key, value)| Entry {
                line: self.line(key.span().start),
                key: key.into_inner().into_owned(),
                node: self.node(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.line);
        entries
    }

    fn node(&self, value: Spanned<DeValue<'_>>) -> Node {
        let line = self.line(value.span().start);
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
        Node { line, value }
    }

    /// The parser speaks English; the editor gets the likely cause in Vietnamese, and the
    /// parser's words after it.
    fn syntax_problem(&self, error: &toml::de::Error) -> Problem {
        let line = error.span().map_or(self.first_line, |span| self.line(span.start));
        let written = self.text.lines().nth(line - self.first_line).unwrap_or_default();
        let detail = error.message();
        let cause = if detail.contains("duplicate") {
            "trường này đã có ở trên"
        } else if written.contains(['“', '”', '‘', '’']) {
            "dùng dấu nháy thẳng \" thay cho dấu nháy cong “ ”"
        } else if written.matches('"').count() % 2 == 1 {
            "thiếu một dấu nháy \""
        } else if !written.contains('=') && !written.trim_start().starts_with('[') {
            "mỗi dòng phải có dạng: tên = \"giá trị\""
        } else {
            "không đúng cú pháp TOML; chữ phải đặt trong dấu nháy \"…\""
        };
        Problem::error(line, None, format!("{cause} ({detail})"))
    }
}
