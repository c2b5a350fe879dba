//! Computes the list markers and labels that Word shows before paragraphs (ECMA-376 part 1, 17.9).

mod counters;
mod definitions;
mod formats;

pub use counters::{MarkKind, NumberingCounters, ParagraphMark};
pub use definitions::NumberingDefinitions;
