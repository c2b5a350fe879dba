/// Why a token of Cloudflare Access is refused. The reason contains no personal data, so it can be logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRefusal {
    TooLong,
    /// The text does not have the form of a signed token.
    Malformed,
    /// The token is not signed with RS256.
    Algorithm,
    /// The token has critical header parameters (`crit`), which the portal does not support.
    Critical,
    /// The team does not have the key that the token names.
    UnknownKey,
    Signature,
    /// The token was issued by another team, or names no issuer.
    Issuer,
    /// The token was issued for another application.
    Audience,
    Expired,
    NotYetValid,
    /// The token is for another purpose than signing in to an application; for example, it is the team's global session
    /// token.
    Kind,
    /// The token is a service token, which identifies a program and not a person.
    ServiceToken,
    NoEmail,
}

impl std::fmt::Display for TokenRefusal {
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

/// Why a request is not signed in.
#[derive(Debug)]
pub enum SignInError {
    /// The setting ACCESS_TEAM or ACCESS_AUDIENCE is missing or invalid.
    NotConfigured,
    NoToken,
    Refused(TokenRefusal),
    /// The token could not be checked, usually because the team's keys could not be fetched. The text is the cause, for
    /// the log.
    KeysAway(String),
}

impl From<TokenRefusal> for SignInError {
    fn from(refusal: TokenRefusal) -> Self {
        Self::Refused(refusal)
    }
}
