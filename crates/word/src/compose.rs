//! Makes the content of an article from the blocks of a Word file: headings, lists and tables.

use cong_core::markdown_writer::{
    ContentBlock, ContentCell, ContentTable, TextRun, cell_runs, is_blank, is_layout,
};

use crate::block::{WordBlock, WordCell, WordParagraph, WordTable};
use crate::lists::{MarkedParagraph, lists};
use crate::numbering::{MarkKind, ParagraphMark};

/// Converts the blocks. The content of text boxes follows the paragraph in which they are anchored.
pub fn compose(blocks: Vec<WordBlock>) -> Vec<ContentBlock> {
    let mut composer = Composer::default();
    composer.add_all(blocks);
    composer.end_list();
    composer.out
}

#[derive(Default)]
struct Composer {
    out: Vec<ContentBlock>,
    /// The items of the list that is not yet complete.
    items: Vec<MarkedParagraph>,
}

impl Composer {
    fn add_all(&mut self, blocks: Vec<WordBlock>) {
        for block in blocks {
            match block {
                WordBlock::Paragraph(paragraph) => self.paragraph(paragraph),
                WordBlock::Table(table) => {
                    self.end_list();
                    self.table(table);
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: WordParagraph) {
        let WordParagraph { mut runs, mark, heading, text_boxes, .. } = paragraph;
        if !is_blank(&runs) {
            let label = match &mark {
                Some(ParagraphMark { kind: MarkKind::Label(label), .. }) => Some(label.clone()),
                Some(ParagraphMark { kind: MarkKind::Number(number), .. }) if heading.is_some() => {
                    Some(format!("{number}."))
                }
                _ => None,
            };
            if let Some(label) = label {
                runs.insert(0, TextRun::text(format!("{label} ")));
            }
            match (heading, mark) {
                (Some(level), _) => {
                    self.end_list();
                    self.out.push(ContentBlock::Heading(level.max(1), runs));
                }
                (None, Some(ParagraphMark { level, kind: MarkKind::Bullet })) => {
                    self.item(level, None, runs);
                }
                (None, Some(ParagraphMark { level, kind: MarkKind::Number(number) })) => {
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

    /// Adds a table. A table that serves only for layout is replaced by its content.
    fn table(&mut self, table: WordTable) {
        let header_rows = table.header_rows.max(1);
        let cell = |cell: WordCell| (cell.columns, cell.extends_above, compose(cell.blocks));
        let rows = table.rows.into_iter().map(|row| row.into_iter().map(cell).collect::<Vec<_>>());
        let rows: Vec<_> = rows.collect();
        let contents = |row: &Vec<(usize, bool, Vec<ContentBlock>)>| -> Vec<Vec<ContentBlock>> {
            row.iter().map(|(_, _, blocks)| blocks.clone()).collect()
        };
        let contents: Vec<_> = rows.iter().map(contents).collect();
        if is_layout(&contents) {
            self.out.extend(contents.into_iter().flatten().flatten());
            return;
        }
        let rows = rows.into_iter().map(|row| {
            let mut cells = Vec::new();
            for (columns, extends_above, blocks) in row {
                cells.push(if extends_above {
                    ContentCell::ExtendsAbove
                } else {
                    ContentCell::Text(cell_runs(&blocks))
                });
                cells.extend((1..columns).map(|_| ContentCell::ExtendsLeft));
            }
            cells
        });
        let rows = rows.collect();
        self.out.push(ContentBlock::Table(ContentTable { header_rows, rows }));
    }
}
