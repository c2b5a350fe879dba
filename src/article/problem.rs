//! What is wrong with a document, said to its editor in Vietnamese: where, which field, and why.

use serde::{Deserialize, Serialize};

/// One finding in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub severity: Severity,
    /// Counted from 1.
    pub line: usize,
    /// The field's path, like `consultation.closes`; none where the document as a whole is meant.
    pub field: Option<String>,
    pub message: String,
}

/// An error keeps the article from being shown, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

impl Problem {
    pub fn error(line: usize, field: Option<&str>, message: impl Into<String>) -> Self {
        let field = field.map(str::to_owned);
        Self { severity: Severity::Error, line, field, message: message.into() }
    }

    pub fn warning(line: usize, field: Option<&str>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(line, field, message) }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "dòng {}", self.line)?;
        if let Some(field) = &self.field {
            write!(f, ", trường “{field}”")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Where the lines of a text begin, found once: a document may have tens of thousands of fields.
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    pub fn of(text: &str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self { starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line of a byte offset, counted from 1.
    pub fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
}
