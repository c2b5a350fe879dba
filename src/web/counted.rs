//! What is counted for the rate limits.

/// What is counted, each for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Submission,
    /// Looking a receipt up, and acting on one.
    Lookup,
    Rating,
    DeskForm,
    /// A form of the desk without a sign-in.
    UnsignedDeskForm,
    Search,
}

impl Counted {
    /// The name of its binding in wrangler.toml, which has the limit.
    pub fn limiter(self) -> &'static str {
        match self {
            Self::Search => "SEARCHES",
            _ => "FORMS",
        }
    }
}
