//! Reads the rows and cells of a table, and builds the table of the article from the converted cells.

use cong_core::article::MAX_MARKS;
use cong_core::markdown_writer::{
    ContentBlock, ContentCell, ContentTable, RunContent, TextRun, cell_runs, plain,
};
use ego_tree::NodeRef;
use scraper::Node;

use super::kinds::is_named;

/// The maximum number of columns that a cell can span. A larger `colspan` is reduced to this number.
const MAX_SPAN: usize = 50;
/// The maximum number of rows of a header. If a header seems to have more, only its first row is taken.
const MAX_HEADER: usize = 5;
/// The maximum number of places in the rows and columns of a table that its cells cover together. If they would cover
/// more, merged cells are taken for single cells.
const MAX_PLACES: usize = 20_000;

pub struct HtmlRow<'a> {
    pub cells: Vec<HtmlCell<'a>>,
    is_in_head: bool,
}

pub struct HtmlCell<'a> {
    pub node: NodeRef<'a, Node>,
    is_header: bool,
    columns: usize,
    /// The number of rows that the cell spans.
    rows: usize,
}

/// A column, as far as a cell above spans it.
#[derive(Clone, Copy, Default)]
struct ColumnBelow {
    /// How many more rows the cell spans.
    rows: usize,
    /// Whether the column is the first one of the cell.
    is_first: bool,
}

/// Builds a table. `read` has the converted content of each cell.
pub fn table(rows: &[HtmlRow<'_>], read: &[Vec<Vec<ContentBlock>>]) -> ContentBlock {
    let (mut grid, header_rows) = grid(rows, read, header_rows(rows));
    split_below_header(&mut grid, header_rows);
    leave_out_columns(&mut grid);
    ContentBlock::Table(ContentTable { header_rows, rows: grid })
}

/// Whether a document cannot have the table, because its rows and columns have too many places.
pub fn is_too_large(rows: &[HtmlRow<'_>]) -> bool {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    rows.len() * columns > MAX_MARKS
}

/// Makes single cells of merged ones if they cover too many places. Returns whether they did.
pub fn split_excessive_cells(rows: &mut [HtmlRow<'_>]) -> bool {
    let is_merged = |cell: &HtmlCell<'_>| cell.columns > 1 || cell.rows > 1;
    let cells = rows.iter().flat_map(|row| &row.cells);
    let is_excessive = cells.clone().any(is_merged)
        && cells.map(|cell| cell.columns * cell.rows).sum::<usize>() > MAX_PLACES;
    if is_excessive {
        for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
            (cell.columns, cell.rows) = (1, 1);
        }
    }
    is_excessive
}

/// Returns how many rows the header has: those in `thead`, or the first rows that have only `th`, or as many as the
/// spans of the first row show.
fn header_rows(rows: &[HtmlRow<'_>]) -> usize {
    let is_header = |rows_of_header: &usize| {
        (1..=MAX_HEADER).contains(rows_of_header) && *rows_of_header < rows.len()
    };
    let in_head = rows.iter().take_while(|row| row.is_in_head).count();
    let of_headers = rows.iter().take_while(|row| row.has_only_headers()).count();
    Some(in_head)
        .filter(is_header)
        .or_else(|| [of_headers, spanned_rows(rows)].into_iter().filter(is_header).max())
        .unwrap_or(1)
}

/// Returns the height of the first row, if some of its cells span several columns, and each other cell spans as many
/// rows as the highest one; otherwise 1.
fn spanned_rows(rows: &[HtmlRow<'_>]) -> usize {
    let first = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let height = first.iter().map(|cell| cell.rows).max().unwrap_or(1);
    let is_header = first.iter().all(|cell| cell.rows == height || cell.columns > 1)
        && first.iter().any(|cell| cell.columns > 1);
    if is_header { height } else { 1 }
}

impl HtmlRow<'_> {
    fn has_only_headers(&self) -> bool {
        !self.cells.is_empty() && self.cells.iter().all(|cell| cell.is_header)
    }
}

/// The rows of the table itself, without those of nested tables.
pub fn rows(table: NodeRef<'_, Node>) -> Vec<HtmlRow<'_>> {
    let mut rows = Vec::new();
    for section in table.children() {
        let is_section = ["thead", "tbody", "tfoot"].iter().any(|name| is_named(&section, name));
        let parts = if is_section { section.children().collect() } else { vec![section] };
        let parts: Vec<_> = parts.into_iter().filter(|part| is_named(part, "tr")).collect();
        for (index, row) in parts.iter().enumerate() {
            let following = parts.len() - index - 1;
            let cells = row.children().filter_map(|node| cell(node, following)).collect();
            rows.push(HtmlRow { cells, is_in_head: is_named(&section, "thead") });
        }
    }
    rows
}

/// Reads a cell. It spans at most the rows that follow in the same `thead`, `tbody` or `tfoot`.
fn cell(node: NodeRef<'_, Node>, following: usize) -> Option<HtmlCell<'_>> {
    let element = node.value().as_element().filter(|e| matches!(e.name(), "td" | "th"))?;
    let span =
        |name| element.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1_usize);
    // A rowspan of 0 means all following rows.
    let rows = Some(span("rowspan")).filter(|rows| *rows > 0).unwrap_or(following + 1);
    Some(HtmlCell {
        node,
        is_header: element.name() == "th",
        columns: span("colspan").clamp(1, MAX_SPAN),
        rows: rows.min(following + 1),
    })
}

/// Places every cell in its columns. Rows that show nothing are left out. Returns also how many of the rows are the
/// header.
fn grid(
    rows: &[HtmlRow<'_>],
    read: &[Vec<Vec<ContentBlock>>],
    header_rows: usize,
) -> (Vec<Vec<ContentCell>>, usize) {
    let mut grid = Vec::new();
    let mut rows_of_header = 0;
    let mut below: Vec<ColumnBelow> = Vec::new();
    for (index, (row, blocks)) in rows.iter().zip(read).enumerate() {
        let mut line = Vec::new();
        let mut shows_something = false;
        for (cell, blocks) in row.cells.iter().zip(blocks) {
            extend_above(&mut line, &mut below, false);
            let runs = cell_runs(blocks);
            shows_something |= cell.rows > 1 || is_shown(&runs);
            // Columns of two cells do not overlap.
            let free = below.iter().skip(line.len()).take_while(|column| column.rows == 0).count();
            let columns =
                if line.len() + free < below.len() { cell.columns.min(free) } else { cell.columns };
            let (begin, end) = (line.len(), line.len() + columns);
            below.resize(below.len().max(end), ColumnBelow::default());
            for (offset, column) in below.iter_mut().take(end).skip(begin).enumerate() {
                *column = ColumnBelow { rows: cell.rows - 1, is_first: offset == 0 };
            }
            line.push(ContentCell::Text(runs));
            line.resize(end, ContentCell::ExtendsLeft);
        }
        extend_above(&mut line, &mut below, true);
        if shows_something {
            rows_of_header += usize::from(index < header_rows);
            grid.push(line);
        }
    }
    (grid, rows_of_header.max(1))
}

/// Appends parts of cells above, up to the next column that is free. With `to_end`, appends all of them, with blank
/// cells between them.
fn extend_above(line: &mut Vec<ContentCell>, below: &mut [ColumnBelow], to_end: bool) {
    let last = below.iter().rposition(|column| column.rows > 0).filter(|_| to_end);
    while let Some(column) = below.get_mut(line.len()) {
        if column.rows == 0 && last.is_none_or(|last| last < line.len()) {
            break;
        }
        line.push(match column {
            ColumnBelow { rows: 0, .. } => ContentCell::Text(Vec::new()),
            ColumnBelow { is_first: true, .. } => ContentCell::ExtendsAbove,
            ColumnBelow { is_first: false, .. } => ContentCell::ExtendsLeft,
        });
        column.rows = column.rows.saturating_sub(1);
    }
}

/// Repeats the text of cells that span rows of the header and of the body, because a cell of a document's table is in
/// one of them.
fn split_below_header(grid: &mut [Vec<ContentCell>], header_rows: usize) {
    let (header, body) = grid.split_at_mut(header_rows.min(grid.len()));
    for (column, cell) in body.iter_mut().take(1).flatten().enumerate() {
        if *cell == ContentCell::ExtendsAbove {
            let above = header.iter().rev().filter_map(|row| row.get(column));
            let text = above.into_iter().find(|above| matches!(above, ContentCell::Text(_)));
            *cell = text.cloned().unwrap_or(ContentCell::Text(Vec::new()));
        }
    }
}

/// Leaves out the columns in which no cell begins.
fn leave_out_columns(grid: &mut [Vec<ContentCell>]) {
    let mut begins = vec![false; grid.iter().map(Vec::len).max().unwrap_or_default()];
    for row in grid.iter() {
        for (begins, cell) in begins.iter_mut().zip(row) {
            *begins |= matches!(cell, ContentCell::Text(_));
        }
    }
    for row in grid {
        let mut begins = begins.iter();
        row.retain(|_| begins.next().copied().unwrap_or_default());
    }
}

fn is_shown(runs: &[TextRun]) -> bool {
    !plain(runs).is_empty()
        || runs.iter().any(|run| matches!(run.content, RunContent::Image { .. }))
}

#[cfg(test)]
mod tests {
    use cong_core::article::{Labels, render};
    use cong_core::markdown_writer::{ArticleContent, write};
    use scraper::{ElementRef, Html, Selector};

    use super::*;

    /// The Markdown of the first table.
    fn markdown(html: &str) -> String {
        let page = Html::parse_document(html);
        let table_element = page.select(&Selector::parse("table").unwrap()).next().unwrap();
        let mut rows = rows(*table_element);
        split_excessive_cells(&mut rows);
        let text = |cell: &HtmlCell<'_>| {
            let text: String = ElementRef::wrap(cell.node).unwrap().text().collect();
            vec![ContentBlock::Paragraph(vec![TextRun::text(text)])]
        };
        let read: Vec<Vec<_>> =
            rows.iter().map(|row| row.cells.iter().map(text).collect()).collect();
        let blocks = vec![table(&rows, &read)];
        write(&ArticleContent { blocks, notes: Vec::new() })
    }

    fn lines(html: &str) -> Vec<String> {
        markdown(html).lines().map(str::to_owned).collect()
    }

    #[test]
    fn merged_cells_and_header_rows_are_kept() {
        assert_eq!(
            lines(
                "<table><thead><tr><th rowspan=2>A<th colspan=2>B<tr><th>C<th>D</thead>\
                 <tr><td rowspan=2>1<td>2<td>3<tr><td colspan=2>4</table>"
            ),
            ["| A | B ||", "| ^^ | C | D |", "| --- | --- | --- |", "| 1 | 2 | 3 |", "| ^^ | 4 ||"]
        );
        // A cell over two rows and two columns.
        assert_eq!(
            lines(
                "<table><tr><th>A<th>B<th>C<tr><td colspan=2 rowspan=2>1<td>2<tr><td>3<tr><td>4<td>5<td>6</table>"
            )[2..],
            ["| 1 || 2 |", "| ^^ || 3 |", "| 4 | 5 | 6 |"]
        );
    }

    #[test]
    fn the_header_ends_where_the_table_shows_it() {
        for (html, header_rows) in [
            ("<tr><th>A<th>B<tr><th>C<th>D<tr><td>1<td>2", 2),
            ("<tr><td rowspan=2>A<td colspan=2>B<tr><td>C<td>D<tr><td>1<td>2<td>3", 2),
            ("<tr><td>A<td>B<tr><td>1<td>2", 1),
            ("<thead><tr><td>A<td>B<tr><td>C<td>D</thead><tr><td>1<td>2", 2),
            ("<thead><tr><td>A<td>B<tr><td>C<td>D</thead>", 1),
            ("<tr><th>A<th>B<tr><th>C<th>D", 1),
        ] {
            let lines = lines(&format!("<table>{html}</table>"));
            let delimiter = lines.iter().position(|line| line.starts_with("| ---"));
            assert_eq!(delimiter, Some(header_rows), "{html}");
        }
    }

    #[test]
    fn a_cell_of_header_and_body_is_in_both() {
        assert_eq!(
            lines("<table><tr><td rowspan=3>A<td>B<tr><td>1<tr><td>2<tr><td>3<td>4</table>"),
            ["| A | B |", "| --- | --- |", "| A | 1 |", "| ^^ | 2 |", "| 3 | 4 |"]
        );
    }

    #[test]
    fn spans_beyond_the_table_are_cut() {
        assert_eq!(
            lines(
                "<table><tr><th>A<th>B<tr><td colspan=40>1<tr><td rowspan=0>2<td>3<tr><td>4</table>"
            )[2..],
            ["| 1 ||", "| 2 | 3 |", "| ^^ | 4 |"]
        );
        // A cell does not cover a column of a cell from above.
        assert_eq!(
            lines(
                "<table><tr><th>A<th>B<th>C<tr><td>1<td rowspan=2>2<td>3<tr><td colspan=2>4<td>5</table>"
            )[2..],
            ["| 1 | 2 | 3 |", "| 4 | ^^ | 5 |"]
        );
    }

    #[test]
    fn cells_that_cover_too_many_places_are_single_cells() {
        let html = format!(
            "<table>{}</table>",
            format!("<tr>{}", "<td colspan=50 rowspan=1000>x".repeat(3)).repeat(500)
        );
        let markdown = markdown(&html);
        assert_eq!(markdown.lines().count(), 501);
        assert!(markdown.lines().all(|line| line.len() < 20), "{markdown:.200}");
    }

    #[test]
    fn a_table_with_more_places_than_a_document_may_have_is_too_large() {
        let is_too_large = |columns: usize, count: usize| {
            let first = format!("<tr>{}", "<td>x".repeat(columns));
            let html = format!("<table>{first}{}</table>", "<tr><td>x".repeat(count));
            let page = Html::parse_document(&html);
            let table = page.select(&Selector::parse("table").unwrap()).next().unwrap();
            is_too_large(&rows(*table))
        };
        assert!(is_too_large(300, 1_000) && !is_too_large(10, 5_000));
    }

    #[test]
    fn the_page_has_the_spans_of_the_original() {
        let cells = "<tr><th rowspan=\"2\">A</th><th colspan=\"2\">B</th></tr><tr><th>C</th><th>D</th></tr>\
                     <tr><td rowspan=\"2\" colspan=\"2\">1</td><td>2</td></tr><tr><td>3</td></tr>\
                     <tr><td>4</td><td colspan=\"2\">5</td></tr>";
        let labels = Labels { table: "", footnotes: "", back_to_text: "" };
        let shown = render(&markdown(&format!("<table>{cells}</table>")), &labels, None).html;
        let spans = |html: &str| -> Vec<(String, Option<String>, Option<String>)> {
            let html = Html::parse_document(html);
            let span = |cell: &ElementRef<'_>, name| cell.value().attr(name).map(str::to_owned);
            html.select(&Selector::parse("th, td").unwrap())
                .map(|cell| (cell.text().collect(), span(&cell, "colspan"), span(&cell, "rowspan")))
                .collect()
        };
        assert_eq!(spans(&shown), spans(&format!("<table>{cells}</table>")), "{shown}");
    }
}
