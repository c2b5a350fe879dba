use crate::codes;

/// What the sender can do with a submission on its receipt page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptAction {
    /// Erases the whole submission, except the fact that it was received.
    Withdraw,
    /// Erases the identity of the sender; the text stays.
    EraseIdentity,
}

// The codes of the actions in addresses.
codes!(ReceiptAction { Withdraw = "rut", EraseIdentity = "xoa" });
