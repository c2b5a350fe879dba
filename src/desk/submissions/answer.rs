//! The desk's form for the answer to a submission.

use cong_core::addresses::{DeskPage, Done, SubmissionStep};
use maud::{Markup, html};

use super::change_request::{again, change, changed, done, read};
use super::dossier::{AnswerClosed, Dossier};
use super::steps;
use crate::desk::layout::{DeskFrame, FormErrors, desk_layout, version_field};
use crate::desk::request::Desk;
use crate::feedback::{SubmissionState, answer_to_sender};
use crate::layout::as_written;
use crate::web::{CachePolicy, FormField, FormProblems, PageError, Response};

/// The field for the answer. Its maximum length is about four pages.
pub const ANSWER: FormField<'_> = FormField {
    hint: "Ai có mã biên nhận đều đọc được: không ghi thông tin cá nhân. Chữ thường, giữ nguyên chỗ xuống dòng.",
    missing: "Hãy viết câu trả lời.",
    max_chars: 8_000,
    ..FormField::text("cau_tra_loi", "Câu trả lời", 14)
};

pub async fn form(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let dossier = read(desk, id).await?;
    let given = dossier.answer.as_ref().map_or("", |answer| answer.text.as_str());
    Ok(show(desk, &dossier, given, false, &FormErrors::default()))
}

fn show(
    desk: &Desk<'_>,
    dossier: &Dossier,
    typed: &str,
    is_preview: bool,
    again: &FormErrors,
) -> Response {
    let page = AnswerPage { dossier, typed, is_preview, again };
    Response::page(again.status(), answer_page(&desk.frame(), &page), CachePolicy::NoStore)
}

/// Handles the submitted form: shows a preview of the answer, or stores the answer.
pub async fn send(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&[ANSWER]).await?;
    let typed = fields.value(&ANSWER);
    let dossier = read(desk, id).await?;
    let mut problems = FormProblems::default();
    let text = problems.read(&ANSWER, typed, true);
    let change = change(desk, id, fields);
    let why = again(&dossier, change, problems);
    let is_preview = !fields.get("xem").is_empty() && !text.is_empty();
    if is_preview || !why.is_clean() {
        return Ok(show(desk, &dossier, typed, is_preview, &why));
    }
    if dossier.takes_answer().is_err() {
        return Err(PageError::BadRequest);
    }
    if !steps::answer(&desk.portal.feedback()?, change, &text).await? {
        let dossier = read(desk, id).await?;
        let why = changed(&dossier, change);
        return Ok(show(desk, &dossier, typed, false, &why));
    }
    let was_answered = dossier.state == SubmissionState::Answered;
    Ok(done(desk, id, if was_answered { Done::AnswerChanged } else { Done::Answered }))
}

pub struct AnswerPage<'a> {
    pub dossier: &'a Dossier,
    pub typed: &'a str,
    pub is_preview: bool,
    pub again: &'a FormErrors,
}

pub fn answer_page(frame: &DeskFrame<'_>, page: &AnswerPage<'_>) -> Markup {
    let AnswerPage { dossier, typed, again, .. } = page;
    let title = format!("Trả lời ý kiến số {}", dossier.id);
    let main = html! {
        (again.head())
        p { a href=(DeskPage::submission(dossier.id)) { "‹ Ý kiến số " (dossier.id) } }
        h1 { (title) }
        section {
            h2 { @if dossier.subject.is_empty() { "Ý kiến" } @else { (dossier.subject) } }
            div class="desk-original" { (as_written(&dossier.text)) }
        }
        @if let (false, Some(current)) = (again.changed.is_empty(), &dossier.answer) {
            section {
                h2 { "Câu trả lời hiện đã lưu" }
                div class="desk-original" { (as_written(&current.text)) }
            }
        }
        @if page.is_preview {
            section class="desk-preview" aria-labelledby="xem_truoc" {
                h2 id="xem_truoc" { "Xem trước: người gửi sẽ thấy trên biên nhận" }
                (answer_to_sender(frame.site, typed))
            }
        }
        @match dossier.takes_answer() {
            Ok(()) => (answer_form(frame, page)),
            Err(closed) => {
                p class="desk-warning" { (why(closed)) }
                @if !typed.is_empty() {
                    h2 { "Nội dung bạn đã gõ" }
                    pre class="desk-typed" { (typed) }
                }
            }
        }
    };
    desk_layout(frame, Some(&DeskPage::submissions()), &title, &main)
}

fn why(closed: AnswerClosed) -> &'static str {
    match closed {
        AnswerClosed::WithItsDraft => {
            "Góp ý dự thảo được trả lời ở trang của dự thảo, cùng một lúc."
        }
        AnswerClosed::Withdrawn => "Ý kiến đã được rút lại hoặc bị xóa, không trả lời được nữa.",
        AnswerClosed::Released => {
            "Câu trả lời đang được công bố: hãy thu hồi bản công bố trước khi sửa."
        }
    }
}

fn answer_form(frame: &DeskFrame<'_>, page: &AnswerPage<'_>) -> Markup {
    let address = DeskPage::step(page.dossier.id, SubmissionStep::Answer);
    html! {
        form class="form" action=(address) method="post" {
            (frame.token_field())
            (version_field(page.dossier.version()))
            (ANSWER.show(&page.again.problems, page.typed))
            div class="desk-buttons" {
                button class="button quiet" type="submit" name="xem" value="1" { "Xem trước" }
                button class="button" type="submit" { "Gửi trả lời" }
            }
        }
    }
}
