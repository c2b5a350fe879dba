//! The desk's error pages. They contain the values of the submitted form, so that it can be sent once more, or copied.

use cong_core::addresses::DeskPage;
use maud::{Markup, html};

use super::{DeskFrame, FORM_TOKEN, desk_layout, typed};
use crate::web::{PageError, SentFields};

/// Renders an error page of the desk. `fields` are the values of the submitted form, if there was one, and `path` is
/// the address to which it was sent.
pub fn desk_error_page(
    frame: &DeskFrame<'_>,
    path: &str,
    error: &PageError,
    fields: Option<&SentFields>,
) -> Markup {
    let main = html! {
        h1 { (error.title()) }
        @for paragraph in error.message() { p { (paragraph) } }
        @if let (Some(fields), PageError::FieldTooLong) = (fields, error) {
            // Sending the same form again would fail again.
            p { "Nội dung bạn vừa gửi còn ở dưới đây để chép lại." }
            (typed(fields.iter()))
        } @else if let Some(fields) = fields {
            p { "Nội dung bạn vừa gửi còn ở dưới đây: xem lại rồi gửi lần nữa." }
            form action=(path) method="post" {
                (frame.token_field())
                @for (name, value) in fields.iter().filter(|(name, _)| *name != FORM_TOKEN) {
                    input type="hidden" name=(name) value=(value);
                }
                (typed(fields.iter()))
                button class="button" type="submit" { "Gửi lại" }
            }
        }
        p { a href=(DeskPage::TODAY) { "Về trang Hôm nay" } }
    };
    desk_layout(frame, None, error.title(), &main)
}
