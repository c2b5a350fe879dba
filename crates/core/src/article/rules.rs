//! The rules of an office for documents.

use crate::periods::MinimumPeriod;

/// The rules of an office for documents, in addition to the rules of the document format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentRules {
    /// The minimum period during which a draft must be open for comment; `None` if the period is not checked.
    pub consultation: Option<MinimumPeriod>,
}
