//! The content of a document, independent of its source format: blocks, and in them runs of text with one
//! style. `markdown` writes them as text.

use cong_core::vietnamese::single_line;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The level, 1 to 6, as in the source; `relevel` corrects it.
    Heading(u8, Vec<Run>),
    Paragraph(Vec<Run>),
    Quote(Vec<Block>),
    List {
        start: Option<u32>,
        items: Vec<Vec<Block>>,
    },
    /// Rows of cells; the first row is the header.
    Table(Vec<Vec<Vec<Run>>>),
    /// Text in which line breaks and spaces are significant.
    Code(String),
    Rule,
}

/// A part of a paragraph, with one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub piece: Piece,
    pub style: Style,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub bold: bool,
    pub italic: bool,
    /// The target of the link.
    pub link: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Break,
    Image {
        address: String,
        alt: String,
        title: String,
    },
    /// A reference to a footnote, by its number in the body.
    Note(usize),
}

/// The body of a document. Footnotes are numbered from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub blocks: Vec<Block>,
    pub notes: Vec<Vec<Block>>,
}

impl Run {
    pub fn text(text: impl Into<String>) -> Self {
        Self { piece: Piece::Text(text.into()), style: Style::default() }
    }
}

pub fn plain(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match &run.piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Break => text.push(' '),
            Piece::Image { .. } | Piece::Note(_) => {}
        }
    }
    single_line(&text)
}

/// Whether the runs show nothing.
pub fn is_blank(runs: &[Run]) -> bool {
    runs.iter().all(|run| match &run.piece {
        Piece::Text(text) => text.chars().all(|c| c.is_whitespace() || is_invisible(c)),
        Piece::Break => true,
        Piece::Image { .. } | Piece::Note(_) => false,
    })
}

/// Invisible characters that word processors and browsers leave in texts.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

impl Block {
    /// All text of the block on one line.
    pub fn plain(&self) -> String {
        match self {
            Self::Heading(_, runs) | Self::Paragraph(runs) => plain(runs),
            Self::Quote(blocks) => plain_blocks(blocks),
            Self::List { items, .. } => {
                items.iter().map(|item| plain_blocks(item)).collect::<Vec<_>>().join(" ")
            }
            Self::Table(rows) => {
                rows.iter().flatten().map(|cell| plain(cell)).collect::<Vec<_>>().join(" ")
            }
            Self::Code(text) => single_line(text),
            Self::Rule => String::new(),
        }
    }

    /// Calls `change` for every run in the block, including those of inner blocks.
    pub fn for_each_run(&mut self, change: &mut dyn FnMut(&mut Run)) {
        match self {
            Self::Heading(_, runs) | Self::Paragraph(runs) => runs.iter_mut().for_each(change),
            Self::Quote(blocks) => blocks.iter_mut().for_each(|block| block.for_each_run(change)),
            Self::List { items, .. } => {
                items.iter_mut().flatten().for_each(|block| block.for_each_run(change));
            }
            Self::Table(rows) => rows.iter_mut().flatten().flatten().for_each(change),
            Self::Code(_) | Self::Rule => {}
        }
    }
}

pub fn plain_blocks(blocks: &[Block]) -> String {
    single_line(&blocks.iter().map(Block::plain).collect::<Vec<_>>().join(" "))
}

impl Body {
    pub fn for_each_run(&mut self, change: &mut dyn FnMut(&mut Run)) {
        let notes = self.notes.iter_mut().flatten();
        self.blocks.iter_mut().chain(notes).for_each(|block| block.for_each_run(change));
    }

    /// Makes headings start at level 2, because the page's title is level 1, and go down without skipping a level.
    pub fn relevel(&mut self) {
        let mut open: Vec<u8> = Vec::new();
        for block in &mut self.blocks {
            if let Block::Heading(level, _) = block {
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
            let blocks = written.iter().map(|l| Block::Heading(*l, vec![Run::text("x")])).collect();
            let mut body = Body { blocks, notes: Vec::new() };
            body.relevel();
            let level =
                |block: &Block| if let Block::Heading(level, _) = block { *level } else { 0 };
            body.blocks.iter().map(level).collect::<Vec<_>>()
        };
        assert_eq!(levels(&[1, 2, 2, 3]), [2, 3, 3, 4]);
        assert_eq!(levels(&[4, 6, 4, 5]), [2, 3, 2, 3]);
        assert_eq!(levels(&[3, 1, 6, 2]), [2, 2, 3, 3]);
        assert_eq!(levels(&[1, 2, 3, 4, 5, 6]), [2, 3, 4, 5, 6, 6]);
    }
}
