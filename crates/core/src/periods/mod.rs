//! Periods that the office sets after a legal rule: for answering a submission, and for keeping a draft open for
//! comment.

mod answer;
mod consultation;

pub use answer::{AnswerPeriod, CountedDays, DueDate, due_date};
pub use consultation::{MinimumPeriod, TooShort};
