//! As whom somebody comments on a draft.

use serde::{Deserialize, Serialize};

/// As whom a comment is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capacity {
    #[default]
    Individual,
    Organisation,
}

impl Capacity {
    pub const ALL: [Self; 2] = [Self::Individual, Self::Organisation];

    /// As in the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Individual => "ca-nhan",
            Self::Organisation => "to-chuc",
        }
    }

    /// What a form chose; an individual where it chose nothing.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|capacity| capacity.code() == code).unwrap_or_default()
    }

    /// As readers see it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Individual => "Cá nhân",
            Self::Organisation => "Tổ chức",
        }
    }
}
