//! Lists of articles, from the catalogue.

use futures_util::future::join;

use super::{frame, hot_index, public_page};
use crate::catalogue::{self, Listing, Period, Scope};
use crate::edge::{Portal, Reply};
use crate::error::PageError;
use crate::pages;

pub async fn articles(portal: &Portal, period: Period, page: u32) -> Result<Reply, PageError> {
    let (listing, index) =
        join(list(portal, Scope { category: None, period }, page), hot_index(portal)).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::articles(frame, period, &listing?), None))
}

pub async fn category(portal: &Portal, slug: &str, page: u32) -> Result<Reply, PageError> {
    let scope = Scope { category: Some(slug), period: Period::All };
    let (listing, index) = join(list(portal, scope, page), hot_index(portal)).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::category(frame, slug, &listing?), None))
}

async fn list(portal: &Portal, scope: Scope<'_>, page: u32) -> Result<Listing, PageError> {
    let db = portal.catalogue()?;
    catalogue::list(&db, scope, page, portal.now).await?.ok_or(PageError::NOT_FOUND)
}
