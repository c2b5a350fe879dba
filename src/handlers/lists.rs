//! Lists of articles, from the catalogue.

use futures_util::future::join;

use super::{frame, hot_index, public_page};
use crate::catalogue::{self, Listing};
use crate::edge::{Portal, Reply};
use crate::error::PageError;
use crate::pages;

pub async fn all_articles(portal: &Portal, page: u32) -> Result<Reply, PageError> {
    let db = portal.catalogue()?;
    let (listing, index) =
        join(catalogue::list_all(&db, page, portal.now), hot_index(portal)).await;
    let listing = existing_page(listing?)?;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::all_articles(frame, &listing), None))
}

pub async fn category(portal: &Portal, slug: &str, page: u32) -> Result<Reply, PageError> {
    let db = portal.catalogue()?;
    let (listing, index) =
        join(catalogue::list_category(&db, slug, page, portal.now), hot_index(portal)).await;
    let listing = existing_page(listing?)?;
    // A category is there as long as it has an article.
    let name = listing.entries.first().map(|entry| entry.category_name.clone());
    let name = name.ok_or(PageError::NOT_FOUND)?;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::category(frame, slug, &name, &listing), None))
}

fn existing_page(listing: Listing) -> Result<Listing, PageError> {
    if listing.page > listing.pages {
        return Err(PageError::NOT_FOUND);
    }
    Ok(listing)
}
