//! The content of an article as blocks, independent of its source, and as Markdown. Characters that could be mistaken
//! for Markdown syntax are escaped, so that [`crate::article`] reads the same text from the Markdown.

mod blocks;
mod escape;
mod inline;
mod tables;
#[cfg(test)]
mod tests;
mod writer;

pub use blocks::{
    ArticleContent, ContentBlock, ContentCell, ContentTable, RunContent, RunStyle, TextRun,
    is_blank, plain, plain_blocks, script_text,
};
pub use tables::{cell_runs, is_layout};
pub use writer::write;
