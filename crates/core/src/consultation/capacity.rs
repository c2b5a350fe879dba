use serde::{Deserialize, Serialize};

use crate::codes;

/// The capacity in which somebody comments: as an individual, or for an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Capacity {
    #[default]
    Individual,
    Organisation,
}

// The codes of the capacities in forms.
codes!(Capacity { Individual = "ca-nhan", Organisation = "to-chuc" });

impl Capacity {
    /// The name of the capacity for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Individual => "Cá nhân",
            Self::Organisation => "Tổ chức",
        }
    }
}
