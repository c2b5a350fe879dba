use cong_core::addresses::Route;
use cong_core::vietnamese::Timestamp;
use futures_util::future::join;

use super::formats;
use super::formats::SitemapEntry;
use crate::catalogue;
use crate::catalogue::hot_index;
use crate::site::Site;
use crate::web::{CachePolicy, PageError, Portal, Response};

const XML: &str = "application/xml; charset=utf-8";

/// The cache policy of the site maps. Unlike pages, they may be cached beyond the moment at which a scheduled article
/// appears, because the article is in a site map only after the next run of the sync.
const CACHE: CachePolicy = CachePolicy::Feed { changes_at: None };

/// The index of the XML site maps: one site map with the pages of the portal, and for each month one or more parts with
/// the articles of the month. All parts of a month get the date of the month's last change, because a change may move
/// articles from one part to another.
pub async fn sitemap_index(portal: &Portal) -> Result<Response, PageError> {
    let site = &portal.site;
    let months = catalogue::sitemap_months(&portal.catalogue()?).await?;
    let mut parts = vec![entry(site, &Route::SitemapPages, None)];
    for month in &months {
        parts.extend((1..=month.parts()).map(|page| {
            entry(site, &Route::SitemapMonth { month: month.month, page }, month.updated)
        }));
    }
    Ok(Response::text(200, XML, formats::sitemap_index(&parts), CACHE))
}

pub async fn sitemap_pages(portal: &Portal) -> Result<Response, PageError> {
    let site = &portal.site;
    let categories = async { catalogue::categories(&portal.catalogue()?).await };
    let (categories, index) = join(categories, hot_index(portal)).await;
    let categories = categories?;
    let pages = [
        Route::Home,
        Route::ARTICLES,
        Route::CONSULTATIONS,
        Route::QUESTIONS,
        Route::FEEDBACK,
        Route::SiteMap,
        Route::Contact,
        Route::Privacy,
    ];
    let categories = categories.iter().map(|category| Route::category(&category.category_slug));
    let english = index.has_english(portal.now).then_some(Route::ENGLISH);
    let pages: Vec<_> = pages
        .into_iter()
        .chain(english)
        .chain(categories)
        .map(|route| entry(site, &route, None))
        .collect();
    Ok(Response::text(200, XML, formats::sitemap(&pages), CACHE))
}

pub async fn sitemap_month(portal: &Portal, month: u32, page: u32) -> Result<Response, PageError> {
    let site = &portal.site;
    let articles = catalogue::sitemap_part(&portal.catalogue()?, month, page).await?;
    if articles.is_empty() {
        return Err(PageError::NOT_FOUND);
    }
    let pages: Vec<_> = articles
        .iter()
        .map(|article| entry(site, &Route::article(&article.slug), Some(article.updated)))
        .collect();
    Ok(Response::text(200, XML, formats::sitemap(&pages), CACHE))
}

fn entry(site: &Site, route: &Route, updated: Option<Timestamp>) -> SitemapEntry {
    SitemapEntry { url: site.absolute(&route.to_string()), updated }
}
