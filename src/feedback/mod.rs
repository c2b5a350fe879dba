//! What citizens send: the kinds of it, the form's rules, receipts, and storing.
//! How the form looks is left to `pages`.

mod form;
mod kind;
mod receipt;
mod store;

pub use form::{
    Field, FieldProblem, Identity, MAX_BODY_BYTES, MAX_TEXT_CHARS, Submission, Typed, is_nonce,
};
pub use kind::Kind;
pub use receipt::{Receipt, ReceiptError};
pub use store::{Received, find, store};
