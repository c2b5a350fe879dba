//! What senders may do with their receipt.

/// An action that the receipt page offers to the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptAction {
    /// Erases the whole submission except the fact that it was received.
    Withdraw,
    /// Erases the identity of the sender; the text stays.
    EraseIdentity,
}

impl ReceiptAction {
    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Withdraw => "rut",
            Self::EraseIdentity => "xoa",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Withdraw, Self::EraseIdentity].into_iter().find(|action| action.code() == code)
    }
}
