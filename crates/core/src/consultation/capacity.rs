//! The capacity in which somebody comments on a draft.

use serde::{Deserialize, Serialize};

/// The capacity in which somebody comments: as an individual, or for an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capacity {
    #[default]
    Individual,
    Organisation,
}

impl Capacity {
    pub const ALL: [Self; 2] = [Self::Individual, Self::Organisation];

    /// The code in the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Individual => "ca-nhan",
            Self::Organisation => "to-chuc",
        }
    }

    /// Reads the code of a form. Any other text counts as an individual.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|capacity| capacity.code() == code).unwrap_or_default()
    }

    /// The name that readers see.
    pub fn label(self) -> &'static str {
        match self {
            Self::Individual => "Cá nhân",
            Self::Organisation => "Tổ chức",
        }
    }
}
