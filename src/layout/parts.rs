//! Parts of pages that several pages share: breadcrumbs, lists of articles, links to other pages of a list.

use cong_core::addresses::{FeedFormat, Route};
use maud::{Markup, html};

use super::frame::Frame;
use crate::catalogue::ListedArticle;
use crate::site::{Language, Texts};

/// The attribute `lang` for a text with this language tag; `None` for Vietnamese. It is for pages that exist only in
/// Vietnamese.
pub fn foreign(lang: &str) -> Option<&str> {
    Language::Vietnamese.foreign(lang)
}

/// The breadcrumb navigation: links to the home page and to the pages above the current one. `lang` is the language of
/// the page frame; `None` unless the breadcrumb is inside an article in another language. `above` has the links to the
/// pages above, the highest first.
pub fn breadcrumb(frame: Frame<'_>, lang: Option<&str>, above: &[Markup]) -> Markup {
    let texts = frame.texts();
    html! {
        nav class="breadcrumb" aria-label=(texts.article.place) lang=[lang] {
            a href=(frame.home()) { (texts.frame.home) }
            @for page in above { " › " (page) }
        }
    }
}

/// The type of a linked file, such as ` (PDF)`, to be shown after the title of the link.
pub fn file_kind(file: &str) -> Markup {
    html! {
        @if let Some((_, extension)) = file.rsplit_once('.') { " (" (extension.to_uppercase()) ")" }
    }
}

/// The address of the page, which the stylesheet shows only in print.
pub fn print_head(frame: Frame<'_>, route: &Route) -> Markup {
    html! { p class="print-head" { (frame.site.absolute(&route.to_string())) } }
}

/// A list of articles with their summaries. The titles are headings of the second level, below the title of the page.
pub fn entries<'a>(
    frame: Frame<'_>,
    entries: impl IntoIterator<Item = &'a ListedArticle>,
    with_category: bool,
) -> Markup {
    html! {
        ul class="entries dated" {
            @for entry in entries {
                li class="entry" lang=[frame.foreign(&entry.lang)] {
                    h2 { (article_link(entry)) }
                    (entry_details(frame, entry, with_category))
                }
            }
        }
    }
}

/// Articles as cards, as on the home page. The titles are headings of the third level. The stylesheet emphasises the
/// first card.
pub fn cards<'a>(frame: Frame<'_>, entries: impl IntoIterator<Item = &'a ListedArticle>) -> Markup {
    html! {
        ul class="cards" {
            @for entry in entries {
                li class="card" lang=[frame.foreign(&entry.lang)] {
                    h3 { (article_link(entry)) }
                    (entry_details(frame, entry, true))
                }
            }
        }
    }
}

fn article_link(entry: &ListedArticle) -> Markup {
    html! { a href=(Route::article(&entry.slug)) { (entry.title) } }
}

/// The date, category and summary of an article in a list. The stylesheet adds separators between the items of a line.
fn entry_details(frame: Frame<'_>, entry: &ListedArticle, with_category: bool) -> Markup {
    html! {
        p class="entry-meta parts" lang=[frame.within(&entry.lang).own()] {
            (frame.date(entry.listed_at)) " "
            @if with_category && !entry.category_slug.is_empty() {
                span { (category_link(frame, &entry.category_slug, &entry.category_name)) } " "
            }
            @if entry.pinned == 1 { strong { (frame.texts().list.pinned) } }
        }
        @if !entry.summary.is_empty() { p { (entry.summary) } }
    }
}

/// A link to a category. The category's name is in Vietnamese, whatever the language of its articles is.
pub fn category_link(frame: Frame<'_>, slug: &str, name: &str) -> Markup {
    let lang = frame.vietnamese();
    html! { a href=(Route::category(slug)) lang=[lang] hreflang=[lang] { (name) } }
}

/// The list "Tin bài mới" ("New articles"): links to articles, each with the time of its last change.
pub fn latest(frame: Frame<'_>, entries: &[&ListedArticle]) -> Markup {
    let texts = &frame.texts().list;
    let all = match frame.language {
        Language::Vietnamese => Route::ARTICLES,
        Language::English => Route::ENGLISH,
    };
    html! {
        @if !entries.is_empty() {
            aside class="latest" aria-labelledby="tin_bai_moi" {
                h2 id="tin_bai_moi" { (texts.latest) }
                ul {
                    @for entry in entries {
                        li {
                            a href=(Route::article(&entry.slug)) lang=[frame.foreign(&entry.lang)] {
                                (entry.title)
                            }
                            " " span class="latest-time" { "(" (frame.date_time(entry.updated)) ")" }
                        }
                    }
                }
                p { a href=(all) { (texts.all) } }
            }
        }
    }
}

/// A plain text that a person wrote. The stylesheet keeps its line breaks.
pub fn as_written(text: &str) -> Markup {
    html! { div class="as-written" { (text) } }
}

/// Links to the feeds in all formats: those of the category `category`, or of all articles if it is `None`.
pub fn feed_links(category: Option<&str>) -> Markup {
    html! {
        @for (index, format) in FeedFormat::ALL.into_iter().enumerate() {
            @if index > 0 { " · " }
            a href=(Route::Feed { category: category.map(str::to_owned), format }) { (format.name()) }
        }
    }
}

/// Links to the first page, the last page and the neighbouring pages of a list, for pages that exist only in
/// Vietnamese.
pub fn page_links(page: u32, pages: u32, route: impl Fn(u32) -> Route) -> Markup {
    page_links_in(Language::Vietnamese, page, pages, route)
}

/// Links to the first page, the last page and the neighbouring pages of a list, in the language `language`.
pub fn page_links_in(
    language: Language,
    page: u32,
    pages: u32,
    route: impl Fn(u32) -> Route,
) -> Markup {
    let Texts { list: texts, forms, .. } = language.texts();
    let mut before = None;
    html! {
        @if pages > 1 {
            nav class="pages" aria-label=(texts.pages) {
                @if page > 1 { a rel="prev" href=(route(page - 1)) { (texts.previous_page) } }
                @for number in shown_pages(page, pages) {
                    @if before.replace(number).is_some_and(|before| before + 1 < number) {
                        span class="pages-gap" { "…" }
                    }
                    @let label = (forms.count)(number as usize);
                    @if number == page { span aria-current="page" { (label) } }
                    @else {
                        a href=(route(number)) aria-label={ (texts.page) " " (label) } { (label) }
                    }
                }
                @if page < pages { a rel="next" href=(route(page + 1)) { (texts.next_page) } }
            }
        }
    }
}

/// The numbers of the pages to which a list has links: the first, the last, the current page and its neighbours.
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
