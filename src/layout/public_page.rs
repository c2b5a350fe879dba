use cong_core::vietnamese::Timestamp;
use maud::Markup;

use super::frame::Frame;
use crate::catalogue::HotIndex;
use crate::web::{CachePolicy, Portal, Response};

pub fn frame<'a>(portal: &'a Portal, index: &'a HotIndex) -> Frame<'a> {
    Frame::new(&portal.site, index, portal.now)
}

/// The response with a page that is the same for everybody. Caches keep it no longer than until its next change at a
/// known time: a change of the page frame, or of the page itself (`own_change`).
pub fn public_page(frame: Frame<'_>, page: Markup, own_change: Option<Timestamp>) -> Response {
    let frame_change = frame.index.next_change(frame.now);
    let changes_at = own_change.into_iter().chain(frame_change).min();
    Response::page(200, page, CachePolicy::Page { changes_at })
}
