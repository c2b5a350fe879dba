//! What the comments on a page of the desk lack, as its address says.

/// What a comment may lack before the answers can be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPart {
    /// A decision with an answer.
    Decision,
    /// A text that everybody may read.
    PublicText,
}

impl MissingPart {
    pub const ALL: [Self; 2] = [Self::Decision, Self::PublicText];

    /// As in addresses.
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
