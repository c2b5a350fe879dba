//! The home page in Vietnamese: the newest articles, open drafts, categories, and the ways to write to the office.

use cong_core::addresses::Route;
use cong_core::order::sort_by_key;
use maud::{Markup, html};

use crate::catalogue::{CategoryCount, OpenConsultation, hot_index};
use crate::consultations::time_left;
use crate::layout::{Frame, Head, cards, category_link, frame, layout, public_page};
use crate::web::{PageError, Portal, Response};

pub async fn home(portal: &Portal) -> Result<Response, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, home_page(frame), index.next_day(portal.now)))
}

/// The maximum number of articles on the home page: one large card, and five rows of two.
const ARTICLES: usize = 11;

/// The maximum number of categories on the home page. The site map lists all of them.
const CATEGORIES: usize = 12;

pub fn home_page(frame: Frame<'_>) -> Markup {
    let texts = frame.texts();
    let articles = frame.index.pinned_then_latest(frame.now, ARTICLES);
    let consultations = frame.index.open_consultations(frame.now);
    let main = html! {
        h1 class="visually-hidden" { (frame.site.body_name) }
        div class="columns" {
            section aria-labelledby="tin_moi" {
                h2 id="tin_moi" { (texts.list.latest) }
                @if articles.is_empty() {
                    p { (texts.list.none) }
                } @else {
                    (cards(frame, articles))
                    p class="more" { a href=(Route::ARTICLES) { (texts.list.all) } }
                }
            }
            div class="side" {
                (open_drafts(frame, &consultations))
                (categories(frame))
                (feedback_panel(frame))
            }
        }
    };
    let description = (!frame.site.greeting.is_empty()).then_some(frame.site.greeting.as_str());
    layout(
        frame,
        Head { title: &frame.site.body_name, description, route: Some(&Route::Home) },
        main,
    )
}

fn categories(frame: Frame<'_>) -> Markup {
    let all = &frame.index.categories;
    let texts = &frame.texts().home;
    html! {
        @if !all.is_empty() {
            section aria-labelledby="chuyen_muc" {
                h2 id="chuyen_muc" { (texts.categories) }
                ul class="chips" {
                    @for category in largest(all, CATEGORIES) {
                        li { (category_link(frame, &category.category_slug, &category.category_name)) }
                    }
                }
                @if all.len() > CATEGORIES {
                    p class="more" { a href=(Route::SiteMap) { (texts.all_categories) } }
                }
            }
        }
    }
}

/// The `limit` categories with the most articles. They keep the order that they have in `categories`.
fn largest(categories: &[CategoryCount], limit: usize) -> Vec<&CategoryCount> {
    let mut numbered: Vec<_> = categories.iter().enumerate().collect();
    sort_by_key(&mut numbered, |(_, category)| std::cmp::Reverse(category.articles));
    numbered.truncate(limit);
    sort_by_key(&mut numbered, |(number, _)| *number);
    numbered.into_iter().map(|(_, category)| category).collect()
}

/// The panel with the drafts that are open for comment; empty if there are none.
pub fn open_drafts(frame: Frame<'_>, drafts: &[&OpenConsultation]) -> Markup {
    let texts = frame.texts();
    html! {
        @if !drafts.is_empty() {
            section class="panel" aria-labelledby="dang_lay_y_kien" {
                h2 id="dang_lay_y_kien" { (texts.draft.open) }
                ul {
                    @for draft in drafts {
                        li {
                            a href=(Route::article(&draft.slug)) lang=[frame.foreign(&draft.lang)] {
                                (draft.title)
                            }
                            p class="entry-meta" {
                                (texts.draft.open_until) " "
                                (frame.hour_and_date(draft.consultation_closes))
                                " – "
                                strong { (time_left(frame, draft.consultation_closes)) }
                            }
                        }
                    }
                }
                p class="more" {
                    a href=(Route::CONSULTATIONS) hreflang=[frame.vietnamese()] { (texts.home.all_drafts) }
                }
            }
        }
    }
}

/// A panel with the ways to write to the office.
pub fn feedback_panel(frame: Frame<'_>) -> Markup {
    let (texts, hreflang) = (frame.texts(), frame.vietnamese());
    html! {
        section aria-labelledby="gop_y" {
            h2 id="gop_y" { (texts.home.feedback) }
            p { (texts.home.about_feedback) }
            p {
                a class="button" href=(Route::FEEDBACK) hreflang=[hreflang] { (texts.home.send_feedback) }
            }
            ul class="plain-list" {
                li { a href=(Route::Lookup) hreflang=[hreflang] { (texts.frame.look_up) } }
                li { a href=(Route::QUESTIONS) hreflang=[hreflang] { (texts.home.answered_questions) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_categories_keep_their_order() {
        let categories = [("a", 1), ("b", 9), ("c", 2), ("d", 9)].map(|(slug, articles)| {
            CategoryCount { category_slug: slug.into(), category_name: slug.into(), articles }
        });
        let slugs = |limit| {
            largest(&categories, limit)
                .into_iter()
                .map(|category| category.category_slug.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(slugs(3), ["b", "c", "d"]);
        assert_eq!(slugs(9), ["a", "b", "c", "d"]);
    }
}
