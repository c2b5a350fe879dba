//! Parts that several pages share.

use maud::{Markup, html};

use crate::catalogue::Entry;
use crate::feeds::FeedFormat;
use crate::routes::Route;
use crate::vietnamese::{Instant, grouped};

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
                p { a href=(Route::ARTICLES) { "Tất cả tin bài" } }
            }
        }
    }
}

/// What somebody wrote in plain text, with its line breaks.
pub fn as_written(text: &str) -> Markup {
    html! { div class="as-written" { (text) } }
}

/// Where what is new can be followed, of all articles or of one category.
pub fn feed_links(category: Option<&str>) -> Markup {
    html! {
        @for (index, format) in FeedFormat::ALL.into_iter().enumerate() {
            @if index > 0 { " · " }
            a href=(Route::Feed { category: category.map(str::to_owned), format }) { (format.name()) }
        }
    }
}

/// Links to the pages before and after, to those around and to the ends, where there are any.
pub fn page_links(page: u32, pages: u32, route: impl Fn(u32) -> Route) -> Markup {
    let mut before = None;
    html! {
        @if pages > 1 {
            nav class="pages" aria-label="Các trang" {
                @if page > 1 { a rel="prev" href=(route(page - 1)) { "‹ Trang trước" } }
                @for number in shown_pages(page, pages) {
                    @if before.replace(number).is_some_and(|before| before + 1 < number) {
                        span class="pages-gap" { "…" }
                    }
                    @let label = grouped(number as usize);
                    @if number == page { span aria-current="page" { (label) } }
                    @else { a href=(route(number)) aria-label={ "Trang " (label) } { (label) } }
                }
                @if page < pages { a rel="next" href=(route(page + 1)) { "Trang sau ›" } }
            }
        }
    }
}

/// The first page, the last, and those beside the one that is shown.
fn shown_pages(page: u32, pages: u32) -> impl Iterator<Item = u32> {
    let around = page.saturating_sub(1).max(1)..=page.saturating_add(1).min(pages);
    let first = (!around.contains(&1)).then_some(1);
    let last = (!around.contains(&pages)).then_some(pages);
    first.into_iter().chain(around).chain(last)
}

#[cfg(test)]
mod tests {
    use super::shown_pages;

    #[test]
    fn the_ends_and_the_neighbours_of_a_page_are_shown() {
        let shown = |page, pages| shown_pages(page, pages).collect::<Vec<_>>();
        assert_eq!(shown(1, 2), [1, 2]);
        assert_eq!(shown(1, 9), [1, 2, 9]);
        assert_eq!(shown(5, 9), [1, 4, 5, 6, 9]);
        assert_eq!(shown(9, 9), [1, 8, 9]);
    }
}
