//! The desk's list of documents. `respond` calls the handlers of all the desk's pages about documents.

use std::collections::HashMap;

use cong_core::addresses::{ArticleFilter, ArticleState, ArticlesPage, DeskPage, Done, Route};
use cong_core::article::is_slug;
use cong_core::vietnamese::grouped;
use futures_util::future::join;
use maud::{Markup, html};

use super::list_store::{DeskListedArticle, DeskListing};
use super::old_addresses::old_addresses;
use super::problems::problem_list;
use super::ratings::Ratings;
use super::{article, list_store, ratings};
use crate::catalogue;
use crate::catalogue::CategoryCount;
use crate::desk::layout::{DeskFrame, desk_layout, done_message};
use crate::desk::request::Desk;
use crate::desk::sync::{sync_form, sync_now, sync_progress};
use crate::layout::{date_time, foreign, page_links};
use crate::web::{PageError, Response};

pub async fn respond(desk: &Desk<'_>, page: &ArticlesPage) -> Result<Response, PageError> {
    match page {
        ArticlesPage::List { filter, page, .. } if desk.request.is_post() => {
            let list = |done| {
                let (filter, page, done) = (filter.clone(), *page, Some(done));
                DeskPage::Articles(ArticlesPage::List { filter, page, done })
            };
            sync_now(desk, list).await
        }
        ArticlesPage::List { filter, page, done } => list(desk, filter, *page, *done).await,
        ArticlesPage::OldAddresses { page } => old_addresses(desk, *page).await,
        ArticlesPage::Article { slug, page } => article::article(desk, slug, *page).await,
        ArticlesPage::Preview { slug } => article::preview(desk, slug).await,
    }
}

/// Shows the list of documents. If the ratings cannot be read, the list is shown without them.
async fn list(
    desk: &Desk<'_>,
    filter: &ArticleFilter,
    page: u32,
    done: Option<Done>,
) -> Result<Response, PageError> {
    let portal = desk.portal;
    let catalogue = portal.catalogue()?;
    let (listing, categories) = join(
        list_store::list(&catalogue, filter, page, portal.now),
        catalogue::categories(&catalogue),
    )
    .await;
    let listing = listing?.ok_or(PageError::NOT_FOUND)?;
    let slugs: Vec<&str> = listing.rows.iter().map(|row| row.slug.as_str()).collect();
    let ratings = ratings::ratings_of(&portal.feedback()?, &slugs).await;
    let ratings: Option<HashMap<_, _>> = desk.or_without("ratings", ratings);
    let view = ArticlesView { filter, listing, ratings, categories: categories?, done };
    Ok(desk.page(articles_page(&desk.frame(), &view)))
}

pub struct ArticlesView<'a> {
    pub filter: &'a ArticleFilter,
    pub listing: DeskListing,
    /// Maps the slug of an article to its ratings; `None` if the ratings could not be read.
    pub ratings: Option<HashMap<String, Ratings>>,
    pub categories: Vec<CategoryCount>,
    pub done: Option<Done>,
}

pub fn articles_page(frame: &DeskFrame<'_>, view: &ArticlesView<'_>) -> Markup {
    let ArticlesView { filter, listing, .. } = view;
    let at = |page| {
        let filter = (*filter).clone();
        DeskPage::Articles(ArticlesPage::List { filter, page, done: None })
    };
    let main = html! {
        (done_message(view.done))
        h1 { "Bài viết" }
        (sync_progress(&listing.sync))
        (sync_form(frame, &at(listing.page)))
        p {
            a href=(DeskPage::Articles(ArticlesPage::OldAddresses { page: 1 })) {
                "Địa chỉ cũ bị trùng hoặc không dùng được"
            }
        }
        (states(view))
        (search_form(view))
        p class="entry-meta" role="status" {
            (grouped(listing.found as usize)) " tài liệu, công bố mới nhất trước"
            @if filter.state.is_none() { " (có lỗi hoặc chưa đọc thì đứng đầu)" }
            @if listing.pages > 1 {
                "; trang " (grouped(listing.page as usize)) " trên " (grouped(listing.pages as usize))
            }
            @if **filter != ArticleFilter::NONE { " · " a href=(DeskPage::ARTICLES) { "Bỏ mọi điều kiện lọc" } }
        }
        @if listing.rows.is_empty() { p { "Không có tài liệu nào như vậy." } }
        @else { (table(view)) }
        (page_links(listing.page, listing.pages, |page| Route::Desk(at(page))))
    };
    desk_layout(frame, Some(&DeskPage::ARTICLES), &title(view), &main)
}

/// The title of the page. It contains the filter, so that every page of the list has a title of its own.
fn title(view: &ArticlesView<'_>) -> String {
    let ArticlesView { filter, listing, .. } = view;
    let mut title = "Bài viết".to_owned();
    if let Some(state) = filter.state {
        title.push_str(&format!(" – {}", state.label()));
    }
    if let Some(category) = &filter.category {
        title.push_str(&format!(" – chuyên mục {}", category_name(view, category)));
    }
    if !filter.words.is_empty() {
        title.push_str(&format!(" – “{}”", filter.words));
    }
    if listing.page > 1 {
        title.push_str(&format!(" – trang {}", listing.page));
    }
    title
}

/// The name of the category with the slug `slug`. If no public article is in the category, its name is not known, and
/// the slug is returned.
fn category_name<'a>(view: &'a ArticlesView<'_>, slug: &'a str) -> &'a str {
    let named = view.categories.iter().find(|category| category.category_slug == slug);
    named.map_or(slug, |category| &category.category_name)
}

fn states(view: &ArticlesView<'_>) -> Markup {
    let ArticlesView { filter, listing, .. } = view;
    let link = |state: Option<ArticleState>, label: &str, count: u32| {
        let is_current = filter.state == state;
        let filter = ArticleFilter { state, ..(*filter).clone() };
        let page = DeskPage::Articles(ArticlesPage::List { filter, page: 1, done: None });
        html! {
            li {
                a href=(page) aria-current=[is_current.then_some("true")] { (label) }
                " (" (grouped(count as usize)) ")"
            }
        }
    };
    html! {
        nav aria-label="Theo trạng thái" {
            ul class="periods desk-states" {
                (link(None, "Tất cả", listing.counts.all()))
                @for state in ArticleState::ALL { (link(Some(state), state.label(), listing.counts.of(state))) }
            }
        }
    }
}

fn search_form(view: &ArticlesView<'_>) -> Markup {
    let ArticlesView { filter, categories, .. } = view;
    let chosen = filter.category.as_deref();
    let is_known = |slug: &str| categories.iter().any(|category| category.category_slug == slug);
    html! {
        form class="search-form" action=(DeskPage::ARTICLES) method="get" role="search" aria-label="Trong các bài viết" {
            @if let Some(state) = filter.state {
                input type="hidden" name="trang-thai" value=(state.code());
            }
            div class="field" {
                label for="tu_can_tim" { "Tên bài hoặc tiêu đề" }
                input id="tu_can_tim" type="search" name="q" value=(filter.words) maxlength="200"
                    autocomplete="off" autocapitalize="none" aria-describedby="cach_tim";
                span class="hint" id="cach_tim" { "Gõ có dấu hay không dấu đều được." }
            }
            div class="field" {
                label for="chuyen_muc" { "Chuyên mục" }
                select id="chuyen_muc" name="chuyen-muc" {
                    option value="" { "Tất cả chuyên mục" }
                    @for category in categories {
                        option value=(category.category_slug)
                            selected[chosen == Some(category.category_slug.as_str())] {
                            (category.category_name)
                        }
                    }
                    @if let Some(slug) = chosen.filter(|slug| !is_known(slug)) {
                        option value=(slug) selected { (slug) }
                    }
                }
            }
            button class="button" type="submit" { "Lọc" }
        }
    }
}

fn table(view: &ArticlesView<'_>) -> Markup {
    html! {
        div class="table-scroll" tabindex="0" role="region" aria-labelledby="cac_bai" {
            table class="desk-table" {
                caption id="cac_bai" { "Các tài liệu" }
                thead {
                    tr {
                        th scope="col" { "Bài" }
                        th scope="col" { "Trạng thái" }
                        th scope="col" { "Chuyên mục" }
                        th scope="col" { "Cập nhật" }
                        th scope="col" class="right" { "Có ích" }
                        th scope="col" class="right" { "Chưa có ích" }
                    }
                }
                tbody { @for row in &view.listing.rows { (table_row(view, row)) } }
            }
        }
        @if view.ratings.is_none() { p { "Tạm thời chưa đọc được các đánh giá." } }
    }
}

fn table_row(view: &ArticlesView<'_>, row: &DeskListedArticle) -> Markup {
    let ratings = view.ratings.as_ref().map(|all| all.get(&row.slug).copied().unwrap_or_default());
    let article = row.article.as_ref();
    html! {
        tr {
            th scope="row" {
                @match article {
                    Some(article) => {
                        a href=(DeskPage::article(&row.slug)) lang=[foreign(&article.lang)] { (article.title) }
                        " " span class="desk-slug" { (row.slug) }
                    }
                    None => (document_link(&row.slug)),
                }
                @if !row.problems.is_empty() { (problem_list(&row.problems)) }
            }
            td { (state(row)) }
            td { @if let Some(article) = article { (article.category_name) } }
            td { @if let Some(article) = article { (date_time(article.updated)) } }
            td class="right" { (ratings.map_or_else(|| "?".to_owned(), |ratings| grouped(ratings.useful))) }
            td class="right" { (ratings.map_or_else(|| "?".to_owned(), |ratings| grouped(ratings.not_useful))) }
        }
    }
}

fn state(row: &DeskListedArticle) -> Markup {
    html! {
        @match (row.state, &row.article) {
            (ArticleState::Broken, _) => strong class="desk-overdue" { (row.state.label()) },
            (ArticleState::Scheduled, Some(article)) => { (row.state.label()) ": " (date_time(article.publish_at)) }
            (state, _) => (state.label()),
        }
        @if row.is_due && row.state != ArticleState::Waiting { ", " (ArticleState::Waiting.label().to_lowercase()) }
    }
}

/// Shows the key of a document as a link to the document's page at the desk. A key that is not a slug is shown without
/// a link, because documents with such a key have no page.
pub fn document_link(key: &str) -> Markup {
    html! {
        @if is_slug(key) { a href=(DeskPage::article(key)) { (key) } } @else { (key) }
    }
}
