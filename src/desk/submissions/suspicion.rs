use cong_core::codes;

/// Why a submission is suspected to be spam: a value of the column `submission.suspicion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspected {
    /// The honeypot was filled in: a field of the form that people do not see.
    Honeypot,
    /// The same content was received more than three times within a week.
    Repeated,
    /// An editor has confirmed that the submission is spam.
    Confirmed,
}

codes!(Suspected { Honeypot = "honeypot", Repeated = "repeated", Confirmed = "confirmed" });

impl Suspected {
    /// The Vietnamese text of the reason, as editors read it.
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
