//! Drafts open for comment: their state, which follows from the article and the clock and is never stored,
//! the shortest period that the law allows, and what is known of their comments.

pub mod ledger;
mod minimum_period;
mod state;
mod tally;

pub use minimum_period::MinimumPeriod;
pub use state::State;
pub use tally::{Tally, answered, tally};
