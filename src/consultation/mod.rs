//! Drafts open for comment: where they stand, which follows from the article, the clock and whether their
//! comments are answered, and is never stored; how long they must be open; what was said about them, and
//! the record that shows that nothing of it was lost.

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
