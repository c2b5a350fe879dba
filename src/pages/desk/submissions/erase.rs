//! The desk's confirmation page before erasing: what will be erased, and what stays.

use maud::{Markup, html};

use super::super::form::{Field, FormErrors, VERSION};
use super::super::layout::{DeskFrame, layout};
use crate::desk::submissions::Dossier;
use cong_core::addresses::{DeskPage, SubmissionStep};

pub struct ErasePage<'a> {
    pub dossier: &'a Dossier,
    pub again: &'a FormErrors,
}

pub fn erase(frame: &DeskFrame<'_>, page: &ErasePage<'_>) -> Markup {
    let ErasePage { dossier, again } = page;
    let title = format!("Xóa trong ý kiến số {}", dossier.id);
    let main = html! {
        (again.head())
        p { a href=(DeskPage::submission(dossier.id)) { "‹ Ý kiến số " (dossier.id) } }
        h1 { (title) }
        @if dossier.is_withdrawn() { p { "Ý kiến này đã được rút lại hoặc bị xóa; không còn gì để xóa." } }
        @else {
            p class="desk-warning" { "Xóa là xóa hẳn: không ai lấy lại được, kể cả từ bản sao lưu." }
            (identity(frame, page))
            (whole(frame, page))
        }
    };
    layout(frame, Some(&DeskPage::submissions()), &title, &main)
}

fn identity(frame: &DeskFrame<'_>, page: &ErasePage<'_>) -> Markup {
    html! {
        section {
            h2 { "Chỉ xóa người gửi" }
            @if page.dossier.identity.is_none() { p { "Không còn, hoặc chưa từng có thông tin người gửi." } }
            @else {
                p { strong { "Mất: " } "họ tên, địa chỉ, điện thoại, thư điện tử đã điền." }
                p {
                    strong { "Còn: " }
                    "tiêu đề, nội dung (kể cả tên hay số điện thoại mà người gửi viết trong đó), trạng thái, câu trả lời, "
                    "bản công bố, biên nhận, và nhật ký ghi ai đã xóa."
                }
                (form(frame, page, "nguoi-gui", "dong_y_nguoi_gui", "Xóa người gửi"))
            }
        }
    }
}

fn whole(frame: &DeskFrame<'_>, page: &ErasePage<'_>) -> Markup {
    html! {
        section {
            h2 { "Xóa cả ý kiến" }
            p {
                strong { "Mất: " }
                "tiêu đề, nội dung, câu trả lời, thông tin người gửi"
                @if page.dossier.released.is_some() { ", bản đang công bố ở trang Hỏi đáp (trong vòng một phút)" }
                @if page.dossier.is_draft_comment() { ", các ý kiến góp ý và phần đã công bố của chúng" }
                "."
            }
            p {
                strong { "Còn: " }
                "số, loại, tên bài, lúc nhận, và nhật ký ghi ai đã xóa. Người gửi tra biên nhận sẽ thấy “Ý kiến này đã được rút lại”."
                @if page.dossier.is_draft_comment() { " Sổ cái của dự thảo ghi rằng cơ quan đã xóa, không ghi nội dung." }
            }
            (form(frame, page, "y-kien", "dong_y_y_kien", "Xóa cả ý kiến"))
        }
    }
}

fn form(
    frame: &DeskFrame<'_>,
    page: &ErasePage<'_>,
    what: &str,
    consent: &str,
    button: &str,
) -> Markup {
    let address = DeskPage::step(page.dossier.id, SubmissionStep::Erase);
    html! {
        form class="form" action=(address) method="post" {
            (frame.token_field())
            input type="hidden" name=(VERSION) value=(page.dossier.version());
            input type="hidden" name="viec" value=(what);
            (Field { name: consent, label: "Tôi hiểu là không lấy lại được", hint: "", value: "" }.tick(page.again))
            button class="button" type="submit" { (button) }
        }
    }
}
