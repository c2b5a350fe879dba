//! The confirmation page before withdrawing a submission or erasing the sender's identity.

use maud::{Markup, html};

use super::frame::Frame;
use super::layout::{Head, layout};
use cong_core::addresses::Route;
use cong_core::submission::{Receipt, ReceiptAction};

pub struct ActionPage<'a> {
    pub receipt: &'a Receipt,
    pub action: ReceiptAction,
    /// Whether the sender gave a telephone number or e-mail address, which the form then asks for.
    pub asks_contact: bool,
    pub problem: Option<ActionProblem>,
    /// The contact as typed.
    pub typed: &'a str,
}

/// Why the action was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionProblem {
    /// The telephone number or e-mail address is not the one given with the submission.
    OtherContact,
    TooMany,
    /// The database did not answer.
    Away,
}

impl ActionProblem {
    pub fn status(self) -> u16 {
        match self {
            Self::OtherContact => 422,
            Self::TooMany => 429,
            Self::Away => 503,
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::OtherContact => {
                "Số điện thoại hoặc thư điện tử này không khớp với thông tin đã điền khi gửi."
            }
            Self::TooMany => {
                "Từ mạng của bạn vừa có quá nhiều lần thử. Xin đợi một phút rồi bấm lại."
            }
            Self::Away => "Hệ thống đang gián đoạn. Xin đợi một phút rồi bấm lại.",
        }
    }
}

pub fn receipt_action(frame: Frame<'_>, page: &ActionPage<'_>) -> Markup {
    let (title, button) = match page.action {
        ReceiptAction::Withdraw => ("Rút lại ý kiến này?", "Rút lại ý kiến"),
        ReceiptAction::EraseIdentity => ("Xóa thông tin cá nhân?", "Xóa thông tin cá nhân"),
    };
    let own_route = Route::Receipt { receipt: page.receipt.clone(), action: Some(page.action) };
    let main = html! {
        h1 { (title) }
        @if let Some(problem) = page.problem {
            section class="problems" role="alert" aria-labelledby="thong_bao" {
                h2 id="thong_bao" { "Chưa thực hiện được" }
                p {
                    @match problem {
                        ActionProblem::OtherContact => a href="#lien_lac" { (problem.message()) },
                        ActionProblem::TooMany | ActionProblem::Away => (problem.message()),
                    }
                }
            }
        }
        p { "Mã biên nhận: " strong { (page.receipt) } }
        (consequences(page.action))
        form class="form" method="post" action=(own_route) {
            @if page.asks_contact { (contact(page)) }
            button class="button" type="submit" { (button) }
        }
        p { a href=(Route::receipt(page.receipt)) { "Không, quay lại biên nhận" } }
    };
    layout(frame, Head { title, description: None, route: None }, main)
}

fn consequences(action: ReceiptAction) -> Markup {
    html! {
        ul {
            @match action {
                ReceiptAction::Withdraw => {
                    li { "Tiêu đề, nội dung, thông tin cá nhân và câu trả lời (nếu đã có) bị xóa ngay." }
                    li { "Nếu ý kiến đã được đăng ở mục Hỏi đáp, phần đăng đó cũng được gỡ." }
                    li { "Cơ quan không trả lời nữa. Chỉ còn lại mã biên nhận, loại ý kiến, tên bài được góp ý (nếu có) và thời điểm nhận." }
                },
                ReceiptAction::EraseIdentity => {
                    li { "Họ tên, địa chỉ, điện thoại và thư điện tử của bạn bị xóa ngay." }
                    li { "Ý kiến vẫn được xem xét; câu trả lời vẫn hiện ở trang biên nhận." }
                },
            }
            li { "Việc này không hoàn tác được." }
        }
    }
}

fn contact(page: &ActionPage<'_>) -> Markup {
    let has_problem = page.problem == Some(ActionProblem::OtherContact);
    html! {
        div class={ "field" @if has_problem { " has-problem" } } {
            label for="lien_lac" { "Số điện thoại hoặc thư điện tử đã điền khi gửi" }
            p class="hint" id="lien_lac_goi_y" { "Để chắc chắn rằng chính bạn là người đã gửi." }
            @if has_problem {
                p class="problem" id="lien_lac_loi" {
                    span class="visually-hidden" { "Lỗi: " } (ActionProblem::OtherContact.message())
                }
            }
            input type="text" id="lien_lac" name="lien_lac" value=(page.typed) autocomplete="off"
                aria-invalid=[has_problem.then_some("true")]
                aria-describedby=(if has_problem { "lien_lac_goi_y lien_lac_loi" } else { "lien_lac_goi_y" });
        }
    }
}
