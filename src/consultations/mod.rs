//! Consultations: the comments on drafts and the answers to them, the comparison of a draft with the issued text, and
//! the ledger, which proves that no comment or answer was lost or changed.

mod clauses;
mod comments;
pub mod comparison;
mod list;
mod panel;
mod record;

pub use clauses::clauses;
pub use comments::{
    ClauseCount, CommentsPage, ListedComments, PER_PAGE as COMMENTS_PER_PAGE, SentComment, Tally,
    Window, answer, answers, answers_csv, clause_title, comments, contents, count_comments,
    received, released_comments, sent_comments, tally,
};
pub use comparison::comparison;
pub use list::consultations;
pub use panel::{clause_link, consultation_panel, state_name, time_left};
pub use record::{
    EntryProof, Sealed, export_record, hash, proofs, record, seal_days, write_entries,
};
