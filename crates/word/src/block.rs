//! The text of a Word file as blocks with the layout that Word shows: paragraphs and tables, in the order of the file.
//! The rules for official papers ([`crate::paper`]) read these blocks; [`crate::compose`] makes the content of an
//! article from them.

use cong_core::markdown_writer::TextRun;

use crate::numbering::ParagraphMark;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordBlock {
    Paragraph(WordParagraph),
    Table(WordTable),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordParagraph {
    /// The text without the marker or label that Word generates. A tab is the character `\t`.
    pub runs: Vec<TextRun>,
    /// The list marker or label that Word shows before the text. Boxed to save memory: most paragraphs have none, and a
    /// file may have very many paragraphs.
    pub mark: Option<Box<ParagraphMark>>,
    /// The level of a heading, from 1, by the paragraph's style. The style "Title" has level 0.
    pub heading: Option<u8>,
    pub alignment: Alignment,
    /// Whether Word shows all letters as capitals. The letters in `runs` keep the case in which they were typed.
    pub is_capitals: bool,
    /// Whether the paragraph is the first on a page: after a page break or in a new section.
    pub starts_page: bool,
    /// The content of the text boxes that are anchored in the paragraph.
    pub text_boxes: Vec<Vec<WordBlock>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Left-aligned or justified.
    #[default]
    Start,
    Center,
    End,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordTable {
    pub rows: Vec<Vec<WordCell>>,
    /// The number of rows that Word repeats on each page as the header.
    pub header_rows: usize,
    pub has_borders: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordCell {
    /// The number of columns that the cell spans, at least 1.
    pub columns: u16,
    /// Whether the cell is a part of the merged cell above.
    pub extends_above: bool,
    pub blocks: Vec<WordBlock>,
}
