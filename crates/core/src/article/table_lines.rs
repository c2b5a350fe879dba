//! Finds the lines of a body that are probably the header of a table: lines that begin with `|`, and the delimiter row
//! below them, such as `|---|---|`. Only the parser knows whether such lines are a header, because they may be part of
//! a code block.

use std::ops::Range;

use super::complexity::content_start;

/// The header rows and the delimiter row of a probable table. There is at least one header row.
pub struct HeaderLines {
    pub rows: Vec<RowLine>,
    pub delimiter: RowLine,
    /// The number of columns that the delimiter row has.
    pub columns: usize,
}

/// A line with a row of a table.
pub struct RowLine {
    /// The range of the line, without its last `\n`.
    pub line: Range<usize>,
    /// The range of the row: the line without indentation, markers of quotations and list items, and line end.
    pub row: Range<usize>,
}

/// The probable tables of a body, which are found without the parser.
#[derive(Default)]
pub struct TableLines {
    pub headers: Vec<HeaderLines>,
    /// Whether a row has more cells than its table has columns. Set only if cells are counted.
    pub has_long_row: bool,
}

impl TableLines {
    /// Finds the probable tables, in time linear in the length of the body. `counts_cells` says whether the cells of
    /// rows below the header are counted.
    pub fn of(body: &str, counts_cells: bool) -> Self {
        let mut found = Self::default();
        if !body.contains('|') {
            return found;
        }
        let mut rows = Vec::new();
        // The number of columns of the table whose delimiter row is above.
        let mut table = None;
        let mut start = 0;
        for line in body.split_inclusive('\n') {
            let row = row_of(line, start);
            start += line.len();
            let Some(row) = row else {
                (rows, table) = (Vec::new(), None);
                continue;
            };
            let text = body.get(row.row.clone()).unwrap_or_default();
            if let Some(columns) = table {
                found.has_long_row |= counts_cells && cells_in(text) > columns;
                continue;
            }
            table = delimiter_columns(text);
            let Some(columns) = table else {
                rows.push(row);
                continue;
            };
            let rows = std::mem::take(&mut rows);
            if !rows.is_empty() {
                found.headers.push(HeaderLines { rows, delimiter: row, columns });
            }
        }
        found
    }
}

impl HeaderLines {
    /// Returns the first header row whose number of cells differs from the number of columns, with its number of cells.
    pub fn uneven_row(&self, body: &str) -> Option<(&RowLine, usize)> {
        let with_cells = self.rows.iter().map(|row| {
            let text = body.get(row.row.clone()).unwrap_or_default();
            (row, cells_in(text))
        });
        with_cells.into_iter().find(|(_, cells)| *cells != self.columns)
    }
}

/// Returns the row in a line that begins with `|` or is a delimiter row; `None` for other lines. `start` is the offset
/// of the line.
fn row_of(line: &str, start: usize) -> Option<RowLine> {
    if !line.contains('|') {
        return None;
    }
    let line = line.strip_suffix('\n').unwrap_or(line);
    let trimmed = line.trim_ascii_end();
    let begin = content_start(trimmed.as_bytes());
    let row = trimmed.get(begin..)?;
    // For the parser, a single CR ends a line.
    let is_row = !row.contains('\r') && (row.starts_with('|') || delimiter_columns(row).is_some());
    let row = start + begin..start + trimmed.len();
    is_row.then(|| RowLine { line: start..start + line.len(), row })
}

/// The number of columns of a delimiter row; `None` if the row is no delimiter row.
fn delimiter_columns(row: &str) -> Option<usize> {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let is_column = |part: &str| part.contains('-') && part.bytes().all(|b| b" :-".contains(&b));
    let is_delimiter = row.contains('|') && inner.split('|').all(is_column);
    is_delimiter.then(|| inner.split('|').count())
}

/// The number of cells in a row, as the parser counts them. A pipe after a backslash does not end a cell.
pub fn cells_in(row: &str) -> usize {
    let row = row.trim_ascii();
    let is_escaped = |at: usize| row.get(..at).is_some_and(|before| before.ends_with('\\'));
    let pipes = row.match_indices('|').filter(|(at, _)| !is_escaped(*at)).count();
    let ends_with_pipe = row.ends_with('|') && !is_escaped(row.len() - 1);
    (pipes + 1).saturating_sub(usize::from(row.starts_with('|')) + usize::from(ends_with_pipe))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_like_the_parser_counts_them() {
        for (row, cells) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a ||", 2),
            ("|| a", 2),
            ("| a \\| b | `c\\|d` |", 2),
            ("| `a|b` |", 2),
            ("| a \\|", 1),
            ("|", 0),
        ] {
            assert_eq!(cells_in(row), cells, "{row}");
        }
    }

    #[test]
    fn delimiter_rows_have_a_hyphen_in_each_column() {
        for (row, columns) in [
            ("|---|:-:|", Some(2)),
            ("--|--", Some(2)),
            ("| - |", Some(1)),
            ("|---||", None),
            ("---", None),
            ("| a |", None),
        ] {
            assert_eq!(delimiter_columns(row), columns, "{row}");
        }
    }
}
