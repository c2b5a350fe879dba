//! Consultations: drafts that are open for comment. The state of a consultation is computed from the article, the clock
//! and the release of answers, never stored. The ledger shows that no comment or answer was lost or changed.

mod comments;
pub mod comparison;
pub mod csv;
pub mod record;
mod sent;
mod tally;

pub use comments::{
    ClauseCount, Listed, ReleasedComment, Window, count_comments, released_comments,
};
pub use sent::{SentComment, sent_comments};
pub use tally::{Tally, answered, tally};
