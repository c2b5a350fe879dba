//! Lists of articles, from the catalogue.

use futures_util::future::join;

use super::{frame, hot_index, public_page};
use crate::catalogue::{self, Listed, Listing, Scope};
use crate::pages::{self, EnglishHome};
use crate::web::{PageError, Portal, Response};
use cong_core::addresses::ListPeriod;

pub async fn articles(
    portal: &Portal,
    period: ListPeriod,
    page: u32,
) -> Result<Response, PageError> {
    let (listing, index) =
        join(list(portal, Scope { of: Listed::All, period }, page), hot_index(portal)).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::articles(frame, period, &listing?), None))
}

pub async fn category(portal: &Portal, slug: &str, page: u32) -> Result<Response, PageError> {
    let scope = Scope { of: Listed::Category(slug), period: ListPeriod::All };
    let (listing, index) = join(list(portal, scope, page), hot_index(portal)).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::category(frame, slug, &listing?), None))
}

/// The first page needs only KV, as home does; the other pages come from the catalogue.
pub async fn english(portal: &Portal, page: u32) -> Result<Response, PageError> {
    let read = async {
        let scope = Scope { of: Listed::InEnglish, period: ListPeriod::All };
        if page == 1 { Ok(None) } else { list(portal, scope, page).await.map(Some) }
    };
    let (listing, index) = join(read, hot_index(portal)).await;
    let listing = listing?;
    let frame = frame(portal, &index);
    let home = match &listing {
        None => {
            let (entries, pages) = index.english_home(portal.now);
            EnglishHome { entries, page, pages }
        }
        Some(listing) => {
            EnglishHome { entries: listing.entries.iter().collect(), page, pages: listing.pages }
        }
    };
    Ok(public_page(frame, pages::english_home(frame, home), index.next_day(portal.now)))
}

async fn list(portal: &Portal, scope: Scope<'_>, page: u32) -> Result<Listing, PageError> {
    let db = portal.catalogue()?;
    catalogue::list(&db, scope, page, portal.now).await?.ok_or(PageError::NOT_FOUND)
}
