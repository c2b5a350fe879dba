//! The site map for readers: a page with links to all parts of the portal.

use cong_core::addresses::Route;
use cong_core::vietnamese::grouped;
use futures_util::future::join;
use maud::{Markup, html};

use crate::catalogue;
use crate::catalogue::{CategoryCount, hot_index};
use crate::layout::{Frame, Head, feed_links, frame, layout, public_page};
use crate::web::{CachePolicy, PageError, Portal, Response};

/// The site map. If the catalogue cannot be read, it lists no categories.
pub async fn site_map(portal: &Portal) -> Result<Response, PageError> {
    let read = async {
        let db = portal.catalogue()?;
        catalogue::categories(&db).await
    };
    let (categories, index) = join(read, hot_index(portal)).await;
    let frame = frame(portal, &index);
    match categories {
        Ok(categories) => Ok(public_page(frame, site_map_page(frame, Some(&categories)), None)),
        Err(error) => {
            portal.log_error(&format!("D1 failed while reading the categories: {error}"));
            Ok(Response::page(200, site_map_page(frame, None), CachePolicy::NoStore))
        }
    }
}

/// The page with the site map. `categories` is `None` if the catalogue could not be read.
pub fn site_map_page(frame: Frame<'_>, categories: Option<&[CategoryCount]>) -> Markup {
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
