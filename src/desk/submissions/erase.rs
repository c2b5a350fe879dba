//! The desk's form that erases the sender's identity, or the whole submission.

use cong_core::addresses::{DeskPage, Done, SubmissionStep};
use maud::{Markup, html};

use super::change_request::{again, change, changed, done, read};
use super::dossier::Dossier;
use super::steps;
use crate::desk::layout::{DeskFrame, FormErrors, desk_layout, version_field};
use crate::desk::request::Desk;
use crate::web::{CachePolicy, FormField, FormProblems, PageError, Response};

const IDENTITY_CONSENT: FormField<'_> = consent("dong_y_nguoi_gui");

const SUBMISSION_CONSENT: FormField<'_> = consent("dong_y_y_kien");

const fn consent(name: &str) -> FormField<'_> {
    FormField {
        missing: "Hãy đánh dấu là bạn hiểu sẽ không lấy lại được.",
        ..FormField::tick(name, "Tôi hiểu là không lấy lại được")
    }
}

pub async fn form(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    desk.publishers_only()?;
    Ok(show(desk, &read(desk, id).await?, &FormErrors::default()))
}

fn show(desk: &Desk<'_>, dossier: &Dossier, again: &FormErrors) -> Response {
    let page = erase_page(&desk.frame(), &ErasePage { dossier, again });
    Response::page(again.status(), page, CachePolicy::NoStore)
}

pub async fn send(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&[]).await?;
    desk.publishers_only()?;
    let (consent, outcome) = match fields.get("viec") {
        "nguoi-gui" => (IDENTITY_CONSENT, Done::IdentityErased),
        "y-kien" => (SUBMISSION_CONSENT, Done::SubmissionErased),
        _ => return Err(PageError::BadRequest),
    };
    let dossier = read(desk, id).await?;
    let mut problems = FormProblems::default();
    problems.read(&consent, fields.value(&consent), true);
    let change = change(desk, id, fields);
    let why = again(&dossier, change, problems);
    let is_gone = match outcome {
        Done::IdentityErased => dossier.identity.is_none(),
        _ => dossier.is_withdrawn(),
    };
    if is_gone || !why.is_clean() {
        return Ok(show(desk, &dossier, &why));
    }
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    let took_effect = match outcome {
        Done::IdentityErased => steps::erase_identity(&db, change, now).await?,
        _ => steps::erase_submission(&db, change, now).await?,
    };
    if !took_effect {
        let dossier = read(desk, id).await?;
        return Ok(show(desk, &dossier, &changed(&dossier, change)));
    }
    // INBOX may still contain a copy of the submission. If deleting the copy fails, the tombstone keeps it out of the
    // database, and the upkeep deletes it.
    if let Err(error) = desk.portal.inbox()?.delete(&dossier.receipt_hash).await {
        desk.portal.log_error(&format!("a copy of erased data is still in INBOX: {error}"));
    }
    Ok(done(desk, id, outcome))
}

pub struct ErasePage<'a> {
    pub dossier: &'a Dossier,
    pub again: &'a FormErrors,
}

pub fn erase_page(frame: &DeskFrame<'_>, page: &ErasePage<'_>) -> Markup {
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
    desk_layout(frame, Some(&DeskPage::submissions()), &title, &main)
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
                (erase_form(frame, page, "nguoi-gui", IDENTITY_CONSENT, "Xóa người gửi"))
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
            (erase_form(frame, page, "y-kien", SUBMISSION_CONSENT, "Xóa cả ý kiến"))
        }
    }
}

fn erase_form(
    frame: &DeskFrame<'_>,
    page: &ErasePage<'_>,
    what: &str,
    consent: FormField<'_>,
    button: &str,
) -> Markup {
    let address = DeskPage::step(page.dossier.id, SubmissionStep::Erase);
    html! {
        form class="form" action=(address) method="post" {
            (frame.token_field())
            (version_field(page.dossier.version()))
            input type="hidden" name="viec" value=(what);
            (consent.show(&page.again.problems, ""))
            button class="button" type="submit" { (button) }
        }
    }
}
