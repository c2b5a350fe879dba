//! The editors' side of the portal. Cloudflare Access signs editors in; `access` checks its tokens.

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

/// The number of days before its due date from which a submission is shown as due soon, and before its closing date
/// from which a draft is shown as closing soon: on the desk's first page, in the daily message, and in the filter.
pub const SOON_DAYS: u32 = 5;

pub use access::Refusal;
pub use checks::{Checks, Problem, cleaned};
pub use stored_problem::{StoredProblem, stored_problems};
pub use sync_progress::SyncProgress;
pub use trail::{AuditLine, trail_since, trail_statement};

/// A person who is signed in at the desk.
pub struct Editor {
    /// The e-mail address, with ASCII letters in lower case.
    pub email: String,
    pub role: Role,
    /// An identifier of the session, for form tokens; never shown or logged.
    pub session: String,
}

/// The rights of a person who is signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// May read and answer.
    Editor,
    /// May also release and erase.
    Publisher,
}

/// The reason why nobody is signed in.
#[derive(Debug)]
pub enum SignInError {
    /// ACCESS_TEAM or ACCESS_AUDIENCE is missing or invalid.
    NotConfigured,
    /// The request has no token.
    NoToken,
    /// The token was refused, for this reason.
    Refused(Refusal),
    /// The team's keys could not be fetched. The text is the cause, for the log.
    KeysAway(String),
}

impl From<Refusal> for SignInError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
