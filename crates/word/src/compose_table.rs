//! Makes a table of an article from a table of a Word file, or text if the table serves only for layout.

use cong_core::markdown_writer::{
    ContentBlock, ContentCell, ContentTable, TextRun, cell_runs, is_blank, plain,
};

use crate::block::{WordBlock, WordCell, WordTable};
use crate::compose::{compose, compose_cell};
use crate::problem::WordOmission;

/// The length from which a cell of a table without borders is taken for text that is laid out in columns, in
/// characters.
const LONG_CELL_CHARS: usize = 1_500;

/// Converts a table. A table that serves only for layout is replaced by its content.
pub fn table(table: WordTable, left_out: &mut Vec<WordOmission>) -> Vec<ContentBlock> {
    let layout = layout_of(&table);
    if layout != TableUse::Data {
        if layout == TableUse::Columns {
            leave_out(left_out, WordOmission::TableTakenApart);
        }
        let cells = table.rows.into_iter().flatten().filter(|cell| !cell.extends_above);
        return cells.flat_map(|cell| compose(cell.blocks, left_out)).collect();
    }
    let header_rows = table.header_rows.max(1);
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in table.rows {
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            cells.push(if cell.extends_above {
                ContentCell::ExtendsAbove
            } else {
                let blocks = compose_cell(cell.blocks, left_out);
                ContentCell::Text(runs_of(in_one_line(blocks, left_out)))
            });
            cells.extend((1..cell.columns).map(|_| ContentCell::ExtendsLeft));
        }
        rows.push(cells);
    }
    vec![ContentBlock::Table(ContentTable { header_rows, rows })]
}

/// The runs of a cell. Most cells have one paragraph, whose runs are taken and not copied.
fn runs_of(mut blocks: Vec<ContentBlock>) -> Vec<TextRun> {
    match blocks.pop_if(|block| matches!(block, ContentBlock::Paragraph(_))) {
        Some(ContentBlock::Paragraph(runs)) if blocks.is_empty() => runs,
        last => {
            blocks.extend(last);
            let mut runs = cell_runs(&blocks);
            runs.shrink_to_fit();
            runs
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TableUse {
    Data,
    /// One row or one column: a frame around text.
    Frame,
    /// Text in columns, with headings or tables in cells, and without borders.
    Columns,
}

fn layout_of(table: &WordTable) -> TableUse {
    let filled = |row: &[WordCell]| row.iter().filter(|cell| has_content(&cell.blocks)).count();
    let has_rows = table.rows.iter().filter(|row| filled(row) > 0).count() > 1;
    let has_columns = table.rows.iter().any(|row| filled(row) > 1);
    if !has_rows || !has_columns {
        return TableUse::Frame;
    }
    let is_narrow = table.rows.iter().all(|row| row.len() <= 2);
    let has_structure = |blocks: &[WordBlock]| {
        let mut length = 0;
        blocks.iter().any(|block| match block {
            WordBlock::Table(_) => true,
            WordBlock::Paragraph(paragraph) => {
                length += plain(&paragraph.runs).chars().count();
                paragraph.heading.is_some() || length > LONG_CELL_CHARS
            }
        })
    };
    let mut cells = table.rows.iter().flatten();
    if !table.has_borders && is_narrow && cells.any(|cell| has_structure(&cell.blocks)) {
        return TableUse::Columns;
    }
    TableUse::Data
}

fn has_content(blocks: &[WordBlock]) -> bool {
    blocks.iter().any(|block| match block {
        WordBlock::Table(_) => true,
        WordBlock::Paragraph(paragraph) => {
            !is_blank(&paragraph.runs)
                || paragraph.mark.is_some()
                || !paragraph.text_boxes.is_empty()
        }
    })
}

/// Replaces tables and headings in a cell by paragraphs, because a cell of an article has only text.
fn in_one_line(blocks: Vec<ContentBlock>, left_out: &mut Vec<WordOmission>) -> Vec<ContentBlock> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            ContentBlock::Table(table) => {
                leave_out(left_out, WordOmission::NestedTable);
                for row in table.rows {
                    let mut runs: Vec<TextRun> = Vec::new();
                    for cell in row {
                        let ContentCell::Text(text) = cell else { continue };
                        if !runs.is_empty() {
                            runs.push(TextRun::text("; "));
                        }
                        runs.extend(text);
                    }
                    out.push(ContentBlock::Paragraph(runs));
                }
            }
            ContentBlock::Heading(_, runs) => {
                leave_out(left_out, WordOmission::HeadingInTable);
                out.push(ContentBlock::Paragraph(runs));
            }
            other => out.push(other),
        }
    }
    out
}

fn leave_out(left_out: &mut Vec<WordOmission>, what: WordOmission) {
    if !left_out.contains(&what) {
        left_out.push(what);
    }
}
