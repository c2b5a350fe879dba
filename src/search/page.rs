//! The search page: the form, and the results, in which matches are marked.

use cong_core::addresses::{MAX_SEARCH_CHARS, Route, Searched};
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::excerpt::ExcerptPiece;
use super::query::{MAX_WORDS, Query};
use super::store::{Hit, MAX_RANKED, SearchResults};
use crate::layout::{Frame, Head, date, foreign, layout, page_links};

pub struct SearchPage<'a> {
    pub searched: &'a Searched,
    pub query: &'a Query,
    /// The first and the last year that the reader can choose as a filter; `None` if they could not be read.
    pub years: Option<(u32, u32)>,
    pub outcome: SearchOutcome<'a>,
}

pub enum SearchOutcome<'a> {
    /// The query is empty, so nothing was searched.
    NotAsked,
    Found(&'a SearchResults),
    /// The database is unavailable.
    Away,
    /// The reader's network has sent too many searches within a minute.
    TooMany,
}

pub fn search_page(frame: Frame<'_>, page: &SearchPage<'_>) -> Markup {
    let SearchPage { searched, query, outcome, .. } = page;
    let title = match (searched.text.as_str(), searched.page) {
        ("", _) => "Tìm kiếm".to_owned(),
        (text, 1) => format!("{text} – Tìm kiếm"),
        (text, page) => format!("{text} – Tìm kiếm – trang {page}"),
    };
    let main = html! {
        h1 { "Tìm kiếm" }
        (form(frame, page))
        @if query.is_shortened {
            p class="panel" {
                "Câu tìm kiếm dài quá: chỉ phần đầu được tìm (nhiều nhất " (MAX_WORDS) " từ, "
                (MAX_SEARCH_CHARS) " ký tự)."
            }
        }
        @match outcome {
            SearchOutcome::NotAsked => (how_to_search()),
            SearchOutcome::Away => {
                p class="panel" role="status" {
                    "Tìm kiếm đang tạm ngừng, xin thử lại sau ít phút. Các phần khác của trang vẫn xem được: "
                    a href=(Route::Home) { "trang chủ" } ", "
                    a href=(Route::SiteMap) { "sơ đồ trang" } "."
                }
            }
            SearchOutcome::TooMany => {
                p class="panel" role="alert" {
                    "Từ mạng của bạn vừa có quá nhiều lần tìm. Từ cần tìm vẫn còn ở ô trên; xin đợi một phút rồi bấm Tìm."
                }
            }
            SearchOutcome::Found(found) => (results(searched, found)),
        }
    };
    let route = Route::Search((*searched).clone());
    layout(frame, Head { title: &title, description: None, route: Some(&route) }, main)
}

fn form(frame: Frame<'_>, page: &SearchPage<'_>) -> Markup {
    let SearchPage { searched, years, .. } = page;
    let categories = &frame.index.categories;
    html! {
        form class="search-form" action="/tim-kiem" method="get" role="search" aria-label="Trong các tin bài" {
            div class="field" {
                label for="tu_khoa" { "Từ cần tìm" }
                input id="tu_khoa" type="search" name="q" value=(searched.text) maxlength="200"
                    autocomplete="off" autocapitalize="none" enterkeyhint="search";
            }
            // A chosen category or year is kept, even if the choices for it could not be read.
            @if let Some(category) = searched.category.as_ref().filter(|_| categories.is_empty()) {
                input type="hidden" name="chuyen-muc" value=(category);
            }
            @if let Some(year) = searched.year.filter(|_| years.is_none()) {
                input type="hidden" name="nam" value=(year);
            }
            @if !categories.is_empty() {
                div class="field" {
                    label for="trong_chuyen_muc" { "Chuyên mục" }
                    select id="trong_chuyen_muc" name="chuyen-muc" {
                        option value="" { "Tất cả chuyên mục" }
                        @for category in categories {
                            option value=(category.category_slug)
                                selected[searched.category.as_ref() == Some(&category.category_slug)] {
                                (category.category_name)
                            }
                        }
                    }
                }
            }
            @if let Some((first, last)) = years {
                div class="field" {
                    label for="trong_nam" { "Năm" }
                    select id="trong_nam" name="nam" {
                        option value="" { "Mọi năm" }
                        @for year in (*first..=*last).rev() {
                            option value=(year) selected[searched.year == Some(year)] { (year) }
                        }
                    }
                }
            }
            button class="button" type="submit" { "Tìm" }
        }
    }
}

fn how_to_search() -> Markup {
    html! {
        ul {
            li { "Gõ không dấu (" span class="typed" { "quyet dinh" } ") tìm mọi cách bỏ dấu; gõ có dấu tìm đúng từ đó." }
            li { "Đặt trong dấu ngoặc kép (" span class="typed" { "\"lúa cạn\"" } ") để tìm các từ đứng liền nhau." }
            li { "Có thể tìm theo số văn bản, ví dụ " span class="typed" { "27/QĐ-LHH" } "." }
        }
    }
}

fn results(searched: &Searched, found: &SearchResults) -> Markup {
    let count = match found.articles {
        0 => "Không tìm thấy bài nào.".to_owned(),
        _ if found.is_more => format!("Hơn {} kết quả", grouped(MAX_RANKED as usize)),
        articles => format!("{} kết quả", grouped(articles as usize)),
    };
    let at = |page| Route::Search(Searched { page, ..searched.clone() });
    html! {
        p class="entry-meta" role="status" {
            (count)
            @if found.is_more {
                "; ở đây là " (grouped(MAX_RANKED as usize))
                " bài mới nhất. Thêm từ, chọn chuyên mục hoặc năm để thu hẹp"
            }
            @if found.pages > 1 { "; trang " (searched.page) " trên " (found.pages) }
        }
        @if found.articles == 0 {
            ul {
                li { "Kiểm tra chính tả, hoặc gõ không dấu." }
                li { "Dùng ít từ hơn, hoặc bỏ dấu ngoặc kép." }
                @if searched.category.is_some() || searched.year.is_some() {
                    @let anywhere = Searched { category: None, year: None, ..searched.clone() };
                    li { a href=(Route::Search(anywhere)) { "Tìm trong mọi chuyên mục và mọi năm" } }
                }
            }
        } @else {
            ul class="entries" { @for hit in &found.hits { (result(hit)) } }
            (page_links(searched.page, found.pages, at))
        }
    }
}

fn result(hit: &Hit) -> Markup {
    let entry = &hit.entry;
    html! {
        li class="entry" lang=[foreign(&entry.lang)] {
            h2 { a href=(Route::article(&entry.slug)) { (marked(&hit.title)) } }
            p class="entry-meta" lang=[foreign(&entry.lang).map(|_| "vi")] {
                (date(entry.listed_at))
                @if !entry.category_slug.is_empty() { " · " (entry.category_name) }
            }
            @if !hit.excerpt.is_empty() { p { (marked(&hit.excerpt)) } }
        }
    }
}

fn marked(pieces: &[ExcerptPiece]) -> Markup {
    html! {
        @for piece in pieces {
            @if piece.is_match { mark { (piece.text) } } @else { (piece.text) }
        }
    }
}
