//! Consultations: drafts on which citizens comment, their comments and answers, and the ledger, which shows that no
//! comment or answer was lost or changed.

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
