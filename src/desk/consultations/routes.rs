//! Calls the handler of each of the desk's pages about consultations.

use cong_core::addresses::DeskConsultationsPage;

use super::list::all;
use super::{comment, comments, preview};
use crate::desk::request::Desk;
use crate::web::{PageError, Response};

pub async fn answer(desk: &Desk<'_>, page: &DeskConsultationsPage) -> Result<Response, PageError> {
    let is_form = desk.request.is_post();
    match page {
        DeskConsultationsPage::All { page } => all(desk, *page).await,
        DeskConsultationsPage::Comments { slug, part, .. } if is_form => {
            comments::change(desk, slug, part).await
        }
        DeskConsultationsPage::Comments { slug, part, done } => {
            comments::comments(desk, slug, part, *done).await
        }
        DeskConsultationsPage::Comment { slug, id, .. } if is_form => {
            comment::change(desk, slug, *id).await
        }
        DeskConsultationsPage::Comment { slug, id, done } => {
            comment::comment(desk, slug, *id, *done).await
        }
        DeskConsultationsPage::Preview { slug, part, .. } if is_form => {
            preview::change(desk, slug, part).await
        }
        DeskConsultationsPage::Preview { slug, part, done } => {
            preview::preview(desk, slug, part, *done).await
        }
    }
}
