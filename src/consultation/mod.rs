//! Drafts open for comment: where they stand, which follows from the article, the clock and whether their
//! comments are answered, and is never stored; and how long they must be open.

mod minimum_period;
mod state;
mod tally;

pub use minimum_period::MinimumPeriod;
pub use state::{State, days_left};
pub use tally::{Tally, answered, tally};
