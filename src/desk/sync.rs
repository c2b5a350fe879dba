use cong_core::addresses::{DeskPage, Done};
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::layout::DeskFrame;
use super::request::Desk;
use super::sync_progress::SyncProgress;
use crate::catalogue::run_sync;
use crate::layout::date_time;
use crate::web::{PageError, Response};

/// Runs the sync once, within the limits of one run, and redirects to the page `then`, which reports whether the sync
/// succeeded.
pub async fn sync_now(
    desk: &Desk<'_>,
    then: impl Fn(Done) -> DeskPage,
) -> Result<Response, PageError> {
    desk.form(&[]).await?;
    desk.audit("sync asked for").await?;
    let done = if run_sync(desk.portal).await { Done::Synced } else { Done::NotSynced };
    Ok(desk.done(&then(done)))
}

/// Shows when the sync last compared all keys of KV with the catalogue, and how many documents it has not read yet.
pub fn sync_progress(progress: &SyncProgress) -> Markup {
    html! {
        p {
            @if progress.listed_at.0 > 0 { "Lần đối chiếu gần nhất với KV: " (date_time(progress.listed_at)) "." }
            @else { "Chưa đối chiếu xong lần nào với KV." }
            @if progress.unread > 0 { " Còn " strong { (grouped(progress.unread)) } " tài liệu đã đổi chưa được đọc lại." }
            @else { " Không tài liệu nào chờ đọc lại." }
        }
    }
}

/// The form that starts a sync. It is sent to `page`, which then reports the result.
pub fn sync_form(frame: &DeskFrame<'_>, page: &DeskPage) -> Markup {
    html! {
        form action=(page) method="post" {
            (frame.token_field())
            p { button class="button" type="submit" { "Đồng bộ ngay" } }
        }
    }
}
