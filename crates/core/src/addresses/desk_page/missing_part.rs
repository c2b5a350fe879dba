//! The filter by which the desk lists comments that are not complete yet.

use crate::codes;

/// A part that a comment needs before the answers can be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPart {
    /// A decision with an answer.
    Decision,
    /// A public text.
    PublicText,
}

// The codes in addresses.
codes!(MissingPart { Decision = "chua-tra-loi", PublicText = "chua-cong-bo" });
