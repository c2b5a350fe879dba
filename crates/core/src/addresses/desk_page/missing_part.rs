//! The filter by which the desk lists comments that are not complete yet.

/// A part that a comment needs before the answers can be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPart {
    /// A decision with an answer.
    Decision,
    /// A public text.
    PublicText,
}

impl MissingPart {
    pub const ALL: [Self; 2] = [Self::Decision, Self::PublicText];

    /// The code of the part in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Decision => "chua-tra-loi",
            Self::PublicText => "chua-cong-bo",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lacking| lacking.code() == code)
    }
}
