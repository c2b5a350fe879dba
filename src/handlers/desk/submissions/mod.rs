//! The dispatch of the desk's pages about submissions.

mod answer;
mod erase;
mod export;
mod list;
mod one;
mod release;

use super::Desk;
use crate::desk::Problem;
use crate::desk::submissions::{self, Change, Dossier};
use crate::form_fields::FormFields;
use crate::pages::desk::{FormErrors, version_of};
use crate::web::{PageError, Response};
use cong_core::addresses::{DeskPage, Done, SubmissionStep, SubmissionsPage};

pub async fn answer(desk: &Desk<'_>, page: &SubmissionsPage) -> Result<Response, PageError> {
    let is_form = desk.request.method() == "POST";
    match page {
        SubmissionsPage::List { .. } if is_form => list::look_up(desk).await,
        SubmissionsPage::List { filter, page } => list::list(desk, filter, *page).await,
        SubmissionsPage::Csv { filter, with_senders } => {
            export::csv(desk, filter, *with_senders).await
        }
        SubmissionsPage::One { id, .. } if is_form => one::take_step(desk, *id).await,
        SubmissionsPage::One { id, done } => one::one(desk, *id, *done).await,
        SubmissionsPage::Step { id, step } => match step {
            SubmissionStep::Answer if is_form => answer::send(desk, *id).await,
            SubmissionStep::Answer => answer::form(desk, *id).await,
            SubmissionStep::Release if is_form => release::send(desk, *id).await,
            SubmissionStep::Release => release::form(desk, *id).await,
            SubmissionStep::Erase if is_form => erase::send(desk, *id).await,
            SubmissionStep::Erase => erase::form(desk, *id).await,
        },
    }
}

async fn read(desk: &Desk<'_>, id: i64) -> Result<Dossier, PageError> {
    let dossier = submissions::read(&desk.portal.feedback()?, id, desk.portal.now).await?;
    dossier.ok_or(PageError::NOT_FOUND)
}

/// The change that a form requests.
fn change<'a>(desk: &'a Desk<'_>, id: i64, fields: &FormFields) -> Change<'a> {
    Change { id, version: version_of(fields), who: &desk.editor.email }
}

/// The reasons for showing a form again: its problems, and what others have changed since it was made.
fn again(dossier: &Dossier, change: Change<'_>, problems: Vec<Problem>) -> FormErrors {
    FormErrors { problems, changed: dossier.trail_since(change.version) }
}

/// Redirects to the submission, whose page reports the completed action.
fn done(desk: &Desk<'_>, id: i64, done: Done) -> Response {
    desk.done(&DeskPage::Submissions(SubmissionsPage::One { id, done: Some(done) }))
}
