//! Tells tables of data from tables that serve only for layout, and makes the text of a cell one line.

use cong_core::markdown_writer::{ContentBlock, ContentCell, TextRun, cell_runs, is_blank, plain};

use crate::block::{WordBlock, WordCell, WordTable};
use crate::problem::WordOmission;

/// In a table without borders, a cell with more characters than this is taken for a column of running text.
const LONG_CELL_CHARS: usize = 1_500;

/// Returns the text of a cell. Tables and headings in the cell become plain text.
pub fn cell_text(blocks: Vec<ContentBlock>, left_out: &mut Vec<WordOmission>) -> Vec<TextRun> {
    runs_of(in_one_line(blocks, left_out))
}

/// Returns the runs of a cell. If the cell has a single paragraph, as most cells do, the runs are moved, not copied.
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

/// The purpose of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TableUse {
    Data,
    /// A frame around text: only one row or one column has content.
    Frame,
    /// Running text in two columns: the table has no borders, and a cell has a heading, a table or more than
    /// [`LONG_CELL_CHARS`] characters.
    Columns,
}

pub fn layout_of(table: &WordTable) -> TableUse {
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

/// Replaces tables and headings in a cell by paragraphs, because a cell in an article contains only text.
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

/// Adds an omission to `left_out`, unless the list already contains it.
pub fn leave_out(left_out: &mut Vec<WordOmission>, what: WordOmission) {
    if !left_out.contains(&what) {
        left_out.push(what);
    }
}
