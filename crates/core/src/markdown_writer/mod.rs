//! The content of an article as blocks, independent of its source, and as Markdown. [`crate::article`] parses the
//! Markdown back to the same text: what could be mistaken for Markdown syntax is escaped.

mod blocks;
mod escape;
mod inline;
mod tables;
#[cfg(test)]
mod tests;
mod writer;

pub use blocks::{
    ArticleContent, ContentBlock, RunContent, RunStyle, TextRun, is_blank, plain, plain_blocks,
    script_digits,
};
pub use tables::{cell_runs, is_layout};
pub use writer::write;
