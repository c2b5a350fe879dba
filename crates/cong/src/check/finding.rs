//! A finding: a problem in a document or file, with its place, a message and a hint.

use std::ops::Range;
use std::path::PathBuf;

pub use cong_core::article::Severity;

/// The maximum number of findings for one document. A longer list would not help anybody to fix the first ones.
pub const MAX_FINDINGS: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// The code of the kind of finding, such as `dead-link`; the same in every language and version.
    pub code: &'static str,
    pub path: PathBuf,
    /// The number of the line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The text around the place of the problem; `None` if the finding is about the whole file.
    pub excerpt: Option<Excerpt>,
    pub message: String,
    /// How to fix the problem.
    pub hint: Option<String>,
    /// A second place that explains the problem, such as the position of the same old address in another document.
    pub related: Option<Box<Spot>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub path: PathBuf,
    pub line: usize,
    pub column: usize,
    pub excerpt: Option<Excerpt>,
}

/// The text of the line with the problem, or only the part of it around the problem if the line is long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// Whether the text is only a part of the line.
    pub is_cut: bool,
    /// The range of `text` that the finding is about, in bytes.
    pub span: Range<usize>,
}

impl Finding {
    /// Makes a finding about a whole file.
    pub fn of_file(
        severity: Severity,
        code: &'static str,
        path: impl Into<PathBuf>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code,
            path: path.into(),
            line: 1,
            column: 1,
            excerpt: None,
            message: message.into(),
            hint: None,
            related: None,
        }
    }

    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub fn with_related(self, spot: Spot) -> Self {
        Self { related: Some(Box::new(spot)), ..self }
    }

    /// Whether the problem must be fixed before the folder is published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
