//! Verifies the export of a ledger, and reports all problems in it.

mod entries;
mod lines;
mod verifier;

pub use lines::verify;
pub use verifier::Verifier;
