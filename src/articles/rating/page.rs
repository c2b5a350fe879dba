//! "Thông tin này có ích không?" ("Is this information useful?"): the form under an article, and the page after it.

use cong_core::addresses::Route;
use maud::{Markup, html};

use super::store::{MAX_REMARK_CHARS, RatingInput};
use crate::layout::{Frame, Head, Within, layout};
use crate::site::{Language, RatingTexts};

pub struct RatingPage<'a> {
    /// The slug of the article. `title` and `lang` are the article's too.
    pub slug: &'a str,
    pub title: &'a str,
    pub lang: &'a str,
    /// Why the rating was refused, and the form as typed; `None` if it was stored.
    pub again: Option<(RatingNotice, &'a RatingInput)>,
}

/// Why a rating was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingNotice {
    NoButton,
    TooLong,
    TooMany,
    NotStored,
}

impl RatingNotice {
    pub fn status(self) -> u16 {
        match self {
            Self::NoButton | Self::TooLong => 422,
            Self::TooMany => 429,
            Self::NotStored => 503,
        }
    }

    fn message(self, texts: &RatingTexts) -> String {
        match self {
            Self::NoButton => texts.no_button.to_owned(),
            Self::TooLong => (texts.too_long)(MAX_REMARK_CHARS),
            Self::TooMany => texts.too_many.to_owned(),
            Self::NotStored => texts.not_stored.to_owned(),
        }
    }
}

/// The page, in a frame of the article's own language if the portal has texts for it.
pub fn rating_page(frame: Frame<'_>, page: &RatingPage<'_>) -> Markup {
    let frame = frame.in_language(Language::of(page.lang));
    let texts = &frame.texts().rating;
    let title = if page.again.is_some() { texts.again } else { texts.thanks };
    let article = html! {
        a href=(Route::article(page.slug)) lang=[frame.foreign(page.lang)] { (page.title) }
    };
    let [before, link, after] = texts.for_answer;
    let main = html! {
        h1 { (title) }
        @match page.again {
            Some((notice, typed)) => {
                section class="problems" role="alert" aria-labelledby="thong_bao" {
                    h2 id="thong_bao" { (texts.not_taken) }
                    p {
                        @let message = notice.message(texts);
                        @if notice == RatingNotice::TooLong { a href="#nhan_xet" { (message) } }
                        @else { (message) }
                    }
                }
                p { (texts.about) ": " (article) }
                // Here the form is part of the frame, not of an article in another language.
                (rating_form(
                    frame.within(frame.language.tag()),
                    page.slug,
                    &typed.remark,
                    notice == RatingNotice::TooLong,
                ))
            },
            None => {
                p { (texts.purpose) }
                p {
                    (before) " " a href=(Route::FEEDBACK) hreflang=[frame.vietnamese()] { (link) }
                    " " (after)
                }
                p { (texts.back) ": " (article) }
            },
        }
    };
    layout(frame, Head { title, description: None, route: None }, main)
}

/// The form. It is the same on every copy of a page, so it works on cached pages.
pub fn rating_form(within: Within<'_>, slug: &str, remark: &str, is_too_long: bool) -> Markup {
    let texts = &within.frame.texts().rating;
    html! {
        form class="form rating" lang=[within.own()] method="post"
            action=(Route::Rating { slug: slug.to_owned() }) aria-labelledby="co_ich_khong" {
            h2 id="co_ich_khong" { (texts.question) }
            // The page that follows a refused form does not read the article, so the form says which language it
            // uses.
            @if let Some(language) = Language::Vietnamese.foreign(within.frame.language.tag()) {
                input type="hidden" name="ngon_ngu" value=(language);
            }
            div class={ "field" @if is_too_long { " has-problem" } } {
                label for="nhan_xet" { (texts.remark) " " span class="hint" { (texts.remark_hint) } }
                @if is_too_long {
                    p class="problem" id="nhan_xet_loi" {
                        span class="visually-hidden" { (texts.error) ": " }
                        (RatingNotice::TooLong.message(texts))
                    }
                }
                textarea id="nhan_xet" name="nhan_xet" rows="2"
                    aria-invalid=[is_too_long.then_some("true")]
                    aria-describedby=[is_too_long.then_some("nhan_xet_loi")] { "\n" (remark) }
            }
            button class="button quiet" type="submit" name="co_ich" value="co" { (texts.yes) }
            " "
            button class="button quiet" type="submit" name="co_ich" value="khong" { (texts.no) }
        }
    }
}
