//! Submissions, as far as addresses name them: their kinds, their receipts, and what senders may do with a receipt.

mod kind;
mod receipt;
mod receipt_action;

pub use kind::SubmissionKind;
pub use receipt::{Receipt, ReceiptError};
pub use receipt_action::ReceiptAction;
