//! The states of a submission. Triggers of the database enforce their order.

use cong_core::codes;

/// The state of a submission: the values of the column `state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmissionState {
    Received,
    PassedOn,
    InProgress,
    Answered,
    Withdrawn,
}

codes!(SubmissionState {
    Received = "received",
    PassedOn = "passed_on",
    InProgress = "in_progress",
    Answered = "answered",
    Withdrawn = "withdrawn",
});

impl SubmissionState {
    /// Whether the submission still waits for an answer.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::PassedOn | Self::InProgress)
    }

    /// The name of the state on the receipt.
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => "Đã tiếp nhận",
            Self::PassedOn => "Đã chuyển đến đơn vị có thẩm quyền",
            Self::InProgress => "Đang xử lý",
            Self::Answered => "Đã trả lời",
            Self::Withdrawn => "Người gửi đã rút lại",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_schema() {
        let schema = include_str!("../../migrations/db/0001_schema.sql");
        let list = SubmissionState::ALL.map(|state| format!("'{}'", state.code()));
        assert!(schema.contains(&format!("CHECK (state IN ({}))", list.join(", "))));
    }
}
