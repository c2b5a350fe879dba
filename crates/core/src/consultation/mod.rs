//! Consultations: drafts that are open for comment. Their state is computed from the article, the clock and the release
//! of answers, never stored.

mod capacity;
mod clause;
mod state;

pub use capacity::Capacity;
pub use clause::{Clause, is_clause_id};
pub use state::{ConsultationState, days_left};
