//! Prepares the Markdown of a body for the parser.
//!
//! The parser allows one header row in each table: the row above the delimiter row. If a table has more header rows,
//! the delimiter row is moved up below the first of them, and the number of header rows is stored.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::events::options;
use super::placed::Placed;
use super::problem::Cause;
use super::table_lines::{HeaderLines, RowLine, TableLines};

pub struct BodySource<'a> {
    /// The Markdown for the parser. It differs from the body only in the order of lines.
    pub text: Cow<'a, str>,
    /// The tables with several header rows, in the order of the text.
    moved: Vec<MovedDelimiter>,
    /// Whether a table may have joined cells or several header rows.
    pub may_join_cells: bool,
}

/// A delimiter row that was moved up.
struct MovedDelimiter {
    /// The offset at which the table begins.
    table: usize,
    header_rows: usize,
    /// The range of the lines that changed places, without the last line end: the header rows except the first, and the
    /// delimiter row.
    lines: Range<usize>,
    /// The length of the line with the delimiter row, with its line end, in bytes.
    by: usize,
}

impl<'a> BodySource<'a> {
    /// Makes the source of a body, in time linear in its length. The body is parsed only if a table probably has
    /// several header rows.
    pub fn of(body: &'a str) -> Self {
        let mut headers = TableLines::of(body, false).headers;
        headers.retain(|header| header.rows.len() > 1 && header.uneven_row(body).is_none());
        Self::with_headers(body, &headers).0
    }

    /// Makes the source of a body with the headers in these lines. Also returns the reason, with its range in the body,
    /// for each header that the parser would not accept. The body is parsed only if there are headers.
    pub fn with_headers(body: &'a str, headers: &[HeaderLines]) -> (Self, Vec<Placed<Cause>>) {
        let may_join_cells = body.contains('|') && (body.contains("||") || body.contains("^^"));
        let mut source = Self { text: Cow::Borrowed(body), moved: Vec::new(), may_join_cells };
        let mut faults = Vec::new();
        if !headers.is_empty() {
            let parsed = ParsedLines::of(body);
            for header in headers {
                match parsed.moved(body, header) {
                    Some(moved) => source.move_up(body, moved),
                    None => faults.extend(parsed.fault(body, header)),
                }
            }
        }
        (source, faults)
    }

    /// Returns the number of header rows of the table that begins at the offset `table` in `text`.
    pub fn header_rows(&self, table: usize) -> usize {
        let found = self.moved.binary_search_by_key(&table, |moved| moved.table);
        found.ok().and_then(|at| self.moved.get(at)).map_or(1, |moved| moved.header_rows)
    }

    /// Returns the range in the body for a range in `text`.
    pub fn in_body(&self, range: Range<usize>) -> Range<usize> {
        let at = self.moved.partition_point(|moved| moved.lines.end <= range.start);
        match self.moved.get(at).filter(|moved| moved.lines.start + moved.by <= range.start) {
            Some(moved) => range.start - moved.by..range.end - moved.by,
            None => range,
        }
    }

    fn move_up(&mut self, body: &str, moved: MovedDelimiter) {
        let delimiter = moved.lines.end + 1 - moved.by;
        let rows = body.get(moved.lines.start..delimiter - 1).unwrap_or_default();
        let delimiter = body.get(delimiter..moved.lines.end).unwrap_or_default();
        let lines = format!("{delimiter}\n{rows}");
        self.text.to_mut().replace_range(moved.lines.clone(), &lines);
        self.moved.push(moved);
        self.may_join_cells = true;
    }
}

/// The positions of tables, texts and blocks that the Markdown parser finds in a body: offsets in ascending order.
#[derive(Default)]
struct ParsedLines {
    /// The offsets at which tables begin.
    tables: Vec<usize>,
    /// The offsets at which text other than code begins.
    texts: Vec<usize>,
    /// The offsets at which paragraphs and list items begin.
    blocks: Vec<usize>,
}

impl ParsedLines {
    fn of(body: &str) -> Self {
        let mut parsed = Self::default();
        let mut in_code = false;
        for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(Tag::Table(_)) => parsed.tables.push(range.start),
                Event::Start(Tag::Paragraph | Tag::Item) => parsed.blocks.push(range.start),
                Event::Text(_) if !in_code => parsed.texts.push(range.start),
                _ => {}
            }
        }
        parsed
    }

    /// Returns how to move the delimiter row up. Returns `None` unless the last row begins a table, the other rows are
    /// text, all rows have as many cells as the delimiter row, and all are in the same quotation or list item.
    fn moved(&self, body: &str, header: &HeaderLines) -> Option<MovedDelimiter> {
        let HeaderLines { rows, delimiter, .. } = header;
        let (first, more) = rows.split_first()?;
        let (last, above) = rows.split_last()?;
        let prefix = |row: &RowLine| body.get(row.line.start..row.row.start);
        let is_header = header.uneven_row(body).is_none()
            && self.tables.binary_search(&last.row.start).is_ok()
            && above.iter().all(|row| self.is_text(row))
            && more.iter().all(|row| prefix(row) == prefix(delimiter))
            && (prefix(first) == prefix(delimiter) || self.begins_block(first));
        let start = more.first().filter(|_| is_header)?.line.start;
        Some(MovedDelimiter {
            table: first.row.start,
            header_rows: rows.len(),
            lines: start..delimiter.line.end,
            by: delimiter.line.len() + 1,
        })
    }

    /// Returns the reason why the rows, which cannot be moved, are not the header of a table; `None` if they are code.
    fn fault(&self, body: &str, header: &HeaderLines) -> Option<Placed<Cause>> {
        let shown = header.rows.iter().find(|row| self.is_text(row))?;
        let (row, cause) = match header.uneven_row(body) {
            Some((row, cells)) => (row, Cause::HeaderCells { cells, columns: header.columns }),
            None => (shown, Cause::HeaderIndent),
        };
        Some((cause, row.row.clone()))
    }

    fn is_text(&self, row: &RowLine) -> bool {
        self.texts.binary_search(&row.row.start).is_ok()
    }

    /// Whether a paragraph or list item begins in the line, before the row.
    fn begins_block(&self, row: &RowLine) -> bool {
        let next = self.blocks.partition_point(|&block| block < row.line.start);
        self.blocks.get(next).is_some_and(|&block| block <= row.row.start)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Bodies of table rows in containers, such as quotations and list items. A container has a prefix of its first
    /// line and one of its other lines.
    fn any_body() -> impl Strategy<Value = String> {
        let container = prop::sample::select(vec![
            ("", ""),
            ("> ", "> "),
            ("- ", "  "),
            ("1. a\n   ", "   "),
            ("> - ", ">   "),
            ("[^a]: ", "    "),
            ("a\n", ""),
            ("", "  "),
            ("    ", "    "),
            ("> ", ""),
            ("```\n", ""),
            ("|a|b|\n|-|-|\n", ""),
        ]);
        let row = prop::sample::select(vec![
            "| a | b |",
            "|a||",
            "| `a || |",
            "| [a | b",
            "|-|-|",
            "|:-|--|",
            "a | b",
            "a",
            "|-|",
        ]);
        let block =
            (container, prop::collection::vec(row, 1..6)).prop_map(|((first, other), rows)| {
                first.to_owned() + &rows.join(&format!("\n{other}"))
            });
        prop::collection::vec(block, 1..4).prop_map(|blocks| blocks.join("\n\n"))
    }

    proptest! {
        #[test]
        fn a_moved_delimiter_row_makes_a_table_of_all_header_rows(body in any_body()) {
            let source = BodySource::of(&body);
            let mut lines = [body.lines().collect::<Vec<_>>(), source.text.lines().collect()];
            lines.iter_mut().for_each(|lines| lines.sort_unstable());
            prop_assert_eq!(&lines[0], &lines[1]);
            for moved in &source.moved {
                let header = moved.table..=moved.lines.end;
                let events = Parser::new_ext(&source.text, options()).into_offset_iter();
                let rows = events.filter(|(event, range)| {
                    matches!(event, Event::Start(Tag::TableHead | Tag::TableRow))
                        && header.contains(&range.start)
                });
                prop_assert_eq!(rows.count(), moved.header_rows, "{}", source.text);
            }
        }
    }
}
