//! The rules for documents that an office sets, such as the minimum period of a consultation.

use crate::periods::MinimumPeriod;

/// The rules for documents that an office sets, in addition to those of the document format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentRules {
    /// The minimum period during which a draft must be open for comment; `None` if the period is not checked.
    pub consultation: Option<MinimumPeriod>,
}
