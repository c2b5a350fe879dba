//! The desk's page for the answer to a submission, with a preview of what the sender will see.

use maud::{Markup, html};

use super::super::form::{Field, FormErrors, VERSION};
use super::super::layout::{DeskFrame, layout};
use crate::desk::submissions::{AnswerClosed, Dossier};
use crate::pages::parts::as_written;
use crate::pages::receipt::answer_to_sender;
use cong_core::addresses::{DeskPage, SubmissionStep};

pub struct AnswerPage<'a> {
    pub dossier: &'a Dossier,
    pub typed: &'a str,
    pub is_preview: bool,
    pub again: &'a FormErrors,
}

pub fn answer(frame: &DeskFrame<'_>, page: &AnswerPage<'_>) -> Markup {
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
            Ok(()) => (form(frame, page)),
            Err(closed) => {
                p class="desk-warning" { (why(closed)) }
                @if !typed.is_empty() {
                    h2 { "Nội dung bạn đã gõ" }
                    pre class="desk-typed" { (typed) }
                }
            }
        }
    };
    layout(frame, Some(&DeskPage::submissions()), &title, &main)
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

fn form(frame: &DeskFrame<'_>, page: &AnswerPage<'_>) -> Markup {
    let address = DeskPage::step(page.dossier.id, SubmissionStep::Answer);
    html! {
        form class="form" action=(address) method="post" {
            (frame.token_field())
            input type="hidden" name=(VERSION) value=(page.dossier.version());
            (Field {
                name: "cau_tra_loi",
                label: "Câu trả lời",
                hint: "Ai có mã biên nhận đều đọc được: không ghi thông tin cá nhân. Chữ thường, giữ nguyên chỗ xuống dòng.",
                value: page.typed,
            }.text(page.again, 14))
            div class="desk-buttons" {
                button class="button quiet" type="submit" name="xem" value="1" { "Xem trước" }
                button class="button" type="submit" { "Gửi trả lời" }
            }
        }
    }
}
