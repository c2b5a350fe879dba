/// Why an address does not lead to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRoute {
    Unknown,
    /// The value of a parameter is invalid.
    Nonsense,
    /// The receipt code is malformed.
    MistypedReceipt,
}
