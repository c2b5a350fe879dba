//! Why a token is not accepted.

/// Why a token is not accepted. It says nothing of whose token it is, so that it can be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooLong,
    /// It has not the form of a signed token.
    Malformed,
    /// It is not signed with RS256.
    Algorithm,
    /// It demands something of its reader that is not understood here.
    Critical,
    /// The team has no such key, or no longer.
    UnknownKey,
    Signature,
    /// Another team's, or none's.
    Issuer,
    /// For another application.
    Audience,
    Expired,
    NotYetValid,
    /// Not for an application, but for the team as a whole, for one.
    Kind,
    /// A program's, not a person's.
    ServiceToken,
    /// It names no e-mail address.
    NoEmail,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::TooLong => "it is too long",
            Self::Malformed => "it is no signed token",
            Self::Algorithm => "it is not signed with RS256",
            Self::Critical => "it has a critical header that is not understood",
            Self::UnknownKey => "the team does not have its key",
            Self::Signature => "its signature is wrong",
            Self::Issuer => "its issuer is not ACCESS_TEAM",
            Self::Audience => "it is not for ACCESS_AUDIENCE",
            Self::Expired => "it has expired",
            Self::NotYetValid => "it is not valid yet",
            Self::Kind => "it is not of the type \"app\"",
            Self::ServiceToken => "it is a service token",
            Self::NoEmail => "it names no e-mail address",
        })
    }
}
