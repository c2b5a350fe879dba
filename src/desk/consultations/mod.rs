//! The editors' side of consultations: which drafts wait, what was said about each, the answers, and their
//! release, some minutes before anybody sees it. What everybody may read is `crate::consultation`'s.

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
