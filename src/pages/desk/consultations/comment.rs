//! The desk's page of one comment: its public text, which can be redacted, and its answer.

use maud::{Markup, html};

use super::super::layout::{DeskFrame, done, layout};
use super::super::trail::changed_meanwhile;
use super::fields::{answer_fields, invalid, message, summary, typed_before};
use super::parts::{answered, draft_title, publishers_only, sender, texts};
use super::{release, route};
use crate::desk::consultations::{AnswerInput, Comment, Draft, Problem};
use crate::desk::{AuditLine, Role};
use crate::pages::comments::clause_title;
use cong_core::addresses::{CommentsPart, DeskConsultationsPage, DeskPage, Done};
use cong_core::ledger::Decision;

/// The data of the page.
pub struct CommentView<'a> {
    pub draft: &'a Draft,
    pub comment: &'a Comment,
    pub form: &'a CommentForm,
    pub done: Option<Done>,
}

/// The contents of the page's forms.
pub struct CommentForm {
    pub answer: AnswerInput,
    pub public_text: String,
    pub problems: Vec<Problem>,
    /// What somebody else has changed since the page was loaded.
    pub changed: Vec<AuditLine>,
}

impl CommentForm {
    /// The stored values. The public text defaults to the text as sent.
    pub fn of(comment: &Comment) -> Self {
        let public_text = comment.public_text.as_ref().or(comment.text.as_ref());
        Self {
            answer: AnswerInput {
                decision: comment.decision.map(Decision::code).unwrap_or_default().to_owned(),
                answer: comment.answer.clone().unwrap_or_default(),
                changed: comment.changed.clone().unwrap_or_default(),
            },
            public_text: public_text.cloned().unwrap_or_default(),
            problems: Vec::new(),
            changed: Vec::new(),
        }
    }
}

pub fn comment(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
    let CommentView { draft, comment, form, .. } = view;
    let part = CommentsPart { clause: Some(comment.clause.clone()), ..CommentsPart::ALL };
    let back = DeskConsultationsPage::Comments { slug: draft.slug.clone(), part, done: None };
    let clause = clause_title(&draft.clauses, &comment.clause, &comment.clause_title);
    let main = html! {
        (done(view.done))
        @if !form.changed.is_empty() { (changed_meanwhile(&form.changed)) }
        (summary(&form.problems))
        h1 { "Ý kiến số " (comment.id) }
        (draft_title(draft, frame.now))
        p { "Về: " a href=(route(back)) { (clause) } " · " a href=(route(DeskConsultationsPage::of_draft(&draft.slug))) { "Mọi ý kiến" } }
        p class="entry-meta" { (sender(comment)) }
        @if draft.facts.released_at.is_some() { (release::status(frame, draft)) }
        h2 { "Bản công bố" }
        @if frame.editor.role == Role::Publisher {
            (public_text(frame, view))
            @if comment.public_text.is_some() { (hide(frame, view)) }
        } @else {
            (texts(comment))
            (publishers_only("Công bố ý kiến"))
        }
        section class="desk-answer" {
            h2 { "Trả lời" }
            (answer(frame, view))
        }
    };
    let title = format!("Ý kiến số {} về dự thảo: {}", comment.id, draft.title());
    layout(frame, Some(&DeskPage::CONSULTATIONS), &title, &main)
}

/// The hidden fields of every form on the page: the form token, and the version that the editor saw.
fn head(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
    html! {
        (frame.token_field())
        input type="hidden" name="phien_ban" value=(view.comment.version);
    }
}

fn own(view: &CommentView<'_>) -> DeskConsultationsPage {
    DeskConsultationsPage::Comment {
        slug: view.draft.slug.clone(),
        id: view.comment.id,
        done: None,
    }
}

fn public_text(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
    let form = view.form;
    let (is_invalid, described) = invalid(&form.problems, "ban_cong_bo");
    html! {
        form class="form" action=(route(own(view))) method="post" {
            (head(frame, view))
            div class="desk-pair" {
                div {
                    p class="desk-label" { "Nguyên văn, để đối chiếu" }
                    @match &view.comment.text {
                        Some(text) => (crate::pages::parts::as_written(text)),
                        None => p { em { "Nội dung đã được xóa." } },
                    }
                }
                div class={ "field" @if is_invalid.is_some() { " has-problem" } } {
                    label for="ban_cong_bo" { "Điều mọi người đọc được" }
                    p class="hint" { "Thay thông tin cá nhân bằng […]. Chỉ che, đừng sửa ý." }
                    (message(&form.problems, "ban_cong_bo"))
                    textarea id="ban_cong_bo" name="ban_cong_bo" rows="8" aria-invalid=[is_invalid]
                        aria-describedby=[described] { "\n" (form.public_text) }
                }
            }
            p {
                button class="button" type="submit" name="viec" value="cong-bo" {
                    @if view.comment.public_text.is_some() { "Thay bản công bố" } @else { "Công bố ý kiến này" }
                }
            }
        }
    }
}

fn hide(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
    html! {
        @if view.draft.facts.released_at.is_some() {
            p class="desk-note" {
                "Trả lời đã công bố nên không thôi công bố riêng ý này được. Có thể che thêm ở trên, hoặc thu hồi toàn bộ trả lời trước."
            }
        } @else {
            form action=(route(own(view))) method="post" {
                (head(frame, view))
                p {
                    button class="button quiet" type="submit" name="viec" value="thu-hoi" { "Thôi công bố ý kiến này" }
                    span class="desk-note" { "Có thể đã có người đọc thấy." }
                }
            }
        }
    }
}

fn answer(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
    let is_released = view.draft.facts.released_at.is_some();
    html! {
        @if is_released && frame.editor.role != Role::Publisher {
            (answered(view.comment))
            (publishers_only("Sửa trả lời khi đã công bố"))
            @if !view.form.changed.is_empty() { (typed_before(&view.form.answer)) }
        } @else {
            form class="form" action=(route(own(view))) method="post" {
                (head(frame, view))
                @if is_released { p class="desk-warning" { "Trả lời đã công bố: điều bạn sửa là điều người đọc thấy, và sổ cái ghi lại." } }
                (answer_fields(&view.form.answer, &view.form.problems))
                p { button class="button" type="submit" name="viec" value="tra-loi" { "Lưu trả lời" } }
            }
        }
    }
}
