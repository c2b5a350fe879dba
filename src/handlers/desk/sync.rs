//! The sync that an editor asks for.

use super::Desk;
use crate::handlers::sync::sync;
use crate::routes::{DeskPage, Done};
use crate::web::PageError;
use crate::web::Response;

/// Brings the lists nearer to the articles, by as much as one run may; the page that follows tells whether it was
/// done.
pub async fn sync_now(
    desk: &Desk<'_>,
    then: impl Fn(Done) -> DeskPage,
) -> Result<Response, PageError> {
    desk.form(&[]).await?;
    desk.audit("sync asked for").await?;
    let done = if sync(desk.portal).await { Done::Synced } else { Done::NotSynced };
    Ok(desk.done(&then(done)))
}
