//! What senders may do with their receipt.

use crate::codes;

/// An action that the receipt page offers to the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptAction {
    /// Erases the whole submission except the fact that it was received.
    Withdraw,
    /// Erases the identity of the sender; the text stays.
    EraseIdentity,
}

// The codes in addresses.
codes!(ReceiptAction { Withdraw = "rut", EraseIdentity = "xoa" });
