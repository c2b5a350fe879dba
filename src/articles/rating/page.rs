//! The form "Thông tin này có ích không?" ("Is this information useful?") under an article, and the page after it was
//! sent.

use cong_core::addresses::Route;
use maud::{Markup, html};

use super::input::{REMARK, RatingInput, RatingNotice};
use crate::layout::{Frame, Head, Within, layout};
use crate::site::{Language, RatingTexts};
use crate::web::{FormField, FormProblems};

pub struct RatingPage<'a> {
    /// The slug of the rated article. `title` and `lang` are its title and language tag.
    pub slug: &'a str,
    pub title: &'a str,
    pub lang: &'a str,
    /// If the rating was refused: the reason, and the form as it was typed. `None` if the rating was stored.
    pub again: Option<(RatingNotice, &'a RatingInput)>,
}

/// The message that tells why a rating was refused. A problem of the remark is attached to its field, any other to the
/// form.
fn problems(notice: RatingNotice, texts: &RatingTexts) -> FormProblems {
    match notice {
        RatingNotice::TooLong => {
            FormProblems::of_field(&REMARK, (texts.too_long)(REMARK.max_chars))
        }
        RatingNotice::NoButton => FormProblems::of_form(texts.no_button),
        RatingNotice::TooMany => FormProblems::of_form(texts.too_many),
        RatingNotice::NotStored => FormProblems::of_form(texts.not_stored),
    }
}

/// The page after a rating: thanks, or the form again. The page frame (header, navigation, footer) is in the article's
/// language if the portal has texts for it.
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
                @let problems = problems(notice, texts);
                (problems.summary(texts.not_taken))
                p { (texts.about) ": " (article) }
                // On this page the form is part of the page frame, whose language it has, not part of an article in
                // another language.
                (rating_form(frame.within(frame.language.tag()), page.slug, &typed.remark, &problems))
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

/// The rating form. It contains no form token and nothing about the reader, so it may be part of a cached page.
pub fn rating_form(
    within: Within<'_>,
    slug: &str,
    remark: &str,
    problems: &FormProblems,
) -> Markup {
    let texts = &within.frame.texts().rating;
    let field =
        FormField { label: texts.remark, note: texts.remark_hint, error: texts.error, ..REMARK };
    html! {
        form class="form rating" lang=[within.own()] method="post"
            action=(Route::Rating { slug: slug.to_owned() }) aria-labelledby="co_ich_khong" {
            h2 id="co_ich_khong" { (texts.question) }
            // The page that shows a refused rating again does not read the article. This hidden field tells it the
            // language of the form.
            @if let Some(language) = Language::Vietnamese.foreign(within.frame.language.tag()) {
                input type="hidden" name="ngon_ngu" value=(language);
            }
            (field.show(problems, remark))
            button class="button quiet" type="submit" name="co_ich" value="co" { (texts.yes) }
            " "
            button class="button quiet" type="submit" name="co_ich" value="khong" { (texts.no) }
        }
    }
}
