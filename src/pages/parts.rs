//! Parts that several pages share.

use maud::{Markup, html};

use crate::catalogue::Entry;
use crate::routes::Route;
use crate::vietnamese::Instant;

/// `05/07/2019 09:30:33`, readable for machines too.
pub fn date_time(at: Instant) -> Markup {
    html! { time datetime=(at.rfc3339()) { (at.date_time()) } }
}

/// `05/07/2019`, readable for machines too.
pub fn date(at: Instant) -> Markup {
    html! { time datetime=(at.rfc3339()) { (at.date()) } }
}

/// `lang` for an element in another language than the page's.
pub fn foreign(lang: &str) -> Option<&str> {
    (lang != "vi").then_some(lang)
}

/// Articles with their summaries, as on home and in the lists.
pub fn entries<'a>(entries: impl IntoIterator<Item = &'a Entry>, with_category: bool) -> Markup {
    html! {
        ul class="entries" {
            @for entry in entries {
                li class="entry" lang=[foreign(&entry.lang)] {
                    h3 { a href=(Route::article(&entry.slug)) { (entry.title) } }
                    p class="entry-meta" lang=[foreign(&entry.lang).map(|_| "vi")] {
                        @if entry.pinned == 1 { strong { "Nổi bật" } " · " }
                        (date(entry.listed_at))
                        @if with_category && !entry.category_slug.is_empty() {
                            " · "
                            a href=(Route::category(&entry.category_slug)) { (entry.category_name) }
                        }
                    }
                    @if !entry.summary.is_empty() { p { (entry.summary) } }
                }
            }
        }
    }
}

/// "Tin bài mới": each a link with its time.
pub fn latest(entries: &[&Entry]) -> Markup {
    html! {
        @if !entries.is_empty() {
            aside class="latest" aria-labelledby="tin_bai_moi" {
                h2 id="tin_bai_moi" { "Tin bài mới" }
                ul {
                    @for entry in entries {
                        li {
                            a href=(Route::article(&entry.slug)) lang=[foreign(&entry.lang)] {
                                (entry.title)
                            }
                            " " span class="latest-time" { "(" (date_time(entry.updated)) ")" }
                        }
                    }
                }
                p { a href=(Route::Articles { page: 1 }) { "Tất cả tin bài" } }
            }
        }
    }
}

/// What somebody wrote in plain text, with its line breaks.
pub fn as_written(text: &str) -> Markup {
    html! { div class="as-written" { (text) } }
}

/// Links to the pages before and after, where there are any.
pub fn page_links(page: u32, pages: u32, route: impl Fn(u32) -> Route) -> Markup {
    html! {
        @if pages > 1 {
            nav class="pages" aria-label="Các trang" {
                @if page > 1 { a rel="prev" href=(route(page - 1)) { "‹ Trang trước" } }
                @if page < pages { a rel="next" href=(route(page + 1)) { "Trang sau ›" } }
            }
        }
    }
}
