//! Comments on a draft, as a form gives them: each about one clause or about the whole, several in one
//! submission. What becomes of them is left to `consultation`.

use crate::consultation::Clause;

/// In one submission: a whole decree can be gone through at once.
pub const MAX_COMMENTS: usize = 50;

/// A comment as it was sent, with nothing judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentInput {
    /// The id of a clause's heading; empty for the whole draft.
    pub clause: String,
    pub text: String,
}

/// A comment that keeps all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The id of the clause's heading, and how it reads; both empty for the whole draft.
    pub clause: String,
    pub title: String,
    pub text: String,
}

impl Comment {
    /// What a list of comments calls the clause.
    pub fn about(&self) -> &str {
        if self.title.is_empty() { Clause::WHOLE_LABEL } else { &self.title }
    }
}
