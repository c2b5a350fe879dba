//! Consultations: drafts that are open for comment. The state of a consultation is computed from the article, the clock
//! and the release of answers, never stored. The ledger shows that no comment or answer was lost or changed.

mod capacity;
mod clauses;
mod comments;
pub mod comparison;
pub mod csv;
pub mod ledger;
pub mod record;
mod sent;
mod state;
mod tally;

pub use capacity::Capacity;
pub use clauses::{Clause, is_clause_id};
pub use comments::{
    ClauseCount, Listed, ReleasedComment, Window, count_comments, released_comments,
};
pub use sent::{SentComment, sent_comments};
pub use state::{State, days_left};
pub use tally::{Tally, answered, tally};
