//! The desk's form for the answer to a submission.

use super::super::Desk;
use super::{again, change, done, read};
use crate::desk::Checks;
use crate::desk::submissions::{self, Dossier};
use crate::feedback::SubmissionState;
use crate::pages::desk::FormErrors;
use crate::pages::desk::submissions::{self as pages, AnswerPage};
use crate::web::{CachePolicy, PageError, Response};
use cong_core::addresses::Done;

/// The longest answer, in characters: about four pages.
pub const MAX_ANSWER_CHARS: usize = 8_000;

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
    Response::page(again.status(), pages::answer(&desk.frame(), &page), CachePolicy::NoStore)
}

/// Shows a preview of the answer, or stores it.
pub async fn send(desk: &Desk<'_>, id: i64) -> Result<Response, PageError> {
    let fields = desk.form(&[("cau_tra_loi", MAX_ANSWER_CHARS)]).await?;
    let typed = fields.get("cau_tra_loi");
    let dossier = read(desk, id).await?;
    let mut checks = Checks::default();
    let text = checks.text("cau_tra_loi", typed, "Hãy viết câu trả lời.", MAX_ANSWER_CHARS);
    let change = change(desk, id, fields);
    let why = again(&dossier, change, checks.problems);
    let is_preview = !fields.get("xem").is_empty() && !text.is_empty();
    if is_preview || !why.is_clean() {
        return Ok(show(desk, &dossier, typed, is_preview, &why));
    }
    if dossier.takes_answer().is_err() {
        return Err(PageError::BadRequest);
    }
    if !submissions::answer(&desk.portal.feedback()?, change, &text).await? {
        let dossier = read(desk, id).await?;
        let why = again(&dossier, change, Vec::new());
        return Ok(show(desk, &dossier, typed, false, &why));
    }
    let was_answered = dossier.state == SubmissionState::Answered;
    Ok(done(desk, id, if was_answered { Done::AnswerChanged } else { Done::Answered }))
}
