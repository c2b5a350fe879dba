//! The types of a valid submission and of its sender's identity.

use cong_core::consultation::Capacity;
use cong_core::submission::SubmissionKind;
use serde::{Deserialize, Serialize};

use super::comment::DraftComment;

/// A submission that has passed validation and is ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub kind: SubmissionKind,
    pub about: Option<String>,
    pub subject: String,
    /// The text of the submission. If it has comments on a draft, their texts are in `comments`, and this text only
    /// names the clauses that they are about.
    pub text: String,
    /// The comments on a draft, at least one; empty for other kinds of submission.
    pub comments: Vec<DraftComment>,
    /// The capacity in which the sender wrote. `Some` for comments on a draft only.
    pub capacity: Option<Capacity>,
    /// Whether the sender allows the office to show the sender's name with the comments.
    pub is_named: bool,
    /// The personal data of the sender. `Some` if the sender filled in at least one of its fields, and consented to
    /// storing it.
    pub identity: Option<Identity>,
}

/// The sender's personal data, which must not be logged: `Debug` hides them. Fields that were not filled in are empty.
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
