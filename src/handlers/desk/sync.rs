//! The sync that an editor asks for.

use super::Desk;
use crate::edge::Reply;
use crate::error::PageError;
use crate::handlers::sync::sync;
use crate::routes::DeskPage;

/// Brings the lists nearer to the articles, by as much as one run may; `then` tells that it was done.
pub async fn sync_now(desk: &Desk<'_>, then: &DeskPage) -> Result<Reply, PageError> {
    desk.form().await?;
    desk.audit("sync asked for").await?;
    sync(desk.portal).await;
    Ok(desk.done(then))
}
