//! The desk's page of one comment on a draft, and the forms for its public text and its answer.

use super::super::Desk;
use super::{draft, refused, write_record};
use crate::desk::consultations::{
    self as stored, AnswerInput, Chosen, Comment, MAX_CHARS, Outcome, Problem, PublicTextInput,
};
use crate::form_fields::FormFields;
use crate::pages::desk::{self as pages, CommentForm, CommentView};
use crate::web::{CachePolicy, PageError, Response};
use cong_core::addresses::{DeskConsultationsPage, DeskPage, Done};

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

async fn read(desk: &Desk<'_>, slug: &str, id: i64) -> Result<Comment, PageError> {
    let comment = stored::comment(&desk.portal.feedback()?, slug, id).await?;
    comment.ok_or(PageError::NOT_FOUND)
}

async fn show(
    desk: &Desk<'_>,
    slug: &str,
    comment: &Comment,
    done: Option<Done>,
    form: &CommentForm,
    status: u16,
) -> Result<Response, PageError> {
    let draft = draft(desk.portal, slug).await?;
    let page = pages::comment(&desk.frame(), &CommentView { draft: &draft, comment, form, done });
    Ok(Response::page(status, page, CachePolicy::NoStore))
}

/// Answers the comment, sets its public text or removes it, unless somebody else has changed its submission.
pub async fn change(desk: &Desk<'_>, slug: &str, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&MAX_CHARS).await?;
    let version = fields.get("phien_ban").parse().map_err(|_| PageError::BadRequest)?;
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
            let hidden = stored::hide(&db, slug, Chosen { id, version }, &desk.editor).await?;
            (Ok(hidden), Done::CommentTakenBack)
        }
        _ => return Err(PageError::BadRequest),
    };
    let (problems, changed, status) = match outcome {
        Ok(Outcome::Saved) => {
            let page =
                DeskConsultationsPage::Comment { slug: slug.to_owned(), id, done: Some(done) };
            return Ok(desk.done(&DeskPage::Consultations(page)));
        }
        Ok(Outcome::Refused) => {
            refused(desk, slug).await?;
            let is_answer = done == Done::CommentsAnswered;
            let problem = is_answer.then_some(Problem::RecordBehind);
            (problem.into_iter().collect(), Vec::new(), 409)
        }
        Ok(Outcome::Changed(lines)) => {
            (Vec::new(), lines.into_iter().map(|changed| changed.line).collect(), 409)
        }
        Err(problems) => (problems, Vec::new(), 422),
    };
    let mut comment = read(desk, slug, id).await?;
    if changed.is_empty() {
        // The form keeps the old version, so that changes by others are reported when the corrected form is sent.
        comment.version = version;
    }
    let stored = CommentForm::of(&comment);
    // The submitted form shows what the editor typed, the other form what is stored.
    let form = match done {
        Done::CommentsAnswered => {
            CommentForm { answer: AnswerInput::of(fields), problems, changed, ..stored }
        }
        Done::CommentsReleased => {
            CommentForm { public_text: PublicTextInput::of(fields).0, problems, changed, ..stored }
        }
        _ => CommentForm { problems, changed, ..stored },
    };
    show(desk, slug, &comment, None, &form, status).await
}

/// The outcome of a change, or the problems of the form.
type Tried = Result<Outcome, Vec<Problem>>;

async fn answer(
    desk: &Desk<'_>,
    slug: &str,
    chosen: Chosen,
    fields: &FormFields,
) -> Result<Tried, PageError> {
    let typed = AnswerInput::of(fields);
    match typed.validate() {
        Err(problems) => Ok(Err(problems)),
        Ok(answer) => {
            write_record(desk, slug).await?;
            let db = desk.portal.feedback()?;
            Ok(Ok(stored::answer(&db, slug, &[chosen], answer, &desk.editor).await?))
        }
    }
}

async fn release(
    desk: &Desk<'_>,
    slug: &str,
    chosen: Chosen,
    fields: &FormFields,
) -> Result<Tried, PageError> {
    desk.publishers_only()?;
    let typed = PublicTextInput::of(fields);
    match typed.problem() {
        Some(problem) => Ok(Err(vec![problem])),
        None => {
            let db = desk.portal.feedback()?;
            Ok(Ok(stored::set_public_text(&db, slug, chosen, &typed.0, &desk.editor).await?))
        }
    }
}
