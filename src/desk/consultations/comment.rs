//! The desk's page of one comment on a draft, and the forms for its public text and its answer.

use cong_core::addresses::{CommentsPart, DeskConsultationsPage, DeskPage, Done};
use cong_core::ledger::Decision;
use maud::{Markup, html};

use super::changes::{ChangeOutcome, Chosen};
use super::comments_store::StoredComment;
use super::draft::DeskDraft;
use super::draft_request::{draft, refused, write_record};
use super::fields::{answer_fields, typed_before};
use super::input::{AnswerInput, FIELDS, PUBLIC_TEXT, ledger_behind};
use super::parts::{answered, draft_title, publishers_only, route, sender, texts};
use super::release::status;
use super::{changes, comments_store};
use crate::consultations::clause_title;
use crate::desk::editor::Role;
use crate::desk::layout::{
    DeskFrame, VERSION, changed_meanwhile, desk_layout, done_message, problem_summary,
    version_field,
};
use crate::desk::request::Desk;
use crate::desk::trail::AuditLine;
use crate::layout::as_written;
use crate::web::{CachePolicy, FormProblems, PageError, Response, SentFields};

pub async fn comment(
    desk: &Desk<'_>,
    slug: &str,
    id: i64,
    done: Option<Done>,
) -> Result<Response, PageError> {
    let comment = read(desk, slug, id).await?;
    let form = CommentForm::of(&comment);
    show(desk, slug, &comment, done, &form, 200).await
}

async fn read(desk: &Desk<'_>, slug: &str, id: i64) -> Result<StoredComment, PageError> {
    let comment = comments_store::comment(&desk.portal.feedback()?, slug, id).await?;
    comment.ok_or(PageError::NOT_FOUND)
}

async fn show(
    desk: &Desk<'_>,
    slug: &str,
    comment: &StoredComment,
    done: Option<Done>,
    form: &CommentForm,
    status: u16,
) -> Result<Response, PageError> {
    let draft = draft(desk.portal, slug).await?;
    let page = comment_page(&desk.frame(), &CommentView { draft: &draft, comment, form, done });
    Ok(Response::page(status, page, CachePolicy::NoStore))
}

/// Carries out the submitted form: answers the comment, publishes a text of it, or makes it unpublished again. Nothing is
/// stored if somebody else has changed the comment's submission since the editor loaded the page.
pub async fn change(desk: &Desk<'_>, slug: &str, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&FIELDS).await?;
    let version = fields.value(&VERSION).parse().map_err(|_| PageError::BadRequest)?;
    let (outcome, done) = match fields.get("viec") {
        "tra-loi" => {
            (answer(desk, slug, Chosen { id, version }, fields).await?, Done::CommentsAnswered)
        }
        "cong-bo" => {
            (release(desk, slug, Chosen { id, version }, fields).await?, Done::CommentsReleased)
        }
        "thu-hoi" => {
            desk.publishers_only()?;
            let db = desk.portal.feedback()?;
            let hidden = changes::hide(&db, slug, Chosen { id, version }, &desk.editor).await?;
            (Ok(hidden), Done::CommentTakenBack)
        }
        _ => return Err(PageError::BadRequest),
    };
    let (problems, changed, status) = match outcome {
        Ok(ChangeOutcome::Saved) => {
            let page =
                DeskConsultationsPage::Comment { slug: slug.to_owned(), id, done: Some(done) };
            return Ok(desk.done(&DeskPage::Consultations(page)));
        }
        Ok(ChangeOutcome::Refused) => {
            refused(desk, slug).await?;
            let is_answer = done == Done::CommentsAnswered;
            let problems = if is_answer { ledger_behind() } else { FormProblems::default() };
            (problems, Vec::new(), 409)
        }
        Ok(ChangeOutcome::Changed(lines)) => {
            (FormProblems::default(), lines.into_iter().map(|changed| changed.line).collect(), 409)
        }
        Err(problems) => (problems, Vec::new(), 422),
    };
    let mut comment = read(desk, slug, id).await?;
    if changed.is_empty() {
        // The form keeps the version that the editor saw, so that changes by others are reported when the corrected
        // form is sent.
        comment.version = version;
    }
    let stored = CommentForm::of(&comment);
    // The page has two forms. The one that was submitted shows what the editor typed, the other one what is stored.
    let form = match done {
        Done::CommentsAnswered => {
            CommentForm { answer: AnswerInput::of(fields), problems, changed, ..stored }
        }
        Done::CommentsReleased => {
            CommentForm { public_text: typed_public_text(fields), problems, changed, ..stored }
        }
        _ => CommentForm { problems, changed, ..stored },
    };
    show(desk, slug, &comment, None, &form, status).await
}

/// The public text as the editor typed it, without control characters.
fn typed_public_text(fields: &SentFields) -> String {
    PUBLIC_TEXT.clean(fields.value(&PUBLIC_TEXT))
}

/// What came of a submitted form: the outcome of the change, or the problems of the form, so that no change was
/// attempted.
type Tried = Result<ChangeOutcome, FormProblems>;

async fn answer(
    desk: &Desk<'_>,
    slug: &str,
    chosen: Chosen,
    fields: &SentFields,
) -> Result<Tried, PageError> {
    let typed = AnswerInput::of(fields);
    let mut problems = FormProblems::default();
    let Some(answer) = typed.validate(&mut problems) else { return Ok(Err(problems)) };
    write_record(desk, slug).await?;
    let db = desk.portal.feedback()?;
    Ok(Ok(changes::answer(&db, slug, &[chosen], answer, &desk.editor).await?))
}

async fn release(
    desk: &Desk<'_>,
    slug: &str,
    chosen: Chosen,
    fields: &SentFields,
) -> Result<Tried, PageError> {
    desk.publishers_only()?;
    let mut problems = FormProblems::default();
    let text = problems.read(&PUBLIC_TEXT, fields.value(&PUBLIC_TEXT), true);
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let db = desk.portal.feedback()?;
    Ok(Ok(changes::set_public_text(&db, slug, chosen, &text, &desk.editor).await?))
}

pub struct CommentView<'a> {
    pub draft: &'a DeskDraft,
    pub comment: &'a StoredComment,
    pub form: &'a CommentForm,
    pub done: Option<Done>,
}

/// The contents of the page's two forms, one for the answer and one for the public text, and the reasons why a form is
/// shown again.
pub struct CommentForm {
    pub answer: AnswerInput,
    pub public_text: String,
    pub problems: FormProblems,
    /// The lines of the audit trail about changes that somebody else has made since the page was loaded.
    pub changed: Vec<AuditLine>,
}

impl CommentForm {
    /// The two forms with the stored values. If the comment has no public text, the form for the public text proposes
    /// the text that the sender wrote.
    pub fn of(comment: &StoredComment) -> Self {
        let public_text = comment.public_text.as_ref().or(comment.text.as_ref());
        Self {
            answer: AnswerInput {
                decision: comment.decision.map(Decision::code).unwrap_or_default().to_owned(),
                answer: comment.answer.clone().unwrap_or_default(),
                changed: comment.changed.clone().unwrap_or_default(),
            },
            public_text: public_text.cloned().unwrap_or_default(),
            problems: FormProblems::default(),
            changed: Vec::new(),
        }
    }
}

pub fn comment_page(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
    let CommentView { draft, comment, form, .. } = view;
    let part = CommentsPart { clause: Some(comment.clause.clone()), ..CommentsPart::ALL };
    let back = DeskConsultationsPage::Comments { slug: draft.slug.clone(), part, done: None };
    let clause = clause_title(&draft.clauses, &comment.clause, &comment.clause_title);
    let main = html! {
        (done_message(view.done))
        @if !form.changed.is_empty() { (changed_meanwhile(&form.changed)) }
        (problem_summary(&form.problems))
        h1 { "Ý kiến số " (comment.id) }
        (draft_title(draft, frame.now))
        p { "Về: " a href=(route(back)) { (clause) } " · " a href=(route(DeskConsultationsPage::of_draft(&draft.slug))) { "Mọi ý kiến" } }
        p class="entry-meta" { (sender(comment)) }
        @if draft.facts.released_at.is_some() { (status(frame, draft)) }
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
            (answer_section(frame, view))
        }
    };
    let title = format!("Ý kiến số {} về dự thảo: {}", comment.id, draft.title());
    desk_layout(frame, Some(&DeskPage::CONSULTATIONS), &title, &main)
}

/// The hidden fields of every form on the page: the form token, and the version of the submission that the editor saw.
fn head(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
    html! {
        (frame.token_field())
        (version_field(view.comment.version))
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
    html! {
        form class="form" action=(route(own(view))) method="post" {
            (head(frame, view))
            div class="desk-pair" {
                div {
                    p class="desk-label" { "Nguyên văn, để đối chiếu" }
                    @match &view.comment.text {
                        Some(text) => (as_written(text)),
                        None => p { em { "Nội dung đã được xóa." } },
                    }
                }
                (PUBLIC_TEXT.show(&form.problems, &form.public_text))
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

fn answer_section(frame: &DeskFrame<'_>, view: &CommentView<'_>) -> Markup {
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
