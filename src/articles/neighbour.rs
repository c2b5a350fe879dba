use cong_core::addresses::{Direction, Route};

use crate::catalogue;
use crate::catalogue::{Neighbour, hot_index};
use crate::web::{CachePolicy, PageError, Portal, Response};

/// Redirects to the previous or next article of the same category. If there is none, redirects to a list: for an
/// article in English to that of the articles in English, for any other article to that of its category, or to that of
/// all articles if it has no category.
pub async fn neighbour(
    portal: &Portal,
    slug: &str,
    direction: Direction,
) -> Result<Response, PageError> {
    let db = portal.catalogue()?;
    let route = match catalogue::neighbour(&db, slug, direction, portal.now).await? {
        Neighbour::Article(slug) => Route::article(&slug),
        Neighbour::EndOfCategory(category) if category.is_empty() => Route::ARTICLES,
        Neighbour::EndOfCategory(category) => Route::category(&category),
        Neighbour::EndOfEnglish => Route::ENGLISH,
        Neighbour::Unknown => return Err(PageError::NOT_FOUND),
    };
    let index = hot_index(portal).await;
    let cache = CachePolicy::Page { changes_at: index.next_change(portal.now) };
    Ok(Response::redirect(302, route.to_string(), cache))
}
