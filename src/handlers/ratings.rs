//! "Thông tin này có ích không?": the answer to the question under an article.

use super::hot_index::known_hot_index;
use super::{frame, hot_index, public_article};
use crate::catalogue::HotIndex;
use crate::feedback::{
    self, MAX_RATING_BYTES, MAX_REMARK_CHARS, Rating, RatingInput, RatingProblem,
};
use crate::pages::{self, RatingNotice, RatingPage};
use crate::routes::Route;
use crate::texts::Language;
use crate::web::PageError;
use crate::web::forms::{self, Checked, FormRefusal, FormRules, with_retry_hint};
use crate::web::{CachePolicy, Counted, Portal, Request, Response};

/// Where a rating leads: thanks, and the way back.
pub async fn thanks(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    show(portal, slug, None).await
}

/// The form has no token: it stands in pages that everybody gets alike from a cache.
const RULES: FormRules<'_> = FormRules {
    counted: Counted::Rating,
    max_bytes: MAX_RATING_BYTES,
    max_chars: &[("nhan_xet", MAX_REMARK_CHARS)],
    must_name_origin: false,
};

/// Keeps a rating: 303 to the thanks, or the form again with everything that was typed.
pub async fn receive_rating(
    portal: &Portal,
    request: &Request,
    slug: &str,
) -> Result<Response, PageError> {
    let fields = match forms::check(portal, request, &RULES, |_| true).await? {
        Checked::Accepted(fields) => fields,
        Checked::Refused(fields, refusal) => {
            let notice = match refusal {
                FormRefusal::TooLong(_) => RatingNotice::TooLong,
                FormRefusal::TooMany | FormRefusal::ForgedToken => RatingNotice::TooMany,
            };
            let typed = RatingInput::of(&fields);
            let lang = Language::of(fields.get("ngon_ngu")).tag();
            let page = RatingPage { slug, title: slug, lang, again: Some((notice, &typed)) };
            return Ok(render(portal, &known_hot_index(portal), &page));
        }
    };
    let typed = RatingInput::of(&fields);
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
            Ok(Response::redirect(303, location, CachePolicy::NoStore))
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
    again: Option<(RatingNotice, &RatingInput)>,
) -> Result<Response, PageError> {
    let (title, lang) = match public_article(portal, slug).await {
        Ok((article, _)) => (article.title, article.lang),
        // What was typed is kept all the same.
        Err(PageError::StoreDown(_)) if again.is_some() => (slug.to_owned(), "vi".to_owned()),
        Err(error) => return Err(error),
    };
    let page = RatingPage { slug, title: &title, lang: &lang, again };
    Ok(render(portal, &*hot_index(portal).await, &page))
}

fn render(portal: &Portal, index: &HotIndex, page: &RatingPage<'_>) -> Response {
    let status = page.again.map_or(200, |(notice, _)| notice.status());
    let page = pages::rating(frame(portal, index), page);
    with_retry_hint(Response::page(status, page, CachePolicy::NoStore))
}
