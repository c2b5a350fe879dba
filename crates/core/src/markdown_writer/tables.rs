//! Tells tables with data from tables for layout, and puts the content of a cell on one line.

use super::blocks::{ContentBlock, RunContent, RunStyle, TextRun, plain_blocks};

/// The maximum length of a cell in a table with data, in characters. A table with a longer cell is taken for a table
/// that is used for layout.
const MAX_CELL_CHARS: usize = 1_500;

/// Whether a table is used for layout: it has one column or one row, or one of its cells contains a table, a heading or
/// a very long text.
pub fn is_layout(rows: &[Vec<Vec<ContentBlock>>]) -> bool {
    let filled = |row: &Vec<Vec<ContentBlock>>| row.iter().filter(|cell| !cell.is_empty()).count();
    let many = rows.iter().filter(|row| filled(row) > 0).count() > 1;
    let wide = rows.iter().any(|row| filled(row) > 1);
    let is_too_much = |cell: &Vec<ContentBlock>| {
        cell.iter().any(|block| matches!(block, ContentBlock::Table(_) | ContentBlock::Heading(..)))
            || plain_blocks(cell).chars().count() > MAX_CELL_CHARS
    };
    !many || !wide || rows.iter().flatten().any(is_too_much)
}

/// Converts the blocks in a cell to runs on one line.
pub fn cell_runs(blocks: &[ContentBlock]) -> Vec<TextRun> {
    let mut runs: Vec<TextRun> = Vec::new();
    for block in blocks {
        if !runs.is_empty() {
            runs.push(TextRun::text(" "));
        }
        match block {
            ContentBlock::Paragraph(inner) | ContentBlock::Heading(_, inner) => {
                runs.extend(inner.iter().cloned())
            }
            ContentBlock::List { items, .. } => {
                for item in items {
                    runs.push(TextRun {
                        content: RunContent::Text(" – ".to_owned()),
                        style: RunStyle::default(),
                    });
                    runs.extend(cell_runs(item));
                }
            }
            ContentBlock::Quote(inner) => runs.extend(cell_runs(inner)),
            other => runs.push(TextRun::text(other.plain())),
        }
    }
    runs
}
