//! Why a submission looks like spam, as editors read it.

/// As in the column `suspicion`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspected {
    Honeypot,
    Repeated,
    /// Somebody has looked.
    Confirmed,
}

impl Suspected {
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "honeypot" => Some(Self::Honeypot),
            "repeated" => Some(Self::Repeated),
            "confirmed" => Some(Self::Confirmed),
            _ => None,
        }
    }

    /// The reason.
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
