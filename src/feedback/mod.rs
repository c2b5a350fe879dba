//! What citizens send: the kinds of submission, the rules of the form, receipts, storing without loss, and the state of
//! a submission. The templates are in `pages`.

mod comment;
mod field;
mod folded;
mod form;
mod inbox;
mod questions;
mod rating;
mod receipt;
mod record;
mod state;
mod store;

pub use comment::{Comment, CommentInput, MAX_COMMENTS};
pub use field::{CommentField, Field, FieldProblem};
pub use folded::fold_stored;
pub use form::{
    FeedbackInput, Identity, MAX_BODY_BYTES, MAX_FIELD_CHARS, MAX_TEXT_CHARS, Submission,
};
pub use inbox::{MoveError, Moved, dequeue, enqueue, find_waiting, move_waiting};
pub use questions::{
    Question, QuestionCategory, QuestionsPage, newest_questions, question, questions,
};
pub use rating::{
    MAX_RATING_BYTES, MAX_REMARK_CHARS, Rating, RatingInput, RatingProblem, store_rating,
};
pub use receipt::receipt_of;
pub use record::{Record, Salts, Suspicion};
pub use state::SubmissionState;
pub use store::{
    Answer, Received, as_received, carry_out, erase_identities, find, knows_contact, same_phone,
    store,
};
