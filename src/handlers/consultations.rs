//! The list of drafts that were published for comment.

use std::collections::HashMap;

use futures_util::future::join3;

use super::{frame, hot_index, public_page};
use crate::catalogue::{self, DraftList};
use crate::consultation;
use crate::pages;
use crate::web::{PageError, Portal, Response};
use cong_core::vietnamese::Timestamp;

/// How long the list may be cached if it is unknown which drafts are answered, in seconds.
const SECONDS_WITHOUT_ANSWERED: i64 = 10;

/// The list of drafts. If the database with the answers is unavailable, answered drafts are listed as closed.
pub async fn consultations(portal: &Portal, page: u32) -> Result<Response, PageError> {
    let drafts = async { catalogue::drafts(&portal.catalogue()?).await };
    let (drafts, answered, index) = join3(drafts, answered(portal), hot_index(portal)).await;
    let soon = Timestamp(portal.now.0 + SECONDS_WITHOUT_ANSWERED + 1);
    let soon = answered.is_none().then_some(soon);
    let listed = DraftList::of(drafts?, &answered.unwrap_or_default(), page, portal.now)
        .ok_or(PageError::NOT_FOUND)?;
    let frame = frame(portal, &index);
    let changes_at = soon.into_iter().chain(listed.changes_at).min();
    Ok(public_page(frame, pages::consultations(frame, &listed), changes_at))
}

async fn answered(portal: &Portal) -> Option<HashMap<String, Timestamp>> {
    let asked = async { consultation::answered(&portal.feedback()?).await };
    match asked.await {
        Ok(answered) => Some(answered),
        Err(error) => {
            portal
                .log_error(&format!("D1 failed while reading which drafts are answered: {error}"));
            None
        }
    }
}
