//! Submissions of citizens: the feedback form and its rules, receipts, storage without loss, the states of a
//! submission, and the public questions with their answers.

mod comment;
mod comment_fields;
mod fields;
mod folded;
mod form;
mod form_page;
mod form_view;
mod inbox;
mod input;
mod questions;
mod receipt;
mod receipt_of;
mod record;
mod state;
mod store;
mod submission;
mod text_checks;

pub use comment::{CommentInput, MAX_COMMENTS};
pub use fields::MAX_TEXT_CHARS;
pub use folded::fold_stored;
pub use form::{feedback_form, receive_feedback};
pub use inbox::{MoveError, Moved, find_waiting, move_waiting};
pub use input::FeedbackInput;
pub use questions::{Question, feed, question, question_body, questions};
pub use receipt::{answer_to_sender, carry_out, confirm, look_up, lookup_form, receipt};
pub use receipt_of::receipt_of;
pub use state::SubmissionState;
pub use store::{SentAnswer, erase_identities, same_phone};
pub use submission::{Identity, Submission};
