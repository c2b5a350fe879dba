//! A valid submission, and the identity of its sender.

use cong_core::consultation::Capacity;
use cong_core::submission::SubmissionKind;
use serde::{Deserialize, Serialize};

use super::comment::DraftComment;

/// A valid submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub kind: SubmissionKind,
    pub about: Option<String>,
    pub subject: String,
    /// For comments on a draft, the names of their clauses.
    pub text: String,
    /// For a draft, at least one comment; otherwise empty.
    pub comments: Vec<DraftComment>,
    /// `Some` for comments on a draft only.
    pub capacity: Option<Capacity>,
    /// Whether the sender's name may be shown with the comments.
    pub is_named: bool,
    /// `Some` if the sender filled in at least one of its fields, and consented to storing them.
    pub identity: Option<Identity>,
}

/// The sender's personal data. Fields that were not filled in are empty. Never logged: `Debug` hides them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}
