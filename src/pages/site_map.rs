//! The site map: every section of the portal on one page.

use maud::{Markup, html};

use super::frame::Frame;
use super::layout::{Head, layout};
use super::parts::feed_links;
use crate::catalogue::CategoryCount;
use cong_core::addresses::Route;
use cong_core::vietnamese::grouped;

/// `categories` is `None` if the catalogue cannot be read; the other sections are shown anyway.
pub fn site_map(frame: Frame<'_>, categories: Option<&[CategoryCount]>) -> Markup {
    let main = html! {
        h1 { "Sơ đồ trang" }
        ul class="site-map" {
            li { a href=(Route::Home) { "Trang chủ" } }
            li {
                a href=(Route::ARTICLES) { "Tất cả tin bài" }
                @match categories {
                    Some(categories) => ul {
                        @for category in categories {
                            li {
                                a href=(Route::category(&category.category_slug)) {
                                    (category.category_name)
                                }
                                " (" (grouped(category.articles as usize)) " bài)"
                            }
                        }
                    },
                    None => p { "Danh sách chuyên mục tạm thời chưa đọc được." },
                }
            }
            @if frame.index.has_english(frame.now) {
                li { a href=(Route::ENGLISH) lang="en" hreflang="en" { "Articles in English" } }
            }
            li { a href=(Route::CONSULTATIONS) { "Dự thảo lấy ý kiến" } }
            li { a href=(Route::SEARCH) { "Tìm kiếm" } }
            li { "Theo dõi tin bài mới: " (feed_links(None)) }
            li {
                a href=(Route::FEEDBACK) { "Góp ý" }
                ul { li { a href=(Route::Lookup) { "Tra cứu ý kiến đã gửi" } } }
            }
            li { a href=(Route::QUESTIONS) { "Hỏi đáp" } }
            li { a href=(Route::Contact) { "Liên hệ" } }
            li { a href=(Route::Privacy) { "Quyền riêng tư" } }
        }
    };
    let description =
        format!("Tất cả các trang và chuyên mục của cổng thông tin {}.", frame.site.body_name);
    let head = Head {
        title: "Sơ đồ trang",
        description: Some(&description),
        route: Some(&Route::SiteMap),
    };
    layout(frame, head, main)
}
