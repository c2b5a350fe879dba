//! The editors' side of the portal. Who may come in is decided here; the sign-in itself is Cloudflare
//! Access's, and asking it for its keys is left to `web`.

pub mod access;
pub mod articles;
mod checks;
pub mod consultations;
pub mod daily;
pub mod form_token;
pub mod ratings;
pub mod redaction;
mod stored_problem;
pub mod submissions;
mod sync_progress;
pub mod today;
mod trail;

/// How many days before its day a submission, or the end of a draft, is told of: on the first page, in the daily
/// message, and by the filter of that name.
pub const SOON_DAYS: u32 = 5;

pub use access::Refusal;
pub use checks::{Checks, Problem, cleaned};
pub use stored_problem::{StoredProblem, stored_problems};
pub use sync_progress::SyncProgress;
pub use trail::{AuditLine, trail_since, trail_statement};

/// Somebody who is signed in.
pub struct Editor {
    /// In lower case.
    pub email: String,
    pub role: Role,
    /// Names the session, for form tokens; never shown or logged.
    pub session: String,
}

/// What somebody who is signed in may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Reads and answers.
    Editor,
    /// Releases and erases besides.
    Publisher,
}

/// Why nobody is signed in.
#[derive(Debug)]
pub enum SignInError {
    /// ACCESS_TEAM or ACCESS_AUDIENCE is not set, or makes no sense.
    NotConfigured,
    /// No token came along.
    NoToken,
    /// The token is not one that is accepted; why, for the log.
    Refused(Refusal),
    /// The team's keys could not be had; why, for the log.
    KeysAway(String),
}

impl From<Refusal> for SignInError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
