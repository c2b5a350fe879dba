//! Reads the rows and cells of a table, and builds the table of the article from the converted cells.

use cong_core::markdown_writer::{
    ContentBlock, ContentCell, ContentTable, RunContent, TextRun, cell_runs, plain,
};
use ego_tree::NodeRef;
use scraper::Node;

use super::kinds::is_named;

/// The maximum number of columns that a cell can span. A larger `colspan` is reduced to this number.
const MAX_SPAN: usize = 50;
/// The maximum number of rows in the header of a table. If the header seems to have more, only its first row counts.
const MAX_HEADER: usize = 3;

pub struct HtmlCell<'a> {
    pub node: NodeRef<'a, Node>,
    columns: usize,
    rows: usize,
}

/// Builds a table. `read` contains the converted content of each cell of `rows`.
pub fn table(rows: &[Vec<HtmlCell<'_>>], read: &[Vec<Vec<ContentBlock>>]) -> ContentBlock {
    let mut grid = grid(rows, read);
    join_header(&mut grid, header_rows(rows));
    let rows = grid.into_iter().map(|row| row.into_iter().map(ContentCell::Text).collect());
    ContentBlock::Table(ContentTable { header_rows: 1, rows: rows.collect() })
}

pub fn has_merged_cells(rows: &[Vec<HtmlCell<'_>>]) -> bool {
    rows.iter().flatten().any(|cell| cell.columns > 1 || cell.rows > 1)
}

/// Returns how many rows the header has. It has several if some cells of the first row span several columns, and every
/// other cell of that row spans all rows of the header.
fn header_rows(rows: &[Vec<HtmlCell<'_>>]) -> usize {
    let first = rows.first().map(Vec::as_slice).unwrap_or_default();
    let height = first.iter().map(|cell| cell.rows).max().unwrap_or(1);
    let is_header = first.iter().all(|cell| cell.rows == height || cell.columns > 1)
        && first.iter().any(|cell| cell.columns > 1);
    if is_header && height <= MAX_HEADER && rows.len() > height { height } else { 1 }
}

/// Joins the rows of a header into one, because tables in articles have a single header row. `Điểm` (marks) above
/// `Viết` (written) becomes `Điểm – Viết`.
fn join_header(grid: &mut Vec<Vec<Vec<TextRun>>>, height: usize) {
    for below in grid.drain(1..height.min(grid.len())).collect::<Vec<_>>() {
        let Some(header) = grid.first_mut() else { return };
        for (cell, below) in header.iter_mut().zip(below) {
            let (above_text, below_text) = (plain(cell), plain(&below));
            if above_text != below_text && !below_text.is_empty() {
                if !above_text.is_empty() {
                    cell.push(TextRun::text(" – "));
                }
                cell.extend(below);
            }
        }
    }
}

/// The rows of a table, without those of tables nested in it.
pub fn rows(table: NodeRef<'_, Node>) -> Vec<Vec<HtmlCell<'_>>> {
    let parts = table.children().flat_map(|child| {
        let is_part = ["thead", "tbody", "tfoot"].iter().any(|name| is_named(&child, name));
        if is_part { child.children().collect::<Vec<_>>() } else { vec![child] }
    });
    let rows = parts.filter(|part| is_named(part, "tr"));
    rows.map(|row| row.children().filter_map(cell).collect()).collect()
}

fn cell(node: NodeRef<'_, Node>) -> Option<HtmlCell<'_>> {
    let element = node.value().as_element().filter(|e| matches!(e.name(), "td" | "th"))?;
    let span =
        |name| element.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1_usize);
    Some(HtmlCell {
        node,
        columns: span("colspan").clamp(1, MAX_SPAN),
        rows: span("rowspan").clamp(1, 1_000),
    })
}

/// Arranges the cells in rows and columns without spans. A cell that spans several rows is repeated in each row. A cell
/// of the header that spans several columns is repeated in each column; in other rows, such a cell fills only its first
/// column.
fn grid(rows: &[Vec<HtmlCell<'_>>], read: &[Vec<Vec<ContentBlock>>]) -> Vec<Vec<Vec<TextRun>>> {
    let mut grid: Vec<Vec<Vec<TextRun>>> = Vec::new();
    // For each column: how many more rows the cell above spans, and the content of that cell.
    let mut hanging: Vec<(usize, Vec<TextRun>)> = Vec::new();
    for (row, blocks) in rows.iter().zip(read) {
        let mut line: Vec<Vec<TextRun>> = Vec::new();
        let take_hanging = |line: &mut Vec<Vec<TextRun>>,
                            hanging: &mut Vec<(usize, Vec<TextRun>)>| {
            while let Some((left, runs)) = hanging.get_mut(line.len()).filter(|(left, _)| *left > 0)
            {
                *left -= 1;
                let runs = runs.clone();
                line.push(runs);
            }
        };
        for (cell, blocks) in row.iter().zip(blocks) {
            take_hanging(&mut line, &mut hanging);
            let runs = cell_runs(blocks);
            for column in 0..cell.columns {
                let content =
                    if column == 0 || grid.is_empty() { runs.clone() } else { Vec::new() };
                let at = line.len();
                if hanging.len() <= at {
                    hanging.resize(at + 1, (0, Vec::new()));
                }
                hanging[at] = (cell.rows - 1, content.clone());
                line.push(content);
            }
        }
        take_hanging(&mut line, &mut hanging);
        if line.iter().any(|cell| !plain(cell).is_empty() || cell.iter().any(is_image)) {
            grid.push(line);
        }
    }
    grid
}

fn is_image(run: &TextRun) -> bool {
    matches!(run.content, RunContent::Image { .. })
}
