//! Receives ratings: the answers to "Thông tin này có ích không?" ("Is this information useful?") under articles.

mod input;
mod page;
mod store;

pub use input::RatingInput;
pub use page::rating_form;

use cong_core::addresses::Route;

use crate::catalogue::{HotIndex, hot_index, known_hot_index, public_article};
use crate::layout::frame;
use crate::site::Language;
use crate::web::{
    CachePolicy, Checked, Counted, FormRefusal, FormRules, PageError, Portal, Request, Response,
    check_form, with_retry_hint, without_token,
};
use input::{MAX_RATING_BYTES, REMARK, Rating, RatingNotice};
use page::{RatingPage, rating_page};

/// The page after a rating: thanks, and a link back to the article.
pub async fn thanks(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    show(portal, slug, None).await
}

/// The limits of the rating form. The form has no form token, because caches serve the same page, with the form in it,
/// to everybody.
const RULES: FormRules<'_> = FormRules {
    counted: Counted::Rating,
    max_bytes: MAX_RATING_BYTES,
    fields: &[REMARK],
    must_name_origin: false,
};

/// Receives a rating and stores it. Then redirects (303) to the page that thanks, or shows the form again with
/// everything that was typed.
pub async fn receive_rating(
    portal: &Portal,
    request: &Request,
    slug: &str,
) -> Result<Response, PageError> {
    let fields = match check_form(portal, request, &RULES, without_token).await? {
        Checked::Accepted(fields) => fields,
        Checked::Refused(fields, refusal) => {
            let notice = match refusal {
                FormRefusal::TooLong(_) => RatingNotice::TooLong,
                FormRefusal::TooMany => RatingNotice::TooMany,
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
        Err(notice) => return show(portal, slug, Some((notice, &typed))).await,
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

/// Stores a rating of the article `slug`. Fails if the article does not exist or is not public.
async fn store(portal: &Portal, slug: &str, rating: &Rating) -> Result<(), PageError> {
    public_article(portal, slug).await?;
    Ok(store::store_rating(&portal.feedback()?, slug, rating, portal.now).await?)
}

async fn show(
    portal: &Portal,
    slug: &str,
    again: Option<(RatingNotice, &RatingInput)>,
) -> Result<Response, PageError> {
    let (title, lang) = match public_article(portal, slug).await {
        Ok((article, _)) => (article.title, article.lang),
        // If KV does not answer, the form with the remark is shown nevertheless, with the slug in place of the title.
        Err(PageError::StoreDown(_)) if again.is_some() => (slug.to_owned(), "vi".to_owned()),
        Err(error) => return Err(error),
    };
    let page = RatingPage { slug, title: &title, lang: &lang, again };
    Ok(render(portal, &*hot_index(portal).await, &page))
}

fn render(portal: &Portal, index: &HotIndex, page: &RatingPage<'_>) -> Response {
    let status = page.again.map_or(200, |(notice, _)| notice.status());
    let page = rating_page(frame(portal, index), page);
    with_retry_hint(Response::page(status, page, CachePolicy::NoStore))
}
