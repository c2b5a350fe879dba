/// An action that a rate limit counts. Each kind of action is counted separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    Submission,
    /// Looking up a receipt, withdrawing the submission, or erasing the sender's identity.
    Lookup,
    Rating,
    DeskForm,
    /// A form of the desk that was sent by somebody who is not signed in.
    UnsignedDeskForm,
    Search,
}

impl Counted {
    /// The name of the rate limit binding in wrangler.toml. The binding sets the limit.
    pub fn limiter(self) -> &'static str {
        match self {
            Self::Search => "SEARCHES",
            _ => "FORMS",
        }
    }
}
