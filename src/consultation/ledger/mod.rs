//! The record of a consultation: every comment and answer as a line of a log that can only grow,
//! sealed by day so that whoever noted a seal sees any later change.
//!
//! The log holds public facts and salted commitments, never what somebody wrote. A name or a text
//! can so be erased together with its salt, and the log says that it was; its hashes stay what they
//! were. How all is computed can be redone with `sha256sum` alone.

mod commitment;
mod compare;
mod entry;
mod export;
mod hash;
mod problem;
mod report;
#[cfg(test)]
mod samples;
mod seal;
mod tree;
mod verify;
pub(super) mod written;

pub use commitment::{Field, Opened, commitment, is_salt};
pub use compare::compare;
pub use entry::{Answer, Asked, Comment, Decision, Entry, NotCanonical, Removal};
pub use export::{End, EntryLine, Header, Line, Values};
pub use hash::{Hash, NotHash};
pub use problem::{Finding, Kind, Mentioned, Place, Problem};
pub use report::{Day, Kept, Listed, Removed, Report};
pub use seal::Seal;
pub use tree::{Step, audit_path, leaf, root, root_from};
pub use verify::{Verifier, verify};
