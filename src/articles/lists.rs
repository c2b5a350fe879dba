//! The pages with lists of articles: all articles, those of a year or month, and those of a category.

use cong_core::addresses::{ListPeriod, Route};
use cong_core::vietnamese::grouped;
use futures_util::future::join;
use maud::{Markup, html};

use crate::catalogue;
use crate::catalogue::{ListedArticles, Listing, MonthCount, Scope, hot_index};
use crate::layout::{Frame, Head, entries, feed_links, frame, layout, page_links, public_page};
use crate::web::{PageError, Portal, Response};

pub async fn articles(
    portal: &Portal,
    period: ListPeriod,
    page: u32,
) -> Result<Response, PageError> {
    let (listing, index) =
        join(list(portal, Scope { of: ListedArticles::All, period }, page), hot_index(portal))
            .await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, articles_page(frame, period, &listing?), None))
}

pub async fn category(portal: &Portal, slug: &str, page: u32) -> Result<Response, PageError> {
    let scope = Scope { of: ListedArticles::Category(slug), period: ListPeriod::All };
    let (listing, index) = join(list(portal, scope, page), hot_index(portal)).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, category_page(frame, slug, &listing?), None))
}

pub async fn list(portal: &Portal, scope: Scope<'_>, page: u32) -> Result<Listing, PageError> {
    let db = portal.catalogue()?;
    catalogue::list(&db, scope, page, portal.now).await?.ok_or(PageError::NOT_FOUND)
}

pub fn articles_page(frame: Frame<'_>, period: ListPeriod, listing: &Listing) -> Markup {
    let title = match period {
        ListPeriod::All => "Tất cả tin bài".to_owned(),
        ListPeriod::Year(year) => format!("Tin bài năm {year}"),
        ListPeriod::Month(month) => format!("Tin bài tháng {}/{}", month % 100, month / 100),
    };
    let around = periods(period, &listing.months);
    list_page(frame, &title, listing, &around, None, |page| Route::Articles { period, page })
}

pub fn category_page(frame: Frame<'_>, slug: &str, listing: &Listing) -> Markup {
    let around = html! {};
    list_page(frame, &listing.category_name, listing, &around, Some(slug), |page| Route::Category {
        slug: slug.to_owned(),
        page,
    })
}

fn list_page(
    frame: Frame<'_>,
    title: &str,
    listing: &Listing,
    around: &Markup,
    feeds_of: Option<&str>,
    route: impl Fn(u32) -> Route,
) -> Markup {
    let heading = match listing.page {
        1 => title.to_owned(),
        page => format!("{title} – trang {page}"),
    };
    let main = html! {
        h1 { (title) }
        p class="entry-meta" {
            (grouped(listing.articles as usize)) " bài, mới nhất trước"
            @if listing.pages > 1 {
                "; trang " (grouped(listing.page as usize)) " trên " (grouped(listing.pages as usize))
            }
        }
        (around)
        @if listing.entries.is_empty() { p { "Chưa có bài viết nào." } }
        @else { (entries(frame, &listing.entries, feeds_of.is_none())) }
        (page_links(listing.page, listing.pages, &route))
        p class="entry-meta" { "Theo dõi: " (feed_links(feeds_of)) }
    };
    let route = route(listing.page);
    let description = format!("{title} của {}, mới nhất trước.", frame.site.body_name);
    layout(
        frame,
        Head { title: &heading, description: Some(&description), route: Some(&route) },
        main,
    )
}

/// Links to lists of other periods: from the list of all articles to its years, from a year to its months, and back.
fn periods(period: ListPeriod, months: &[MonthCount]) -> Markup {
    let link = |period: ListPeriod, label: &str, articles: u32| {
        html! {
            li {
                a href=(Route::Articles { period, page: 1 }) { (label) }
                " (" (grouped(articles as usize)) ")"
            }
        }
    };
    html! {
        @match period {
            ListPeriod::All => {
                @let years = years(months);
                @if years.len() > 1 {
                    nav aria-label="Theo năm" {
                        ul class="periods" {
                            @for (year, articles) in years {
                                (link(ListPeriod::Year(year), &format!("Năm {year}"), articles))
                            }
                        }
                    }
                }
            }
            ListPeriod::Year(_) => nav aria-label="Theo tháng" {
                ul class="periods" {
                    @for MonthCount { month, articles } in months {
                        (link(ListPeriod::Month(*month), &format!("Tháng {}", month % 100), *articles))
                    }
                }
                p { a href=(Route::ARTICLES) { "Tất cả các năm" } }
            },
            ListPeriod::Month(month) => {
                @let year = month / 100;
                p {
                    a href=(Route::Articles { period: ListPeriod::Year(year), page: 1 }) {
                        "Cả năm " (year)
                    }
                }
            }
        }
    }
}

fn years(months: &[MonthCount]) -> Vec<(u32, u32)> {
    let mut years: Vec<(u32, u32)> = Vec::new();
    for MonthCount { month, articles } in months {
        let year = month / 100;
        match years.last_mut() {
            Some((last, sum)) if *last == year => *sum += articles,
            _ => years.push((year, *articles)),
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_articles_of_a_year_are_those_of_its_months() {
        let months = [(202_602, 3), (202_601, 4), (202_412, 5)]
            .map(|(month, articles)| MonthCount { month, articles });
        assert_eq!(years(&months), [(2026, 7), (2024, 5)]);
    }
}
