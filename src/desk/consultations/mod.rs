//! The editors' side of consultations: the list of drafts, the comments on each, their answers, and the release of
//! the answers, which become public some minutes later. The public side is in `crate::consultation`.

mod changes;
mod comments;
mod draft;
mod drafts;
mod input;
mod release;

pub use changes::{
    Answer, ChangedLine, Chosen, Outcome, answer, hide, release_as_sent, set_public_text,
};
pub use comments::{Comment, comment, comments, comments_among};
pub use draft::{ClauseCount, Draft, Facts, IncompleteComment, facts, missing};
pub use drafts::{Counts, DraftList, ListedDraft, MOST, Times, draft_list};
pub use input::{AnswerInput, MAX_CHARS, Problem, PublicTextInput, chosen, has_read};
pub use release::{DELAY_SECONDS, changes_since, release, take_back};
