//! Tells tables with data from tables for layout, and reads a cell as one line of runs.

use super::blocks::{Block, Piece, Run, Style, plain_blocks};

/// Longer cells (in characters) mean that the table is used for layout.
const MAX_CELL_CHARS: usize = 1_500;

/// Whether a table is used for layout: it has one column or one row, or a cell holds something that a data cell
/// cannot.
pub fn is_layout(rows: &[Vec<Vec<Block>>]) -> bool {
    let filled = |row: &Vec<Vec<Block>>| row.iter().filter(|cell| !cell.is_empty()).count();
    let many = rows.iter().filter(|row| filled(row) > 0).count() > 1;
    let wide = rows.iter().any(|row| filled(row) > 1);
    let is_too_much = |cell: &Vec<Block>| {
        cell.iter().any(|block| matches!(block, Block::Table(_) | Block::Heading(..)))
            || plain_blocks(cell).chars().count() > MAX_CELL_CHARS
    };
    !many || !wide || rows.iter().flatten().any(is_too_much)
}

/// The content of a cell, on one line.
pub fn runs_of(blocks: &[Block]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for block in blocks {
        if !runs.is_empty() {
            runs.push(Run::text(" "));
        }
        match block {
            Block::Paragraph(inner) | Block::Heading(_, inner) => {
                runs.extend(inner.iter().cloned())
            }
            Block::List { items, .. } => {
                for item in items {
                    runs.push(Run {
                        piece: Piece::Text(" – ".to_owned()),
                        style: Style::default(),
                    });
                    runs.extend(runs_of(item));
                }
            }
            Block::Quote(inner) => runs.extend(runs_of(inner)),
            other => runs.push(Run::text(other.plain())),
        }
    }
    runs
}
