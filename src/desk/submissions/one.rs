//! The desk's page of one submission, with buttons and links to the next steps of handling it.

use cong_core::addresses::{
    DeskConsultationsPage, DeskPage, Done, Route, SubmissionFilter, SubmissionStep,
};
use cong_core::consultation::Clause;
use maud::{Markup, html};

use super::change_request::{again, change, changed, done, read};
use super::dossier::{AnswerClosed, Dossier};
use super::steps;
use super::steps::HandlingStep;
use crate::consultations::SentComment;
use crate::desk::editor::Role;
use crate::desk::layout::{DeskFrame, FormErrors, desk_layout, done_message, trail, version_field};
use crate::desk::request::Desk;
use crate::feedback::SubmissionState;
use crate::layout::{as_written, date_time};
use crate::web::{CachePolicy, FormField, FormProblems, PageError, Response};

/// The field for the unit to which the submission is passed on.
const UNIT: FormField<'_> = FormField {
    hint: "Người gửi đọc được tên này trên biên nhận.",
    missing: "Hãy ghi tên đơn vị nhận.",
    ..FormField::line("don_vi", "Chuyển đến đơn vị")
};

pub async fn one(desk: &Desk<'_>, id: i64, done: Option<Done>) -> Result<Response, PageError> {
    Ok(show(desk, &read(desk, id).await?, done, "", &FormErrors::default()))
}

fn show(
    desk: &Desk<'_>,
    dossier: &Dossier,
    done: Option<Done>,
    unit: &str,
    again: &FormErrors,
) -> Response {
    let page = submission_page(&desk.frame(), &OnePage { dossier, done, unit, again });
    Response::page(again.status(), page, CachePolicy::NoStore)
}

pub async fn take_step(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&[UNIT]).await?;
    let step = HandlingStep::from_code(fields.get("viec")).ok_or(PageError::BadRequest)?;
    let dossier = read(desk, id).await?;
    let mut problems = FormProblems::default();
    let unit = fields.value(&UNIT);
    let named = match step {
        HandlingStep::PassOn => problems.read(&UNIT, unit, true),
        _ => String::new(),
    };
    let change = change(desk, id, fields);
    let why = again(&dossier, change, problems);
    if !why.is_clean() {
        return Ok(show(desk, &dossier, None, unit, &why));
    }
    if step.is_for_publishers(&dossier) {
        desk.publishers_only()?;
    }
    // The page does not offer this step, so none of its forms asks for it.
    if !step.is_open_to(&dossier) {
        return Err(PageError::BadRequest);
    }
    if !steps::take(&desk.portal.feedback()?, step, change, &named, desk.editor.role).await? {
        let dossier = read(desk, id).await?;
        let why = changed(&dossier, change);
        return Ok(show(desk, &dossier, None, unit, &why));
    }
    Ok(done(
        desk,
        id,
        match step {
            HandlingStep::Start => Done::Started,
            HandlingStep::PassOn => Done::PassedOn,
            HandlingStep::Clear => Done::FoundNoSpam,
            HandlingStep::MarkSpam => Done::FoundSpam,
        },
    ))
}

pub struct OnePage<'a> {
    pub dossier: &'a Dossier,
    pub done: Option<Done>,
    /// The unit to which the submission is to be passed on, as the editor typed it.
    pub unit: &'a str,
    pub again: &'a FormErrors,
}

pub fn submission_page(frame: &DeskFrame<'_>, page: &OnePage<'_>) -> Markup {
    let OnePage { dossier, done, again, .. } = page;
    let title = format!("Ý kiến số {}", dossier.id);
    let main = html! {
        (done_message(*done))
        (again.head())
        p { a href=(DeskPage::submissions()) { "‹ Các ý kiến" } }
        h1 { (title) @if !dossier.subject.is_empty() { ": " bdi { (dossier.subject) } } }
        (facts(frame, dossier))
        (what_was_sent(dossier))
        (sender(dossier))
        @if let Some(answer) = &dossier.answer {
            section {
                h2 { "Trả lời" }
                p class="hint" { "Lúc " (date_time(answer.at)) }
                (as_written(&answer.text))
            }
        }
        @if let Some(released) = &dossier.released {
            section {
                h2 { "Đang công bố" }
                p {
                    a href=(Route::Question { id: dossier.id }) { (released.subject) }
                    ", từ " (date_time(released.released_at))
                }
            }
        }
        section { h2 { "Việc tiếp theo" } (steps(frame, page)) }
        section { h2 { "Nhật ký" } (trail(&dossier.trail)) }
    };
    desk_layout(frame, Some(&DeskPage::submissions()), &title, &main)
}

fn facts(frame: &DeskFrame<'_>, dossier: &Dossier) -> Markup {
    html! {
        dl class="desk-facts" {
            div { dt { "Loại" } dd { (dossier.kind.label()) } }
            @if let Some(slug) = &dossier.about {
                @let same = SubmissionFilter::all_about(slug);
                div {
                    dt { @if dossier.is_draft_comment() { "Về dự thảo" } @else { "Về bài" } }
                    dd {
                        a href=(Route::article(slug)) { (slug) }
                        " · " a href=(DeskPage::listed(same)) { "các ý kiến khác về bài này" }
                    }
                }
            }
            div { dt { "Nhận lúc" } dd { (date_time(dossier.received_at)) } }
            @if let Some(due) = dossier.due.filter(|_| dossier.state.is_open()) {
                div {
                    dt { "Hạn trả lời" }
                    dd {
                        strong { (due) }
                        @if due.date < frame.now.day() { " " strong class="desk-overdue" { "quá hạn" } }
                        @if due.is_estimate { " (ước tính)" }
                    }
                }
            }
            div { dt { "Trạng thái" } dd { strong { (state(dossier.state)) } } }
            @if let Some(unit) = &dossier.passed_to { div { dt { "Đã chuyển đến" } dd { (unit) } } }
            @if let Some(suspected) = dossier.suspected {
                div { dt { "Rác?" } dd { span class="desk-mark" { (suspected.label()) } } }
            }
        }
    }
}

/// The name of a state, as editors read it. Visitors read the same name, except for `Withdrawn`: only the editors' name
/// says "withdrawn or erased".
fn state(state: SubmissionState) -> &'static str {
    match state {
        SubmissionState::Withdrawn => "Đã rút lại hoặc bị xóa",
        state => state.label(),
    }
}

fn what_was_sent(dossier: &Dossier) -> Markup {
    html! {
        section {
            h2 { "Nội dung" }
            @if dossier.is_withdrawn() {
                p { "Tiêu đề, nội dung và người gửi đã được xóa, không lấy lại được." }
            } @else if dossier.is_draft_comment() {
                @for comment in &dossier.comments { (comment_on_draft(comment)) }
            } @else { div class="desk-original" { (as_written(&dossier.text)) } }
        }
    }
}

fn comment_on_draft(comment: &SentComment) -> Markup {
    let title = match comment.clause_title.as_str() {
        "" => Clause::WHOLE_LABEL,
        title => title,
    };
    html! {
        h3 { (comment.position) ". " (title) }
        @match &comment.text {
            Some(text) => div class="desk-original" { (as_written(text)) },
            None => p { "Nội dung đã được xóa." },
        }
    }
}

fn sender(dossier: &Dossier) -> Markup {
    html! {
        section {
            h2 { "Người gửi" }
            @match &dossier.identity {
                Some(identity) => dl class="desk-facts" {
                    @for (label, value) in [
                        ("Họ tên", &identity.name),
                        ("Địa chỉ", &identity.address),
                        ("Điện thoại", &identity.phone),
                        ("Thư điện tử", &identity.email),
                    ] {
                        div { dt { (label) } dd { @if value.is_empty() { "(không ghi)" } @else { (value) } } }
                    }
                },
                None if dossier.is_identity_erased() => p { "Thông tin người gửi đã được xóa." },
                None => p { "Người gửi không cho biết mình là ai." },
            }
        }
    }
}

fn steps(frame: &DeskFrame<'_>, page: &OnePage<'_>) -> Markup {
    let dossier = page.dossier;
    html! {
        @if dossier.is_withdrawn() { p { "Ý kiến này không còn gì để làm." } }
        @if dossier.suspected.is_some() { (suspicion(frame, dossier)) }
        (answering(frame, dossier))
        @if HandlingStep::PassOn.is_open_to(dossier) {
            form class="form desk-short" action=(DeskPage::submission(dossier.id)) method="post" {
                (hidden(frame, dossier, HandlingStep::PassOn))
                (UNIT.show(&page.again.problems, page.unit))
                button class="button quiet" type="submit" { "Chuyển" }
            }
        }
        @if dossier.suspected.is_none() { (suspicion(frame, dossier)) }
        @if !dossier.is_withdrawn() { (publishing(frame, dossier)) }
    }
}

fn answering(frame: &DeskFrame<'_>, dossier: &Dossier) -> Markup {
    let is_answered = dossier.state == SubmissionState::Answered;
    let can_start = HandlingStep::Start.is_open_to(dossier);
    html! {
        @match dossier.takes_answer() {
            Ok(()) | Err(AnswerClosed::Withdrawn) => {},
            Err(AnswerClosed::WithItsDraft) => p {
                "Góp ý dự thảo được trả lời cùng một lúc: "
                a href=(DeskPage::Consultations(DeskConsultationsPage::of_draft(dossier.about.as_deref().unwrap_or_default()))) { "tới trang của dự thảo" } "."
            },
            Err(AnswerClosed::Released) => p { "Muốn sửa câu trả lời, hãy thu hồi bản công bố trước." },
        }
        @if can_start && is_answered {
            p { "Xử lý lại thì câu trả lời hiện nay bị bỏ; người gửi thấy “Đang xử lý”." }
        }
        div class="desk-buttons" {
            @if dossier.takes_answer().is_ok() {
                a class="button" href=(DeskPage::step(dossier.id, SubmissionStep::Answer)) {
                    @if is_answered { "Sửa câu trả lời" } @else { "Viết câu trả lời" }
                }
            }
            @if can_start {
                @let label = if is_answered { "Bỏ câu trả lời, xử lý lại" } else { "Đánh dấu đang xử lý" };
                (button(frame, dossier, HandlingStep::Start, label))
            }
        }
    }
}

fn suspicion(frame: &DeskFrame<'_>, dossier: &Dossier) -> Markup {
    if frame.editor.role == Role::Editor && HandlingStep::MarkSpam.is_for_publishers(dossier) {
        return html! {
            p class="hint" { "Góp ý này đã công bố hoặc đã có trả lời: chỉ người được công bố đánh dấu rác được." }
        };
    }
    html! {
        div class="desk-buttons" {
            @if HandlingStep::Clear.is_open_to(dossier) { (button(frame, dossier, HandlingStep::Clear, "Không phải rác")) }
            @if HandlingStep::MarkSpam.is_open_to(dossier) {
                @let label = if dossier.suspected.is_some() { "Đúng là rác" } else { "Đánh dấu là rác" };
                (button(frame, dossier, HandlingStep::MarkSpam, label))
            }
        }
    }
}

/// The links to steps that only publishers may take.
fn publishing(frame: &DeskFrame<'_>, dossier: &Dossier) -> Markup {
    if frame.editor.role == Role::Editor {
        return html! { p class="hint" { "Công bố, thu hồi, xóa: nhờ người được công bố (thiết lập PUBLISHERS)." } };
    }
    html! {
        ul {
            @if dossier.can_be_released() {
                li {
                    a href=(DeskPage::step(dossier.id, SubmissionStep::Release)) {
                        @if dossier.released.is_some() { "Sửa hoặc thu hồi bản công bố" } @else { "Công bố ở trang Hỏi đáp" }
                    }
                }
            }
            li { a href=(DeskPage::step(dossier.id, SubmissionStep::Erase)) { "Xóa người gửi hoặc cả ý kiến" } }
        }
    }
}

/// A button that takes a step of handling the submission. Its form has only hidden fields.
fn button(frame: &DeskFrame<'_>, dossier: &Dossier, step: HandlingStep, label: &str) -> Markup {
    html! {
        form action=(DeskPage::submission(dossier.id)) method="post" {
            (hidden(frame, dossier, step))
            button class="button quiet" type="submit" { (label) }
        }
    }
}

fn hidden(frame: &DeskFrame<'_>, dossier: &Dossier, step: HandlingStep) -> Markup {
    html! {
        (frame.token_field())
        (version_field(dossier.version()))
        input type="hidden" name="viec" value=(step.code());
    }
}
