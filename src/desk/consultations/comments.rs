//! The desk's page of the comments on a draft, and the form that changes several of them at once.

use std::collections::HashMap;

use cong_core::addresses::{CommentsPart, DeskConsultationsPage, DeskPage, Done};

use super::changes::{ChangeOutcome, Chosen};
use super::comments_page::{BatchForm, CommentsView, comments_page};
use super::draft_request::{draft, refused, write_record};
use super::input::{AnswerInput, FIELDS, HAS_READ, LIST, ledger_behind};
use super::{changes, comments_store, input};
use crate::desk::request::Desk;
use crate::web::{CachePolicy, PageError, Response};

pub async fn comments(
    desk: &Desk<'_>,
    slug: &str,
    part: &CommentsPart,
    done: Option<Done>,
) -> Result<Response, PageError> {
    show(desk, slug, part, done, BatchForm::default(), 200).await
}

/// Renders one page of the comments. If the page number in `part` is too large, because there are fewer comments now,
/// renders the last page.
async fn show(
    desk: &Desk<'_>,
    slug: &str,
    part: &CommentsPart,
    done: Option<Done>,
    mut form: BatchForm,
    status: u16,
) -> Result<Response, PageError> {
    let draft = draft(desk.portal, slug).await?;
    let shown: Vec<_> = draft
        .facts
        .counts
        .iter()
        .filter(|count| part.clause.as_ref().is_none_or(|clause| *clause == count.clause))
        .collect();
    let total: u32 = shown.iter().map(|count| count.lacking(part.lacking)).sum();
    let pages = comments_store::PER_PAGE.pages(total);
    let part = CommentsPart { page: part.page.min(pages), ..part.clone() };
    let clauses: Vec<&str> = shown.iter().map(|count| count.clause.as_str()).collect();
    let db = desk.portal.feedback()?;
    let mut comments =
        comments_store::comments(&db, slug, &clauses, part.lacking, part.page).await?;
    if !form.ticked.is_empty() {
        let is_apart = |id: &i64| {
            form.changed.iter().any(|line| line.comment == *id)
                || !comments.iter().any(|comment| comment.id == *id)
        };
        let apart: Vec<i64> = form.ticked.keys().copied().filter(is_apart).collect();
        form.apart = comments_store::comments_among(&db, slug, &apart).await?;
        if form.changed.is_empty() {
            // The form keeps the versions that the editor saw, so that changes by others are reported when the
            // corrected form is sent.
            for comment in comments.iter_mut().chain(&mut form.apart) {
                let seen = form.ticked.get(&comment.id);
                comment.version = seen.copied().unwrap_or(comment.version);
            }
        }
    }
    let view =
        CommentsView { draft: &draft, part: &part, pages, comments: &comments, form: &form, done };
    let page = comments_page(&desk.frame(), &view);
    Ok(Response::page(status, page, CachePolicy::NoStore))
}

/// Carries out the submitted form: answers the ticked comments, or makes them public. If one of them cannot be changed,
/// none of them is changed.
pub async fn change(
    desk: &Desk<'_>,
    slug: &str,
    part: &CommentsPart,
) -> Result<Response, PageError> {
    let fields = desk.form(&FIELDS).await?;
    let chosen = input::chosen(fields).ok_or(PageError::BadRequest)?;
    let mut form = BatchForm {
        ticked: chosen.iter().map(|one| (one.id, one.version)).collect::<HashMap<i64, i64>>(),
        typed: AnswerInput::of(fields),
        has_read: !fields.value(&HAS_READ).is_empty(),
        ..BatchForm::default()
    };
    form.problems.require(&LIST, !chosen.is_empty(), LIST.missing);
    let (outcome, done) = match fields.get("viec") {
        "tra-loi" => (answer(desk, slug, &chosen, &mut form).await?, Done::CommentsAnswered),
        "cong-bo" => (release(desk, slug, &chosen, &mut form).await?, Done::CommentsReleased),
        _ => return Err(PageError::BadRequest),
    };
    let part = CommentsPart { are_all_ticked: false, ..part.clone() };
    match outcome {
        None => show(desk, slug, &part, None, form, 422).await,
        Some(ChangeOutcome::Saved) => {
            let page =
                DeskConsultationsPage::Comments { slug: slug.to_owned(), part, done: Some(done) };
            Ok(desk.done(&DeskPage::Consultations(page)))
        }
        Some(ChangeOutcome::Changed(lines)) => {
            form.changed = lines;
            show(desk, slug, &part, None, form, 409).await
        }
        Some(ChangeOutcome::Refused) => {
            refused(desk, slug).await?;
            form.problems = ledger_behind();
            show(desk, slug, &part, None, form, 409).await
        }
    }
}

/// Gives the chosen comments the answer in the form. If the form has problems, adds them to `form.problems` and returns
/// `None`.
async fn answer(
    desk: &Desk<'_>,
    slug: &str,
    chosen: &[Chosen],
    form: &mut BatchForm,
) -> Result<Option<ChangeOutcome>, PageError> {
    let Some(answer) = form.typed.validate(&mut form.problems) else { return Ok(None) };
    write_record(desk, slug).await?;
    let db = desk.portal.feedback()?;
    Ok(Some(changes::answer(&db, slug, chosen, answer, &desk.editor).await?))
}

/// Makes the chosen comments public as they were sent. If the form has problems, adds them to `form.problems` and
/// returns `None`.
async fn release(
    desk: &Desk<'_>,
    slug: &str,
    chosen: &[Chosen],
    form: &mut BatchForm,
) -> Result<Option<ChangeOutcome>, PageError> {
    desk.publishers_only()?;
    form.problems.require(&HAS_READ, form.has_read, HAS_READ.missing);
    if !form.problems.is_empty() {
        return Ok(None);
    }
    let db = desk.portal.feedback()?;
    Ok(Some(changes::release_as_sent(&db, slug, chosen, &desk.editor).await?))
}
