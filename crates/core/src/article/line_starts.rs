//! Converts between byte offsets and line numbers of a document.

use std::ops::Range;

use super::problem::DocumentPosition;

/// The byte offsets at which the lines of a text begin. They are computed once, because the positions of tens of
/// thousands of fields may be asked for.
pub struct LineStarts {
    starts: Vec<usize>,
}

impl LineStarts {
    pub fn of(text: &str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self { starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The number of the line that contains a byte offset, counted from 1.
    pub fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The byte offset at which a line begins; lines are counted from 1.
    pub fn start_of(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default()
    }

    pub fn place(&self, span: Range<usize>) -> DocumentPosition {
        DocumentPosition { line: self.at(span.start), span }
    }
}
