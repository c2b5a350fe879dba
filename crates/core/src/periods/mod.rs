//! Periods that the office sets as the law demands: for answering a submission, and for keeping a draft open for
//! comment.

mod answer;
mod consultation;

pub use answer::{AnswerPeriod, CountedDays, DueDate, due_date};
pub use consultation::{MinimumPeriod, TooShort};
