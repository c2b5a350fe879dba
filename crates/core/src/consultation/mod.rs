//! Consultations: drafts that are open for comment. Their state (such as open or closed) is never stored, but computed
//! from the article, the clock and the time from which the answers are public.

mod capacity;
mod clause;
mod state;

pub use capacity::Capacity;
pub use clause::{Clause, is_clause_id};
pub use state::{ConsultationState, days_left};
