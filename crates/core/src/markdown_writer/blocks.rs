//! The content of an article: blocks, and in them runs of text with one style.

use crate::vietnamese::{is_invisible, single_line};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentBlock {
    /// A heading with its level, 1 to 6, and its text. The level is that of the imported text until
    /// [`ArticleContent::relevel`] corrects it.
    Heading(u8, Vec<TextRun>),
    Paragraph(Vec<TextRun>),
    Quote(Vec<ContentBlock>),
    List {
        start: Option<u32>,
        items: Vec<Vec<ContentBlock>>,
    },
    Table(ContentTable),
    /// Text in which line breaks and spaces are significant.
    Code(String),
    Rule,
}

/// A table: its cells row by row. The text of a merged cell is in its first row and first column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentTable {
    /// The number of rows that are the header. A table in Markdown has at least one, so 0 counts as 1.
    pub header_rows: usize,
    pub rows: Vec<Vec<ContentCell>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentCell {
    Text(Vec<TextRun>),
    /// A part of the merged cell on the left.
    ExtendsLeft,
    /// A part of the merged cell above.
    ExtendsAbove,
}

/// A part of a paragraph with one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRun {
    pub content: RunContent,
    pub style: RunStyle,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunStyle {
    pub bold: bool,
    pub italic: bool,
    /// Whether the text is struck out, which marks text that is no longer valid.
    pub struck: bool,
    /// The address of the link that the run belongs to; `None` outside links.
    pub link: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunContent {
    Text(String),
    Break,
    Image {
        address: String,
        alt: String,
        title: String,
    },
    /// A reference to a footnote, by its number.
    Note(usize),
}

/// The content of an article: its blocks and its footnotes. The first footnote in `notes` has the number 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleContent {
    pub blocks: Vec<ContentBlock>,
    pub notes: Vec<Vec<ContentBlock>>,
}

impl ContentTable {
    /// The texts of all cells. A merged cell has one text.
    pub fn texts(&self) -> impl Iterator<Item = &Vec<TextRun>> {
        self.rows.iter().flatten().filter_map(|cell| match cell {
            ContentCell::Text(runs) => Some(runs),
            ContentCell::ExtendsLeft | ContentCell::ExtendsAbove => None,
        })
    }

    pub fn for_each_run(&mut self, change: &mut dyn FnMut(&mut TextRun)) {
        for cell in self.rows.iter_mut().flatten() {
            if let ContentCell::Text(runs) = cell {
                runs.iter_mut().for_each(&mut *change);
            }
        }
    }
}

impl TextRun {
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: RunContent::Text(text.into()), style: RunStyle::default() }
    }
}

/// The plain text of the runs, on one line. Pictures and references to footnotes are left out.
pub fn plain(runs: &[TextRun]) -> String {
    let mut text = String::new();
    for run in runs {
        match &run.content {
            RunContent::Text(part) => text.push_str(part),
            RunContent::Break => text.push(' '),
            RunContent::Image { .. } | RunContent::Note(_) => {}
        }
    }
    single_line(&text)
}

/// Writes a superscript or subscript as plain text, because Markdown has neither. If Unicode has a raised or lowered
/// form of every character, these forms are used (m², 10⁻⁶, CO₂). Other text follows `^` or `_`: 10^1,5.
pub fn script_text(text: &str, is_raised: bool) -> String {
    let (plain, moved, mark) = if is_raised {
        ("0123456789+-−–=()niN", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱᴺ", '^')
    } else {
        ("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎", '_')
    };
    let character = |c: char| match c {
        c if c.is_whitespace() => Some(c),
        c => plain.chars().position(|known| known == c).and_then(|at| moved.chars().nth(at)),
    };
    let trimmed = text.trim();
    if let Some(moved) = text.chars().map(character).collect::<Option<String>>() {
        return moved;
    }
    if !trimmed.chars().any(char::is_alphanumeric) {
        return text.to_owned();
    }
    let (before, after) = text.split_once(trimmed).unwrap_or_default();
    if trimmed.contains(char::is_whitespace) {
        format!("{before}{mark}({trimmed}){after}")
    } else {
        format!("{before}{mark}{trimmed}{after}")
    }
}

/// Whether the runs contain nothing but white space, invisible characters and line breaks.
pub fn is_blank(runs: &[TextRun]) -> bool {
    runs.iter().all(|run| match &run.content {
        RunContent::Text(text) => text.chars().all(|c| c.is_whitespace() || is_invisible(c)),
        RunContent::Break => true,
        RunContent::Image { .. } | RunContent::Note(_) => false,
    })
}

impl ContentBlock {
    /// The plain text of the block, with that of its inner blocks, on one line.
    pub fn plain(&self) -> String {
        match self {
            Self::Heading(_, runs) | Self::Paragraph(runs) => plain(runs),
            Self::Quote(blocks) => plain_blocks(blocks),
            Self::List { items, .. } => {
                items.iter().map(|item| plain_blocks(item)).collect::<Vec<_>>().join(" ")
            }
            Self::Table(table) => {
                table.texts().map(|cell| plain(cell)).collect::<Vec<_>>().join(" ")
            }
            Self::Code(text) => single_line(text),
            Self::Rule => String::new(),
        }
    }

    /// Calls `change` for every run in the block, including those of inner blocks.
    pub fn for_each_run(&mut self, change: &mut dyn FnMut(&mut TextRun)) {
        match self {
            Self::Heading(_, runs) | Self::Paragraph(runs) => runs.iter_mut().for_each(change),
            Self::Quote(blocks) => blocks.iter_mut().for_each(|block| block.for_each_run(change)),
            Self::List { items, .. } => {
                items.iter_mut().flatten().for_each(|block| block.for_each_run(change));
            }
            Self::Table(table) => table.for_each_run(change),
            Self::Code(_) | Self::Rule => {}
        }
    }
}

/// The plain text of the blocks, on one line.
pub fn plain_blocks(blocks: &[ContentBlock]) -> String {
    single_line(&blocks.iter().map(ContentBlock::plain).collect::<Vec<_>>().join(" "))
}

impl ArticleContent {
    /// Whether the content has nothing to show: its blocks are only rules, and paragraphs and headings that are blank.
    pub fn is_empty(&self) -> bool {
        self.blocks.iter().all(|block| match block {
            ContentBlock::Paragraph(runs) | ContentBlock::Heading(_, runs) => is_blank(runs),
            ContentBlock::Rule => true,
            _ => false,
        })
    }

    pub fn for_each_run(&mut self, change: &mut dyn FnMut(&mut TextRun)) {
        let notes = self.notes.iter_mut().flatten();
        self.blocks.iter_mut().chain(notes).for_each(|block| block.for_each_run(change));
    }

    /// Makes headings start at level 2, because the page's title is level 1, and go down without skipping a level.
    pub fn relevel(&mut self) {
        let mut open: Vec<u8> = Vec::new();
        for block in &mut self.blocks {
            if let ContentBlock::Heading(level, _) = block {
                open.retain(|outer| *outer < *level);
                open.push(*level);
                *level = u8::try_from(open.len() + 1).unwrap_or(6).min(6);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_begin_at_the_second_level_and_never_jump() {
        let levels = |written: &[u8]| {
            let blocks = written
                .iter()
                .map(|l| ContentBlock::Heading(*l, vec![TextRun::text("x")]))
                .collect();
            let mut body = ArticleContent { blocks, notes: Vec::new() };
            body.relevel();
            let level = |block: &ContentBlock| {
                if let ContentBlock::Heading(level, _) = block { *level } else { 0 }
            };
            body.blocks.iter().map(level).collect::<Vec<_>>()
        };
        assert_eq!(levels(&[1, 2, 2, 3]), [2, 3, 3, 4]);
        assert_eq!(levels(&[4, 6, 4, 5]), [2, 3, 2, 3]);
        assert_eq!(levels(&[3, 1, 6, 2]), [2, 2, 3, 3]);
        assert_eq!(levels(&[1, 2, 3, 4, 5, 6]), [2, 3, 4, 5, 6, 6]);
    }
}
