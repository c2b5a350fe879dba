//! Makes the content of an article from the blocks of a Word file: headings, lists and tables.

use cong_core::markdown_writer::{ContentBlock, ContentCell, ContentTable, TextRun, is_blank};

use crate::block::{WordBlock, WordParagraph, WordTable};
use crate::compose_table::{TableUse, cell_text, layout_of, leave_out};
use crate::lists::{MarkedParagraph, lists};
use crate::numbering::{MarkKind, ParagraphMark};
use crate::problem::WordOmission;

/// Converts blocks. The content of a text box follows the paragraph in which the box is anchored. Parts that an
/// article cannot keep are added to `left_out`.
pub fn compose(blocks: Vec<WordBlock>, left_out: &mut Vec<WordOmission>) -> Vec<ContentBlock> {
    Composer::new(left_out, false).compose(blocks)
}

/// Converts a table. A table that serves only for layout is replaced by the content of its cells.
fn table(table: WordTable, left_out: &mut Vec<WordOmission>) -> Vec<ContentBlock> {
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
                ContentCell::Text(cell_text(blocks, left_out))
            });
            cells.extend((1..cell.columns).map(|_| ContentCell::ExtendsLeft));
        }
        rows.push(cells);
    }
    vec![ContentBlock::Table(ContentTable { header_rows, rows })]
}

/// Converts the blocks of a cell of a table. Numbers and labels become text, because a cell cannot contain a numbered
/// list. A paragraph that has only a number or label is kept: such paragraphs number the rows or columns of a table.
fn compose_cell(blocks: Vec<WordBlock>, left_out: &mut Vec<WordOmission>) -> Vec<ContentBlock> {
    Composer::new(left_out, true).compose(blocks)
}

struct Composer<'l> {
    out: Vec<ContentBlock>,
    /// The items of the list that is not yet complete.
    items: Vec<MarkedParagraph>,
    left_out: &'l mut Vec<WordOmission>,
    is_in_cell: bool,
}

impl<'l> Composer<'l> {
    fn new(left_out: &'l mut Vec<WordOmission>, is_in_cell: bool) -> Self {
        Self { out: Vec::new(), items: Vec::new(), left_out, is_in_cell }
    }

    fn compose(mut self, blocks: Vec<WordBlock>) -> Vec<ContentBlock> {
        self.add_all(blocks);
        self.end_list();
        self.out
    }

    fn add_all(&mut self, blocks: Vec<WordBlock>) {
        for block in blocks {
            match block {
                WordBlock::Paragraph(paragraph) => self.paragraph(paragraph),
                WordBlock::Table(found) => {
                    self.end_list();
                    self.out.extend(table(found, self.left_out));
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: WordParagraph) {
        let WordParagraph { mut runs, mark, heading, text_boxes, .. } = paragraph;
        let is_number = mark.as_ref().is_some_and(|mark| !matches!(mark.kind, MarkKind::Bullet));
        if !is_blank(&runs) || self.is_in_cell && is_number {
            let as_text = self.is_in_cell || heading.is_some();
            let label = match mark.as_deref() {
                Some(ParagraphMark { kind: MarkKind::Label(_), text, .. }) => Some(text),
                Some(ParagraphMark { kind: MarkKind::Number(_), text, .. }) if as_text => {
                    Some(text)
                }
                _ => None,
            };
            if let Some(label) = label {
                runs.insert(0, TextRun::text(label));
            }
            match (heading, mark.map(|mark| *mark)) {
                (Some(level), _) => {
                    self.end_list();
                    self.out.push(ContentBlock::Heading(level.max(1), runs));
                }
                (None, Some(ParagraphMark { level, kind: MarkKind::Bullet, .. })) => {
                    self.item(level, None, runs);
                }
                (None, Some(ParagraphMark { level, kind: MarkKind::Number(number), .. }))
                    if !self.is_in_cell =>
                {
                    self.item(level, Some(number), runs);
                }
                _ => {
                    self.end_list();
                    self.out.push(ContentBlock::Paragraph(runs));
                }
            }
        }
        for text_box in text_boxes {
            self.end_list();
            self.add_all(text_box);
            self.end_list();
        }
    }

    fn item(&mut self, level: usize, number: Option<u32>, runs: Vec<TextRun>) {
        let block = ContentBlock::Paragraph(runs);
        self.items.push(MarkedParagraph { level, number, block });
    }

    fn end_list(&mut self) {
        let items = std::mem::take(&mut self.items);
        self.out.extend(lists(items));
    }
}
