//! Comments on a draft, as the form contains them: several in one submission, each about one clause or the whole draft.
//! The module `consultation` handles them once they are stored.

use cong_core::consultation::Clause;

/// The largest number of comments in one submission: enough to go through a whole decree.
pub const MAX_COMMENTS: usize = 50;

/// A comment as it was sent, before validation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentInput {
    /// The id of the clause's heading; empty for the whole draft.
    pub clause: String,
    pub text: String,
}

/// A valid comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftComment {
    /// The id and the text of the clause's heading; both empty for the whole draft.
    pub clause: String,
    pub title: String,
    pub text: String,
}

impl DraftComment {
    /// The name of the clause in a list of comments.
    pub fn about(&self) -> &str {
        if self.title.is_empty() { Clause::WHOLE_LABEL } else { &self.title }
    }
}
