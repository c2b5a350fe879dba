//! Calls the handler of each of the desk's pages about submissions.

use cong_core::addresses::{SubmissionStep, SubmissionsPage};

use super::{answer, erase, export, list, one, release};
use crate::desk::request::Desk;
use crate::web::{PageError, Response};

pub async fn answer_submissions(
    desk: &Desk<'_>,
    page: &SubmissionsPage,
) -> Result<Response, PageError> {
    let is_form = desk.request.is_post();
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
