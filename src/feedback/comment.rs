//! Comments on a draft, as the feedback form contains them: several in one submission, each about one clause or about
//! the whole draft. The module `consultations` reads them once they are stored.

use cong_core::consultation::Clause;

/// The maximum number of comments in one submission: enough to go through a whole decree.
pub const MAX_COMMENTS: usize = 50;

/// A comment on a draft as it was sent, before validation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentInput {
    /// The id of the heading of the clause that the comment is about; empty if it is about the whole draft.
    pub clause: String,
    pub text: String,
}

/// A comment on a draft that has passed validation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftComment {
    /// The id of the heading of the clause that the comment is about. `title` is the text of the heading. Both are
    /// empty if the comment is about the whole draft.
    pub clause: String,
    pub title: String,
    pub text: String,
}

impl DraftComment {
    /// What the comment is about, in words: the title of the clause, or a label for the whole draft.
    pub fn about(&self) -> &str {
        if self.title.is_empty() { Clause::WHOLE_LABEL } else { &self.title }
    }
}
