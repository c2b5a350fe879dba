//! The rules of an office for documents.

use crate::periods::MinimumPeriod;

/// The rules of an office for documents, beyond their format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentRules {
    /// The minimum period in which a draft must be open for comment; `None` if that is not checked.
    pub consultation: Option<MinimumPeriod>,
}
