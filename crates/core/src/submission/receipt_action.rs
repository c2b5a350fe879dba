//! The actions on their submission that the receipt page offers to senders.

use crate::codes;

/// An action that the receipt page offers to the sender of the submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptAction {
    /// Erases the whole submission except the fact that it was received.
    Withdraw,
    /// Erases the identity of the sender; the text stays.
    EraseIdentity,
}

// The codes of the actions in addresses.
codes!(ReceiptAction { Withdraw = "rut", EraseIdentity = "xoa" });
