//! The editors' side of submissions: the list, one submission with all its data, and the steps of handling it.
//! Triggers in the database enforce the rules; `pages` renders the pages.

mod answer;
mod dossier;
mod erase;
mod export;
mod export_store;
mod list;
mod list_store;
mod one;
mod release;
mod release_page;
mod steps;
mod suspicion;

use cong_core::addresses::{DeskPage, Done, SubmissionStep, SubmissionsPage};

use super::checks::Problem;
use super::layout::{FormErrors, version_of};
use super::request::Desk;
use crate::web::{FormFields, PageError, Response};
use dossier::Dossier;
use steps::Change;

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

pub async fn read(desk: &Desk<'_>, id: i64) -> Result<Dossier, PageError> {
    let dossier = dossier::read(&desk.portal.feedback()?, id, desk.portal.now).await?;
    dossier.ok_or(PageError::NOT_FOUND)
}

/// The change that a form requests.
pub fn change<'a>(desk: &'a Desk<'_>, id: i64, fields: &FormFields) -> Change<'a> {
    Change { id, version: version_of(fields), who: &desk.editor.email }
}

/// The reasons for showing a form again: its problems, and what others have changed since it was made.
pub fn again(dossier: &Dossier, change: Change<'_>, problems: Vec<Problem>) -> FormErrors {
    FormErrors { problems, changed: dossier.trail_since(change.version) }
}

/// Redirects to the submission, whose page reports the completed action.
pub fn done(desk: &Desk<'_>, id: i64, done: Done) -> Response {
    desk.done(&DeskPage::Submissions(SubmissionsPage::One { id, done: Some(done) }))
}
