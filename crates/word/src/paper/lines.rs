//! Splits the blocks of a paper into lines: at the ends of paragraphs, cells and text boxes, at line breaks, and at
//! tabs or runs of spaces between texts that stand side by side.

use cong_core::markdown_writer::{RunContent, TextRun};
use cong_core::vietnamese::visible_line;

use super::writing::{compact, is_capitals};
use crate::block::{Alignment, WordBlock, WordParagraph, WordTable};
use crate::numbering::MarkKind;

/// One line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperLine {
    /// Never blank, and without invisible characters.
    pub text: String,
    /// The number of the table column or text box that contains the line; 0 outside tables and text boxes.
    pub column: usize,
    /// The number of the cell or text box that contains the line; 0 outside tables and text boxes.
    pub cell: usize,
    pub is_bold: bool,
    pub is_centered: bool,
    /// Whether a blank line stands before this line in its column.
    pub is_after_blank: bool,
}

/// Collects lines in the order in which they are read.
#[derive(Default)]
pub struct LineReader {
    pub lines: Vec<PaperLine>,
    /// The number of columns so far, including column 0. The next text box gets this number.
    columns: usize,
    /// The number of cells and text boxes that were begun so far.
    cells: usize,
    /// The cell or text box that is being read.
    cell: usize,
    was_blank: bool,
}

impl LineReader {
    /// The lines of a block and of everything in it.
    pub fn read(block: &WordBlock) -> Vec<PaperLine> {
        let mut reader = Self { columns: 1, ..Self::default() };
        reader.block(block, 0);
        reader.lines
    }

    pub fn block(&mut self, block: &WordBlock, column: usize) {
        match block {
            WordBlock::Paragraph(paragraph) => self.paragraph(paragraph, column),
            WordBlock::Table(table) => self.table(table, column),
        }
    }

    /// Reads a table. The outermost table begins new columns; a table in a cell belongs to the column of that cell.
    fn table(&mut self, table: &WordTable, column: usize) {
        let is_outermost = column == 0;
        let base = self.columns;
        for row in &table.rows {
            let mut at = 0;
            for cell in row {
                let column = if is_outermost { base + at } else { column };
                self.columns = self.columns.max(column + 1);
                self.cell(&cell.blocks, column);
                at += usize::from(cell.columns);
            }
        }
    }

    fn paragraph(&mut self, paragraph: &WordParagraph, column: usize) {
        let is_centered = paragraph.alignment == Alignment::Center;
        let label = label(paragraph);
        for (index, text) in split_lines(&paragraph.runs).into_iter().enumerate() {
            let text = match &label {
                Some(label) if index == 0 => format!("{label} {text}"),
                _ => text,
            };
            let is_bold = is_bold(paragraph);
            let pieces = if column == 0 { side_by_side(&text) } else { vec![text.as_str()] };
            let mut has_text = false;
            for piece in pieces {
                let piece = clean(piece);
                let text = if paragraph.is_capitals { piece.to_uppercase() } else { piece };
                if !text.is_empty() {
                    has_text = true;
                    let is_after_blank = self.was_blank;
                    self.lines.push(PaperLine {
                        text,
                        column,
                        cell: self.cell,
                        is_bold,
                        is_centered,
                        is_after_blank,
                    });
                }
            }
            self.was_blank = !has_text;
        }
        for text_box in &paragraph.text_boxes {
            let own = self.columns;
            self.columns += 1;
            self.cell(text_box, own);
        }
    }

    fn cell(&mut self, blocks: &[WordBlock], column: usize) {
        let outer = self.cell;
        self.cells += 1;
        self.cell = self.cells;
        self.was_blank = false;
        for block in blocks {
            self.block(block, column);
        }
        self.cell = outer;
    }
}

/// Returns the number or label that Word shows before a paragraph. A bullet is no label.
pub fn label(paragraph: &WordParagraph) -> Option<String> {
    let mark = paragraph.mark.as_ref().filter(|mark| !matches!(mark.kind, MarkKind::Bullet))?;
    Some(mark.text.trim().to_owned()).filter(|label| !label.is_empty())
}

/// Returns the text of a paragraph on one line, with its label. Letters that only the format shows as capitals keep the
/// case in which they were typed.
pub fn text_of(paragraph: &WordParagraph) -> String {
    let text = clean(&split_lines(&paragraph.runs).join(" "));
    match label(paragraph) {
        Some(label) if text.is_empty() => label,
        Some(label) => format!("{label} {text}"),
        None => text,
    }
}

/// Returns the block as a paragraph, or `None` for a table.
pub fn paragraph_of(block: &WordBlock) -> Option<&WordParagraph> {
    match block {
        WordBlock::Paragraph(paragraph) => Some(paragraph),
        WordBlock::Table(_) => None,
    }
}

/// Whether all text of the paragraph is bold. A paragraph with a heading style counts as bold.
pub fn is_bold(paragraph: &WordParagraph) -> bool {
    let is_blank = |text: &str| text.trim().is_empty();
    let mut has_text = false;
    let all = paragraph.runs.iter().all(|run| match &run.content {
        RunContent::Text(text) if !is_blank(text) => {
            has_text = true;
            run.style.bold
        }
        _ => true,
    });
    paragraph.heading.is_some() || (has_text && all)
}

/// Returns the texts between line breaks. Tabs are kept; pictures and references to notes are left out.
pub fn split_lines(runs: &[TextRun]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for run in runs {
        match &run.content {
            RunContent::Text(text) => {
                if let Some(line) = lines.last_mut() {
                    line.push_str(text);
                }
            }
            RunContent::Break => lines.push(String::new()),
            RunContent::Image { .. } | RunContent::Note(_) => {}
        }
    }
    lines
}

/// Returns the text on one line, without invisible characters, and with `Đ` in place of the similar letter U+00D0.
pub fn clean(text: &str) -> String {
    visible_line(text).replace('\u{D0}', "Đ")
}

/// Splits a line into the texts that stand side by side, separated by tabs or by at least three spaces. Spaces before a
/// small letter are no separator: they leave room for handwriting, as in `ngày     tháng     năm`.
fn side_by_side(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for tabbed in line.split('\t') {
        let mut start = 0;
        let mut spaces = 0;
        for (at, c) in tabbed.char_indices() {
            if c == ' ' || c == '\u{A0}' {
                spaces += 1;
                continue;
            }
            if spaces >= 3 && c.is_uppercase() {
                let piece = tabbed.get(start..at).unwrap_or_default();
                let is_label = compact(piece) == "so";
                let is_spaced_out = piece.split_whitespace().all(|word| word.chars().count() == 1);
                if !(is_label || is_spaced_out && is_capitals(piece)) {
                    pieces.push(piece);
                    start = at;
                }
            }
            spaces = 0;
        }
        pieces.push(tabbed.get(start..).unwrap_or_default());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let runs = vec![TextRun::text(text)];
        let paragraph = WordParagraph { runs, ..WordParagraph::default() };
        LineReader::read(&WordBlock::Paragraph(paragraph)).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn tabs_and_runs_of_spaces_put_texts_side_by_side() {
        assert_eq!(texts("\t\tSỞ Y TẾ\tĐộc lập"), ["SỞ Y TẾ", "Độc lập"]);
        assert_eq!(texts("  UBND XÃ    Số: 5"), ["UBND XÃ", "Số: 5"]);
        assert_eq!(texts("ngày     tháng     năm 2026"), ["ngày tháng năm 2026"]);
        assert_eq!(texts("Số:        QĐ-UBND"), ["Số: QĐ-UBND"]);
        assert_eq!(texts("Q U Y Ế T   Đ Ị N H"), ["Q U Y Ế T Đ Ị N H"]);
    }

    #[test]
    fn columns_of_a_table_have_their_own_lines() {
        let cell = |text: &str| crate::block::WordCell {
            columns: 1,
            extends_above: false,
            blocks: vec![WordBlock::Paragraph(WordParagraph {
                runs: vec![TextRun::text(text)],
                ..WordParagraph::default()
            })],
        };
        let rows = vec![vec![cell("a"), cell("b")], vec![cell("c"), cell("d")]];
        let table = WordBlock::Table(WordTable { rows, ..WordTable::default() });
        let found: Vec<_> =
            LineReader::read(&table).into_iter().map(|line| (line.column, line.text)).collect();
        let expected = [(1, "a"), (2, "b"), (1, "c"), (2, "d")];
        assert_eq!(found, expected.map(|(column, text)| (column, text.to_owned())));
    }
}
