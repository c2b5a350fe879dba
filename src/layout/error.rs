//! The error page: what happened, and links to other pages.

use cong_core::addresses::Route;
use maud::{Markup, html};

use super::frame::Frame;
use super::head::Head;
use super::page::{layout, search_form};
use crate::web::PageError;

pub fn error_page(frame: Frame<'_>, error: &PageError) -> Markup {
    let main = html! {
        h1 { (error.title()) }
        @for paragraph in error.message() { p { (paragraph) } }
        @if error.status() == 404 { (search_form(frame, "tim_lai", "Tìm trang khác"))  }
        h2 { "Bạn có thể" }
        ul {
            li { a href=(Route::Home) { "Về trang chủ" } }
            li { a href=(Route::ARTICLES) { "Xem tất cả tin bài" } }
            li { a href=(Route::SiteMap) { "Xem sơ đồ trang" } }
            @if matches!(error, PageError::ReceiptMistyped | PageError::ReceiptUnknown) {
                li { a href=(Route::Lookup) { "Tra cứu lại mã biên nhận" } }
            }
            li { a href=(Route::Contact) { "Liên hệ cơ quan" } }
        }
    };
    layout(frame, Head { title: error.title(), description: None, route: None }, main)
}
