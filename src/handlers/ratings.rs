//! "Thông tin này có ích không?": the answer to the question under an article.

use super::forms::{read_form, with_retry_hint};
use super::{frame, hot_index, public_article};
use crate::edge::{CachePolicy, Counted, Incoming, Portal, Reply};
use crate::error::PageError;
use crate::feedback::{self, MAX_RATING_BYTES, RatingProblem, TypedRating};
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
    // Only what is an article can be rated.
    public_article(portal, slug).await?;
    let stored = match portal.feedback() {
        Ok(db) => feedback::store_rating(&db, slug, &rating, portal.now).await,
        Err(error) => Err(error),
    };
    if let Err(error) = stored {
        portal.log_error(&format!("a rating was not stored: {error}"));
        return show(portal, slug, Some((RatingNotice::NotStored, &typed))).await;
    }
    let location = Route::Rating { slug: slug.to_owned() }.to_string();
    Ok(Reply::redirect(303, location, CachePolicy::NoStore))
}

async fn show(
    portal: &Portal,
    slug: &str,
    again: Option<(RatingNotice, &TypedRating)>,
) -> Result<Reply, PageError> {
    let (article, _) = public_article(portal, slug).await?;
    let index = hot_index(portal).await;
    let status = again.map_or(200, |(notice, _)| notice.status());
    let page = RatingPage { slug, title: &article.title, lang: &article.lang, again };
    let page = pages::rating(frame(portal, &index), &page);
    Ok(with_retry_hint(Reply::page(status, page, CachePolicy::NoStore)))
}
