use crate::periods::MinimumPeriod;

/// Rules that the office sets for its documents, in addition to those of the document format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentRules {
    /// The minimum period during which a draft must be open for comment; `None` if the period is not checked.
    pub consultation: Option<MinimumPeriod>,
}
