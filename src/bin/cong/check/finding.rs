//! One thing to be mended: where, what, and how.

use std::ops::Range;
use std::path::PathBuf;

pub use cong::article::Severity;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// The kind of finding, the same in every language and version: `dead-link`.
    pub code: &'static str,
    pub path: PathBuf,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What stands there; none where the file as a whole is meant.
    pub excerpt: Option<Excerpt>,
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// The other place that is concerned.
    pub related: Option<Box<Spot>>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub path: PathBuf,
    pub line: usize,
    pub column: usize,
    pub excerpt: Option<Excerpt>,
}

/// A line, or the part of a long one that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// Whether there is more of the line.
    pub is_cut: bool,
    /// What is meant, in bytes of the text.
    pub span: Range<usize>,
}

impl Finding {
    /// About a file as a whole.
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

    /// Whether it has to be mended before the folder is published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
