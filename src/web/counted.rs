//! The actions that rate limits count.

/// An action that a rate limit counts. Each one is counted separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Submission,
    /// Looking up a receipt, or withdrawing or erasing by receipt.
    Lookup,
    Rating,
    DeskForm,
    /// A form of the desk that is sent without a sign-in.
    UnsignedDeskForm,
    Search,
}

impl Counted {
    /// The name of the rate limit binding in wrangler.toml, which sets the limit.
    pub fn limiter(self) -> &'static str {
        match self {
            Self::Search => "SEARCHES",
            _ => "FORMS",
        }
    }
}
