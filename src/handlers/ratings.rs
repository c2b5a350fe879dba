//! "Thông tin này có ích không?": the answer to the question under an article.

use super::forms::{read_form, with_retry_hint};
use super::{frame, hot_index, public_article};
use crate::edge::{CachePolicy, Counted, Incoming, Portal, Reply};
use crate::error::PageError;
use crate::feedback::{self, MAX_RATING_BYTES, Rating, RatingProblem, TypedRating};
use crate::pages::{self, RatingNotice, RatingPage};
use crate::routes::Route;

/// Where a rating leads: thanks, and the way back.
pub async fn thanks(portal: &Portal, slug: &str) -> Result<Reply, PageError> {
    show(portal, slug, None).await
}

/// Keeps a rating: 303 to the thanks, or the form again with everything that was typed.
pub async fn receive_rating(
    portal: &Portal,
    request: &Incoming,
    slug: &str,
) -> Result<Reply, PageError> {
    let body = read_form(request, MAX_RATING_BYTES).await?;
    let typed = TypedRating::parse(&body);
    if !portal.allows(Counted::Rating, request).await {
        return show(portal, slug, Some((RatingNotice::TooMany, &typed))).await;
    }
    let rating = match typed.validate() {
        Ok(rating) => rating,
        Err(problem) => {
            let notice = match problem {
                RatingProblem::NoButton => RatingNotice::NoButton,
                RatingProblem::RemarkTooLong => RatingNotice::TooLong,
            };
            return show(portal, slug, Some((notice, &typed))).await;
        }
    };
    match store(portal, slug, &rating).await {
        Ok(()) => {
            let location = Route::Rating { slug: slug.to_owned() }.to_string();
            Ok(Reply::redirect(303, location, CachePolicy::NoStore))
        }
        Err(error @ (PageError::StoreDown(_) | PageError::DatabaseDown(_))) => {
            let cause = error.log().unwrap_or_default();
            portal.log_error(&format!("a rating was not stored: {cause}"));
            show(portal, slug, Some((RatingNotice::NotStored, &typed))).await
        }
        Err(error) => Err(error),
    }
}

/// Only what is an article can be rated.
async fn store(portal: &Portal, slug: &str, rating: &Rating) -> Result<(), PageError> {
    public_article(portal, slug).await?;
    Ok(feedback::store_rating(&portal.feedback()?, slug, rating, portal.now).await?)
}

async fn show(
    portal: &Portal,
    slug: &str,
    again: Option<(RatingNotice, &TypedRating)>,
) -> Result<Reply, PageError> {
    let (title, lang) = match public_article(portal, slug).await {
        Ok((article, _)) => (article.title, article.lang),
        // What was typed is kept all the same.
        Err(PageError::StoreDown(_)) if again.is_some() => (slug.to_owned(), "vi".to_owned()),
        Err(error) => return Err(error),
    };
    let index = hot_index(portal).await;
    let status = again.map_or(200, |(notice, _)| notice.status());
    let page = RatingPage { slug, title: &title, lang: &lang, again };
    let page = pages::rating(frame(portal, &index), &page);
    Ok(with_retry_hint(Reply::page(status, page, CachePolicy::NoStore)))
}
