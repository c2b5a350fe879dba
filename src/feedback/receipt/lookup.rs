//! The page on which senders type their receipt code to find their submission.

use cong_core::addresses::Route;
use cong_core::submission::{Receipt, ReceiptError};
use maud::{Markup, html};

use super::action::to_receipt;
use super::{RULES, find};
use crate::catalogue::{HotIndex, hot_index, known_hot_index};
use crate::layout::{Frame, Head, frame, layout};
use crate::web::{
    CachePolicy, Checked, FormField, FormProblems, FormRefusal, PageError, Portal, Request,
    Response, check_form, with_retry_hint, without_token,
};

const CODE: FormField<'_> = FormField {
    hint: "20 chữ cái và chữ số; chữ hoa, chữ thường, dấu cách hay dấu gạch đều được.",
    ..FormField::code("ma", "Mã biên nhận")
};

pub async fn lookup_form(portal: &Portal) -> Result<Response, PageError> {
    Ok(render_lookup(portal, &*hot_index(portal).await, &LookupPage::default()))
}

/// Redirects to the receipt with the typed code. If no receipt has this code, shows the form again with the reason.
pub async fn look_up(portal: &Portal, request: &Request) -> Result<Response, PageError> {
    let fields = match check_form(portal, request, &RULES, without_token).await? {
        Checked::Accepted(fields) => fields,
        Checked::Refused(fields, refusal) => {
            let problem = match refusal {
                FormRefusal::TooLong(_) => LookupProblem::NotACode,
                FormRefusal::TooMany => LookupProblem::TooMany,
            };
            let page = LookupPage { typed: fields.value(&CODE), problem: Some(problem) };
            return Ok(render_lookup(portal, &known_hot_index(portal), &page));
        }
    };
    let typed = fields.value(&CODE).trim();
    let problem = match Receipt::parse(typed) {
        Err(ReceiptError::Shape) => LookupProblem::NotACode,
        Err(ReceiptError::Checksum) => LookupProblem::Mistyped,
        Ok(receipt) => match find(portal, &receipt).await {
            Ok(_) => return Ok(to_receipt(&receipt)),
            Err(PageError::ReceiptUnknown) => LookupProblem::Unknown,
            Err(error) => {
                let cause = error.log().unwrap_or_default();
                portal.log_error(&format!("a receipt could not be looked up: {cause}"));
                LookupProblem::Away
            }
        },
    };
    let page = LookupPage { typed, problem: Some(problem) };
    Ok(render_lookup(portal, &*hot_index(portal).await, &page))
}

fn render_lookup(portal: &Portal, index: &HotIndex, page: &LookupPage<'_>) -> Response {
    let status = page.problem.map_or(200, LookupProblem::status);
    let page = lookup_page(frame(portal, index), page);
    with_retry_hint(Response::page(status, page, CachePolicy::NoStore))
}

#[derive(Default)]
pub struct LookupPage<'a> {
    pub typed: &'a str,
    pub problem: Option<LookupProblem>,
}

/// Why no receipt was found for the typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupProblem {
    NotACode,
    /// The checksum of the code is wrong, so it was probably mistyped.
    Mistyped,
    Unknown,
    TooMany,
    /// The database or `INBOX` did not answer.
    Away,
}

impl LookupProblem {
    pub fn status(self) -> u16 {
        match self {
            Self::NotACode | Self::Mistyped => 422,
            Self::Unknown => 404,
            Self::TooMany => 429,
            Self::Away => 503,
        }
    }

    fn problems(self) -> FormProblems {
        let of_the_code = |message| FormProblems::of_field(&CODE, message);
        match self {
            Self::NotACode => {
                of_the_code("Hãy điền đủ mã: 20 chữ cái và chữ số, ví dụ 7K2QM-3D9XA-0B5RT-E8WNZ.")
            }
            Self::Mistyped => {
                of_the_code("Mã này có một chỗ gõ nhầm. Hãy so lại từng chữ với mã bạn đã chép.")
            }
            Self::Unknown => of_the_code(
                "Mã đúng dạng nhưng không có ý kiến nào mang mã này. Hãy xem có đúng mã của cơ quan này không.",
            ),
            Self::TooMany => FormProblems::of_form(
                "Từ mạng của bạn vừa có quá nhiều lần tra cứu. Xin đợi một phút rồi bấm lại.",
            ),
            Self::Away => {
                FormProblems::of_form("Hệ thống đang gián đoạn. Xin đợi một phút rồi bấm lại.")
            }
        }
    }
}

pub fn lookup_page(frame: Frame<'_>, page: &LookupPage<'_>) -> Markup {
    let problems = page.problem.map(LookupProblem::problems).unwrap_or_default();
    let main = html! {
        h1 { "Tra cứu ý kiến đã gửi" }
        (problems.summary("Chưa tìm được"))
        p { "Mỗi lần gửi góp ý có một mã biên nhận. Điền mã để xem ý kiến đang ở đâu và đã được trả lời chưa." }
        form class="form" method="post" action=(Route::Lookup) {
            (CODE.show(&problems, page.typed))
            button class="button" type="submit" { "Tra cứu" }
        }
        p {
            "Mất mã? Cổng thông tin không lưu chính mã này nên không tìm lại được; hãy "
            a href=(Route::Contact) { "liên hệ cơ quan" } "."
        }
    };
    let description = format!(
        "Xem ý kiến đã gửi tới {} được xử lý đến đâu, bằng mã biên nhận.",
        frame.site.body_name
    );
    let head = Head {
        title: "Tra cứu ý kiến đã gửi",
        description: Some(&description),
        route: Some(&Route::Lookup),
    };
    layout(frame, head, main)
}
