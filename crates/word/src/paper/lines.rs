//! The lines of a paper, whatever carries them: paragraphs, cells of a table, text boxes, tab stops, line breaks or
//! runs of spaces. The layout rules read only these lines.

use cong_core::markdown_writer::{RunContent, TextRun};
use cong_core::vietnamese::visible_line;

use super::writing::{compact, is_capitals};
use crate::block::{Alignment, WordBlock, WordParagraph, WordTable};
use crate::numbering::MarkKind;

/// One line of text. It is never blank, and has no invisible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperLine {
    pub text: String,
    /// The number of the column that has the line: a column of a table, a text box, or 0 for a paragraph.
    pub column: usize,
    /// The number of the cell or text box that has the line; 0 for a paragraph.
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
    /// The number of columns that are known so far. Text boxes get the next numbers.
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

    /// The cells of the outermost table make columns; tables in cells belong to the column of their cell.
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

/// The marker or label that Word shows before a paragraph.
pub fn label(paragraph: &WordParagraph) -> Option<String> {
    let mark = paragraph.mark.as_ref().filter(|mark| !matches!(mark.kind, MarkKind::Bullet))?;
    Some(mark.text.trim().to_owned()).filter(|label| !label.is_empty())
}

/// The text of a paragraph on one line, with its label. The letters are those of the file.
pub fn text_of(paragraph: &WordParagraph) -> String {
    let text = clean(&split_lines(&paragraph.runs).join(" "));
    match label(paragraph) {
        Some(label) if text.is_empty() => label,
        Some(label) => format!("{label} {text}"),
        None => text,
    }
}

/// The text of a block if it is a paragraph.
pub fn paragraph_of(block: &WordBlock) -> Option<&WordParagraph> {
    match block {
        WordBlock::Paragraph(paragraph) => Some(paragraph),
        WordBlock::Table(_) => None,
    }
}

/// Whether all text of the paragraph is bold. Headings of Word count as bold.
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

/// The texts between line breaks. Tabs are kept.
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

/// The text on one line, without invisible characters, and with `Đ` for the look-alike letter U+00D0.
pub fn clean(text: &str) -> String {
    visible_line(text).replace('\u{D0}', "Đ")
}

/// The texts that stand side by side on one line, separated by tabs or by runs of at least three spaces. Spaces before
/// a letter that is not a capital separate nothing: they leave room for handwriting, as in `ngày     tháng     năm`.
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
