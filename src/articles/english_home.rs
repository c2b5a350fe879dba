//! The home page in English: the list of the articles in English.

use cong_core::addresses::{ListPeriod, Route};
use futures_util::future::join;
use maud::{Markup, html};

use super::home::{feedback_panel, open_drafts};
use super::lists::list;
use crate::catalogue::{ListedArticle, ListedArticles, Scope, hot_index};
use crate::layout::{Frame, Head, cards, entries, frame, layout, page_links_in, public_page};
use crate::site::Language;
use crate::web::{PageError, Portal, Response};

/// Answers a request for the English home page or for a later page of its list. The first page needs only KV, as the
/// Vietnamese home page does. Later pages come from the catalogue.
pub async fn english(portal: &Portal, page: u32) -> Result<Response, PageError> {
    let read = async {
        let scope = Scope { of: ListedArticles::InEnglish, period: ListPeriod::All };
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
    Ok(public_page(frame, english_home_page(frame, home), index.next_day(portal.now)))
}

pub struct EnglishHome<'a> {
    pub entries: Vec<&'a ListedArticle>,
    pub page: u32,
    pub pages: u32,
}

/// The English home page. If there are no articles in English, the page says so, and search engines are told not to
/// index it.
pub fn english_home_page(frame: Frame<'_>, home: EnglishHome<'_>) -> Markup {
    let frame = frame.in_language(Language::English);
    let EnglishHome { entries: articles, page, pages } = home;
    let route = (!articles.is_empty()).then_some(Route::English { page });
    let links = page_links_in(frame.language, page, pages, |page| Route::English { page });
    if page > 1 {
        let title = format!("Articles in English – page {page}");
        let main = html! {
            h1 { "Articles in English" }
            p class="entry-meta" { "Newest first; page " (page) " of " (pages) }
            (entries(frame, articles, true))
            (links)
        };
        return layout(
            frame,
            Head { title: &title, description: None, route: route.as_ref() },
            main,
        );
    }
    let office = frame.office();
    let drafts = frame.index.open_consultations(frame.now);
    let drafts: Vec<_> = drafts.into_iter().filter(|draft| is_english(&draft.lang)).collect();
    let main = html! {
        h1 class="visually-hidden" { (frame.said(office.body_name)) }
        div class="columns" {
            section aria-labelledby="tin_moi" {
                h2 id="tin_moi" { (frame.texts().list.latest) }
                @if articles.is_empty() {
                    p { (frame.texts().list.none) }
                    p { a href=(Route::Home) hreflang="vi" { "Home page in Vietnamese" } }
                } @else {
                    (cards(frame, articles))
                    (links)
                }
            }
            div class="side" { (open_drafts(frame, &drafts)) (feedback_panel(frame)) }
        }
    };
    let greeting = office.greeting.filter(|greeting| greeting.language == frame.language);
    let description = greeting.map(|greeting| greeting.text);
    layout(frame, Head { title: office.body_name.text, description, route: route.as_ref() }, main)
}

fn is_english(lang: &str) -> bool {
    Language::of(lang) == Language::English
}
