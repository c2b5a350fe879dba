//! The editors' side of the portal. Cloudflare Access signs editors in; `access` checks its tokens.

pub mod access;
mod articles;
mod checks;
mod consultations;
mod daily;
mod form_token;
mod layout;
mod redaction;
mod request;
mod stored_problem;
mod submissions;
mod sync;
mod sync_progress;
mod today;
mod trail;

pub use daily::tell_editors;
pub use request::answer;

use access::Refusal;

/// The number of days before its due date from which a submission is shown as due soon, and before its closing date
/// from which a draft is shown as closing soon: on the desk's first page, in the daily message, and in the filter.
pub const SOON_DAYS: u32 = 5;

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
