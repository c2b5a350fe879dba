//! The sync on an editor's request.

use super::Desk;
use crate::handlers::sync::sync;
use crate::web::{PageError, Response};
use cong_core::addresses::{DeskPage, Done};

/// Runs the sync once, within the limits of one run. The page that follows reports whether it succeeded.
pub async fn sync_now(
    desk: &Desk<'_>,
    then: impl Fn(Done) -> DeskPage,
) -> Result<Response, PageError> {
    desk.form(&[]).await?;
    desk.audit("sync asked for").await?;
    let done = if sync(desk.portal).await { Done::Synced } else { Done::NotSynced };
    Ok(desk.done(&then(done)))
}
