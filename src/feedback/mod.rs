//! What citizens send: the kinds of it, the form's rules, receipts, storing it so that nothing is
//! lost, and what became of it. How it looks is left to `pages`.

mod comment;
mod field;
mod folded;
mod form;
mod inbox;
mod kind;
mod period;
mod questions;
mod rating;
mod receipt;
mod record;
mod stamp;
mod state;
mod store;

pub use comment::{Comment, MAX_COMMENTS, TypedComment};
pub use field::{CommentField, Field, FieldProblem};
pub use folded::fold_stored;
pub use form::{Identity, MAX_BODY_BYTES, MAX_FIELD_CHARS, MAX_TEXT_CHARS, Submission, Typed};
pub use inbox::{MoveError, Moved, find_waiting, hold, let_go, move_waiting};
pub use kind::Kind;
pub use period::{AnswerPeriod, Counts, DueDate, due_date};
pub use questions::{
    Question, QuestionCategory, QuestionsPage, newest_questions, question, questions,
};
pub use rating::{
    MAX_RATING_BYTES, MAX_REMARK_CHARS, Rating, RatingProblem, TypedRating, store_rating,
};
pub use receipt::{Receipt, ReceiptError};
pub use record::{Record, Salts, Suspicion};
pub use stamp::{StampProblem, check_stamp, is_authentic_stamp, ripe_stamp, stamp, stamp_uuid};
pub use state::SubmissionState;
pub use store::{
    Answer, ReceiptAction, Received, as_received, carry_out, erase_identities, find, knows_contact,
    same_phone, store,
};
