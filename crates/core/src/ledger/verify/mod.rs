//! Verifies an export and reports all problems.

mod entries;
mod lines;
mod verifier;

pub use lines::verify;
pub use verifier::Verifier;
