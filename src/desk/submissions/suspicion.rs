//! The reasons for which a submission is suspected to be spam, as editors read them.

use cong_core::codes;

/// A value of the column `suspicion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspected {
    Honeypot,
    Repeated,
    /// An editor has confirmed that the submission is spam.
    Confirmed,
}

codes!(Suspected { Honeypot = "honeypot", Repeated = "repeated", Confirmed = "confirmed" });

impl Suspected {
    /// The reason, as editors read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Honeypot => {
                "Nghi là rác: trường ẩn của biểu mẫu đã được điền (máy, hoặc trình duyệt tự điền)"
            }
            Self::Repeated => "Nghi là rác: cùng nội dung đã đến hơn ba lần trong một tuần",
            Self::Confirmed => "Đã được xác nhận là rác",
        }
    }
}
