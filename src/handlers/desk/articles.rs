//! The pages about articles: all of them, and their old addresses; one of them is left to `article`.

use std::collections::HashMap;

use futures_util::future::join;

use super::sync::sync_now;
use super::{Desk, article};
use crate::catalogue;
use crate::desk::articles::{self, Filter};
use crate::desk::ratings;
use crate::edge::Reply;
use crate::error::PageError;
use crate::pages::desk::{self as pages, ArticlesView};
use crate::routes::{ArticlesPage, DeskPage, Done};

pub async fn respond(desk: &Desk<'_>, page: &ArticlesPage) -> Result<Reply, PageError> {
    match page {
        ArticlesPage::List { filter, page, .. } if desk.request.method() == "POST" => {
            let (filter, page) = (filter.clone(), *page);
            let done = Some(Done::Synced);
            sync_now(desk, &DeskPage::Articles(ArticlesPage::List { filter, page, done })).await
        }
        ArticlesPage::List { filter, page, done } => list(desk, filter, *page, *done).await,
        ArticlesPage::OldAddresses { page } => old_addresses(desk, *page).await,
        ArticlesPage::Article { slug, page } => article::article(desk, slug, *page).await,
        ArticlesPage::Preview { slug } => article::preview(desk, slug).await,
    }
}

/// Without the ratings where they cannot be had.
async fn list(
    desk: &Desk<'_>,
    filter: &Filter,
    page: u32,
    done: Option<Done>,
) -> Result<Reply, PageError> {
    let portal = desk.portal;
    let catalogue = portal.catalogue()?;
    let (listing, categories) = join(
        articles::list(&catalogue, filter, page, portal.now),
        catalogue::categories(&catalogue),
    )
    .await;
    let listing = listing?.ok_or(PageError::NOT_FOUND)?;
    let slugs: Vec<&str> = listing.rows.iter().map(|row| row.slug.as_str()).collect();
    let ratings: Option<HashMap<_, _>> =
        match ratings::ratings_of(&portal.feedback()?, &slugs).await {
            Ok(ratings) => Some(ratings),
            Err(error) => {
                portal.log_error(&format!("the desk goes without ratings: {error}"));
                None
            }
        };
    let view = ArticlesView { filter, listing, ratings, categories: categories?, done };
    Ok(desk.page(pages::articles(&desk.frame(), &view)))
}

async fn old_addresses(desk: &Desk<'_>, page: u32) -> Result<Reply, PageError> {
    let catalogue = desk.portal.catalogue()?;
    let found = articles::old_addresses(&catalogue, page, desk.portal.now).await?;
    let found = found.ok_or(PageError::NOT_FOUND)?;
    Ok(desk.page(pages::old_addresses(&desk.frame(), &found)))
}
