//! The desk's list of documents, and the page of old addresses. The page of one document is in `article`.

use std::collections::HashMap;

use futures_util::future::join;

use super::sync::sync_now;
use super::{Desk, article};
use crate::catalogue;
use crate::desk::articles;
use crate::desk::ratings;
use crate::pages::desk::{self as pages, ArticlesView};
use crate::web::{PageError, Response};
use cong_core::addresses::{ArticleFilter, ArticlesPage, DeskPage, Done};

pub async fn respond(desk: &Desk<'_>, page: &ArticlesPage) -> Result<Response, PageError> {
    match page {
        ArticlesPage::List { filter, page, .. } if desk.request.method() == "POST" => {
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

/// The list; without the ratings if they cannot be read.
async fn list(
    desk: &Desk<'_>,
    filter: &ArticleFilter,
    page: u32,
    done: Option<Done>,
) -> Result<Response, PageError> {
    let portal = desk.portal;
    let catalogue = portal.catalogue()?;
    let (listing, categories) = join(
        articles::list(&catalogue, filter, page, portal.now),
        catalogue::categories(&catalogue),
    )
    .await;
    let listing = listing?.ok_or(PageError::NOT_FOUND)?;
    let slugs: Vec<&str> = listing.rows.iter().map(|row| row.slug.as_str()).collect();
    let ratings = ratings::ratings_of(&portal.feedback()?, &slugs).await;
    let ratings: Option<HashMap<_, _>> = desk.or_without("ratings", ratings);
    let view = ArticlesView { filter, listing, ratings, categories: categories?, done };
    Ok(desk.page(pages::articles(&desk.frame(), &view)))
}

async fn old_addresses(desk: &Desk<'_>, page: u32) -> Result<Response, PageError> {
    let catalogue = desk.portal.catalogue()?;
    let found = articles::old_addresses(&catalogue, page, desk.portal.now).await?;
    let found = found.ok_or(PageError::NOT_FOUND)?;
    Ok(desk.page(pages::old_addresses(&desk.frame(), &found)))
}
