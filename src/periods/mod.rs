//! Periods that a rule sets: within what time something is answered, and how long a draft is open for comment.

mod answer;
mod consultation;

pub use answer::{AnswerPeriod, Counts, DueDate, due_date};
pub use consultation::{MinimumPeriod, TooShort};
