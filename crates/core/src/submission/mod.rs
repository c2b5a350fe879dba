//! The parts of submissions that are written in addresses: the kinds of submission, the codes of receipts, and the
//! actions that a receipt page offers.

mod kind;
mod receipt;
mod receipt_action;

pub use kind::SubmissionKind;
pub use receipt::{Receipt, ReceiptError};
pub use receipt_action::ReceiptAction;
