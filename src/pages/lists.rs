//! Lists of articles: all, and one category, page by page.

use maud::{Markup, html};

use super::layout::{Frame, Head, layout};
use super::parts::{entries, page_links};
use crate::catalogue::Listing;
use crate::routes::Route;

pub fn all_articles(frame: Frame<'_>, listing: &Listing) -> Markup {
    list(frame, "Tất cả tin bài", listing, true, |page| Route::Articles { page })
}

pub fn category(frame: Frame<'_>, slug: &str, name: &str, listing: &Listing) -> Markup {
    list(frame, name, listing, false, |page| Route::Category { slug: slug.to_owned(), page })
}

fn list(
    frame: Frame<'_>,
    title: &str,
    listing: &Listing,
    with_category: bool,
    route: impl Fn(u32) -> Route,
) -> Markup {
    let heading = match listing.page {
        1 => title.to_owned(),
        page => format!("{title} – trang {page}"),
    };
    let main = html! {
        h1 { (title) }
        p class="entry-meta" {
            (listing.articles) " bài, mới nhất trước"
            @if listing.pages > 1 { "; trang " (listing.page) " trên " (listing.pages) }
        }
        @if listing.entries.is_empty() { p { "Chưa có bài viết nào." } }
        @else { (entries(&listing.entries, with_category)) }
        (page_links(listing.page, listing.pages, &route))
    };
    let route = route(listing.page);
    layout(frame, Head { title: &heading, description: None, route: Some(&route) }, main)
}
