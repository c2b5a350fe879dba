//! The data that the page with the feedback form shows: the typed values, their problems, and notices.

use std::borrow::Cow;

use cong_core::article::Article;
use cong_core::consultation::Clause;
use cong_core::vietnamese::Timestamp;

use super::input::FeedbackInput;
use crate::web::FormProblems;

pub struct FeedbackPage<'a> {
    pub typed: &'a FeedbackInput,
    pub problems: &'a FormProblems,
    /// The slug of the article or draft that the form is about, and the article itself.
    pub about: Option<(&'a str, &'a Article)>,
    /// The clauses of the draft, from which senders choose; empty if the form is not for comments.
    pub clauses: &'a [Clause],
    pub notice: Option<FormNotice>,
    /// Whether the page shows the form. It does not if the draft accepts no comments now, unless something was typed
    /// already.
    pub with_form: bool,
}

/// Why the form is shown again or not shown at all, for reasons other than invalid fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormNotice {
    /// The submission could not be stored.
    NotStored,
    /// The form was sent sooner than a person can fill it in.
    TooFast,
    /// The form token is missing, invalid or expired.
    Stale,
    /// Too many forms were sent from the sender's network within a minute.
    TooMany,
    /// Turnstile did not accept the sender as a person.
    RobotCheck,
    /// Turnstile gave no answer.
    RobotCheckAway,
    /// The draft does not accept comments before this time.
    DraftNotYetOpen(Timestamp),
    /// The draft has not accepted comments since this time.
    DraftClosed(Timestamp),
    /// The draft named in the form does not exist.
    DraftUnknown,
}

impl FormNotice {
    pub fn status(self) -> u16 {
        match self {
            Self::NotStored | Self::RobotCheckAway => 503,
            Self::TooMany => 429,
            Self::TooFast
            | Self::Stale
            | Self::RobotCheck
            | Self::DraftNotYetOpen(_)
            | Self::DraftClosed(_)
            | Self::DraftUnknown => 422,
        }
    }

    /// Whether the reason is the draft itself, so that sending the form again does not help. Such a notice may also be
    /// shown before anything was typed.
    pub fn is_of_the_draft(self) -> bool {
        matches!(self, Self::DraftNotYetOpen(_) | Self::DraftClosed(_) | Self::DraftUnknown)
    }

    pub fn texts(self) -> (&'static str, Cow<'static, str>) {
        let (heading, text) = match self {
            Self::DraftNotYetOpen(opens) => {
                let text =
                    format!("Dự thảo nhận góp ý từ {}, giờ Việt Nam.", opens.hour_and_date());
                return ("Chưa đến thời gian góp ý", text.into());
            }
            Self::DraftClosed(closes) => {
                let text = format!(
                    "Dự thảo nhận góp ý đến hết {} giây {:02}, giờ Việt Nam; ý kiến gửi sau đó không được nhận.",
                    closes.hour_and_date(),
                    closes.0.rem_euclid(60),
                );
                return ("Đã hết thời gian góp ý", text.into());
            }
            Self::NotStored => (
                "Chưa gửi được",
                "Hệ thống tạm thời không lưu được ý kiến của bạn. Nội dung bạn viết vẫn còn nguyên \
                 bên dưới; hãy đợi một phút rồi bấm gửi lại. Gửi lại nhiều lần cũng chỉ tính một lần.",
            ),
            Self::TooFast => (
                "Hãy xem lại rồi bấm gửi một lần nữa",
                "Biểu mẫu được gửi quá nhanh nên hệ thống chưa nhận. Nội dung bạn viết vẫn còn nguyên bên dưới.",
            ),
            Self::Stale => (
                "Hãy bấm gửi lại một lần nữa",
                "Biểu mẫu này đã cũ nên chưa gửi được. Nội dung bạn viết vẫn còn nguyên bên dưới.",
            ),
            Self::TooMany => (
                "Hãy đợi một phút rồi bấm gửi lại",
                "Từ mạng của bạn vừa có quá nhiều lần gửi. Nội dung bạn viết vẫn còn nguyên bên dưới.",
            ),
            Self::RobotCheck => (
                "Chưa xác nhận được bạn không phải là máy",
                "Hãy đợi ô xác nhận ở cuối biểu mẫu hoàn tất rồi bấm gửi lại. Nội dung bạn viết vẫn còn \
                 nguyên bên dưới.",
            ),
            Self::RobotCheckAway => (
                "Chưa gửi được",
                "Dịch vụ xác nhận bạn không phải là máy đang gián đoạn. Nội dung bạn viết vẫn còn nguyên \
                 bên dưới; hãy đợi một phút rồi bấm gửi lại, hoặc gửi theo các cách khác ở cuối trang.",
            ),
            Self::DraftUnknown => ("Không tìm thấy dự thảo này", "Dự thảo không còn trên trang."),
        };
        (heading, text.into())
    }
}
