//! The filter by which the desk lists comments that are not ready for the release of the answers.

use crate::codes;

/// A part that a comment lacks. The answers on a draft can be released only when no comment lacks a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPart {
    /// The office's decision on the comment, with the text of the answer.
    Decision,
    /// The text of the comment as the public will see it.
    PublicText,
}

// The codes in addresses.
codes!(MissingPart { Decision = "chua-tra-loi", PublicText = "chua-cong-bo" });
