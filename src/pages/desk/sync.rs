//! The progress of the sync, and the button that starts a run.

use maud::{Markup, html};

use super::super::parts::date_time;
use super::layout::DeskFrame;
use crate::desk::SyncProgress;
use cong_core::addresses::DeskPage;
use cong_core::vietnamese::grouped;

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

/// The form that starts a sync. `page` is the address that it is sent to, and that reports the result.
pub fn sync_form(frame: &DeskFrame<'_>, page: &DeskPage) -> Markup {
    html! {
        form action=(page) method="post" {
            (frame.token_field())
            p { button class="button" type="submit" { "Đồng bộ ngay" } }
        }
    }
}
