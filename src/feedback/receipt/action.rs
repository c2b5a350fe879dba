//! What senders can do on the page of their receipt: withdraw the submission, or have their identity erased.

use cong_core::addresses::Route;
use cong_core::submission::{Receipt, ReceiptAction};
use maud::{Markup, html};

use super::{FoundReceipt, RULES, find};
use crate::catalogue::{HotIndex, hot_index, known_hot_index};
use crate::feedback::inbox::MoveError;
use crate::feedback::state::SubmissionState;
use crate::feedback::store::Received;
use crate::feedback::{inbox, store};
use crate::layout::{Frame, Head, frame, layout};
use crate::web::{
    CachePolicy, Checked, FormField, FormProblems, FormRefusal, PageError, Portal, Request,
    Response, check_form, with_retry_hint, without_token,
};

const CONTACT: FormField<'_> = FormField {
    hint: "Để chắc chắn rằng chính bạn là người đã gửi.",
    ..FormField::line("lien_lac", "Số điện thoại hoặc thư điện tử đã điền khi gửi")
};

/// Shows the page on which the sender confirms an action. If the action is done already, redirects to the receipt.
pub async fn confirm(
    portal: &Portal,
    receipt: &Receipt,
    action: ReceiptAction,
) -> Result<Response, PageError> {
    let received = find(portal, receipt).await?.received();
    if is_done(&received, action) {
        return Ok(to_receipt(receipt));
    }
    Ok(ask(portal, receipt, action, received.has_contact, None).await)
}

/// Withdraws a submission, or erases the sender's identity. If the sender gave a telephone number or an e-mail address
/// with the submission, the form must contain one of them.
pub async fn carry_out(
    portal: &Portal,
    request: &Request,
    receipt: &Receipt,
    action: ReceiptAction,
) -> Result<Response, PageError> {
    let fields = match check_form(portal, request, &RULES, without_token).await? {
        Checked::Accepted(fields) => fields,
        Checked::Refused(fields, refusal) => {
            let problem = match refusal {
                FormRefusal::TooLong(_) => ActionProblem::OtherContact,
                FormRefusal::TooMany => ActionProblem::TooMany,
            };
            let typed = fields.value(&CONTACT);
            let page = ActionPage {
                receipt,
                action,
                asks_contact: !typed.is_empty(),
                problem: Some(problem),
                typed,
            };
            return Ok(render_action(portal, &known_hot_index(portal), &page));
        }
    };
    let contact = fields.value(&CONTACT).trim();
    let found = find(portal, receipt).await?;
    let received = found.received();
    if is_done(&received, action) {
        return Ok(to_receipt(receipt));
    }
    let again =
        |problem| ask(portal, receipt, action, received.has_contact, Some((problem, contact)));
    match carry_out_for(portal, &found, receipt, action, contact).await {
        Ok(true) => Ok(to_receipt(receipt)),
        Ok(false) => Ok(again(ActionProblem::OtherContact).await),
        Err(error) => {
            portal.log_error(&format!("a submission was not withdrawn or erased: {error}"));
            Ok(again(ActionProblem::Away).await)
        }
    }
}

/// Carries out the action. Returns false and does not carry it out if the sender gave a telephone number or an e-mail
/// address with the submission and `contact` is neither of them.
async fn carry_out_for(
    portal: &Portal,
    found: &FoundReceipt,
    receipt: &Receipt,
    action: ReceiptAction,
    contact: &str,
) -> Result<bool, MoveError> {
    let db = portal.feedback()?;
    if let FoundReceipt::Waiting(record) = found {
        store::store(&db, std::slice::from_ref(record.as_ref())).await?;
    }
    if found.received().has_contact && !store::knows_contact(&db, receipt, contact).await? {
        return Ok(false);
    }
    store::carry_out(&db, receipt, action, portal.now).await?;
    // `INBOX` may have a copy of the submission even if `DB` has it: one that was written late, or that was sent from
    // two places.
    inbox::dequeue(&portal.inbox()?, receipt).await?;
    Ok(true)
}

fn is_done(received: &Received, action: ReceiptAction) -> bool {
    received.state == SubmissionState::Withdrawn
        || action == ReceiptAction::EraseIdentity && !received.has_identity
}

pub fn to_receipt(receipt: &Receipt) -> Response {
    Response::redirect(303, Route::receipt(receipt).to_string(), CachePolicy::NoStore)
}

async fn ask(
    portal: &Portal,
    receipt: &Receipt,
    action: ReceiptAction,
    asks_contact: bool,
    again: Option<(ActionProblem, &str)>,
) -> Response {
    let (problem, typed) = again.unzip();
    let typed = typed.unwrap_or_default();
    let page = ActionPage { receipt, action, asks_contact, problem, typed };
    render_action(portal, &*hot_index(portal).await, &page)
}

fn render_action(portal: &Portal, index: &HotIndex, page: &ActionPage<'_>) -> Response {
    let status = page.problem.map_or(200, ActionProblem::status);
    let page = action_page(frame(portal, index), page);
    with_retry_hint(Response::page(status, page, CachePolicy::NoStore))
}

pub struct ActionPage<'a> {
    pub receipt: &'a Receipt,
    pub action: ReceiptAction,
    /// Whether the form asks for the telephone number or e-mail address that the sender gave with the submission. It
    /// does not if the sender gave none.
    pub asks_contact: bool,
    pub problem: Option<ActionProblem>,
    /// The telephone number or e-mail address as it was typed.
    pub typed: &'a str,
}

/// Why the submission was not withdrawn, or the identity not erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionProblem {
    /// The typed telephone number or e-mail address is not one that was given with the submission.
    OtherContact,
    TooMany,
    /// The database did not answer. The sender should try again later.
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

    fn problems(self) -> FormProblems {
        match self {
            Self::OtherContact => FormProblems::of_field(
                &CONTACT,
                "Số điện thoại hoặc thư điện tử này không khớp với thông tin đã điền khi gửi.",
            ),
            Self::TooMany => FormProblems::of_form(
                "Từ mạng của bạn vừa có quá nhiều lần thử. Xin đợi một phút rồi bấm lại.",
            ),
            Self::Away => {
                FormProblems::of_form("Hệ thống đang gián đoạn. Xin đợi một phút rồi bấm lại.")
            }
        }
    }
}

pub fn action_page(frame: Frame<'_>, page: &ActionPage<'_>) -> Markup {
    let (title, button) = match page.action {
        ReceiptAction::Withdraw => ("Rút lại ý kiến này?", "Rút lại ý kiến"),
        ReceiptAction::EraseIdentity => ("Xóa thông tin cá nhân?", "Xóa thông tin cá nhân"),
    };
    let own_route = Route::Receipt { receipt: page.receipt.clone(), action: Some(page.action) };
    let problems = page.problem.map(ActionProblem::problems).unwrap_or_default();
    let main = html! {
        h1 { (title) }
        (problems.summary("Chưa thực hiện được"))
        p { "Mã biên nhận: " strong { (page.receipt) } }
        (consequences(page.action))
        form class="form" method="post" action=(own_route) {
            @if page.asks_contact { (CONTACT.show(&problems, page.typed)) }
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
