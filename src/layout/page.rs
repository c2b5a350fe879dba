//! The page frame: head, banner, navigation, notices and footer around the content of every page.
//!
//! Ids of the frame contain an underscore, so that they never equal the ids of an article's headings, which are slugs.

use cong_core::addresses::{DeskPage, FeedFormat, Route};
use cong_core::stylesheet::Stylesheet;
use maud::{DOCTYPE, Markup, html};

use super::appearance::appearance;
use super::frame::Frame;
use super::head::Head;
use super::metadata::page_metadata;
use crate::site::Language;

/// A whole page: `main` in the page frame, with the metadata that any page has.
pub fn layout(frame: Frame<'_>, head: Head<'_>, main: Markup) -> Markup {
    let metadata = match head.route.filter(|route| route.rules().may_be_indexed) {
        Some(route) => page_metadata(frame, &head, route),
        None => Markup::default(),
    };
    layout_with(frame, &head, &metadata, &main)
}

/// A whole page: `main` in the page frame, with the elements `metadata` in its head.
pub fn layout_with(frame: Frame<'_>, head: &Head<'_>, metadata: &Markup, main: &Markup) -> Markup {
    let site = frame.site;
    let body_name = frame.office().body_name.text;
    let is_home = head.route.is_some_and(|route| *route == frame.home());
    let title = if is_home || head.title == body_name {
        body_name.to_owned()
    } else {
        format!("{} – {body_name}", head.title)
    };
    html! {
        (DOCTYPE)
        html lang=(frame.language.tag()) {
            head {
                meta charset="utf-8";
                title { (title) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if let Some(description) = head.description {
                    meta name="description" content=(description);
                }
                @if let Some(route) = head.route.filter(|route| route.rules().may_be_indexed) {
                    link rel="canonical" href=(site.absolute(&route.to_string()));
                } @else {
                    meta name="robots" content="noindex";
                }
                (appearance(site, &[Stylesheet::Portal]))
                // Browsers do not need the metadata, so it comes after the stylesheet.
                (metadata)
            }
            body {
                a class="skip" href="#noi_dung_chinh" { (frame.texts().frame.skip) }
                (banner(frame, is_home, !matches!(head.route, Some(Route::Search(_)))))
                (navigation(frame, head.route))
                (notices(frame))
                main id="noi_dung_chinh" tabindex="-1" { (main) }
                (footer(frame))
            }
        }
    }
}

/// A search form with one field. The search page itself has a larger form. `name` names the form for screen readers,
/// because a page may have several search forms.
pub fn search_form(frame: Frame<'_>, id: &str, name: &str) -> Markup {
    let texts = &frame.texts().frame;
    html! {
        form class="quick-search" action="/tim-kiem" method="get" role="search" aria-label=(name) {
            label class="visually-hidden" for=(id) { (texts.search_label) }
            input id=(id) type="search" name="q" placeholder=(texts.search_placeholder) maxlength="200"
                enterkeyhint="search";
            button type="submit" { (texts.search) }
        }
    }
}

fn banner(frame: Frame<'_>, is_home: bool, with_search: bool) -> Markup {
    let office = frame.office();
    let name = html! {
        img src="/emblem.svg" alt="" width="56" height="56";
        span {
            @if let Some(parent) = office.parent_name {
                span class="banner-parent" { (frame.said(parent)) }
            }
            span class="banner-name" { (frame.said(office.body_name)) }
        }
    };
    html! {
        header class="banner" {
            @if is_home { p class="banner-body" { (name) } }
            @else { a class="banner-body" href=(frame.home()) { (name) } }
            @if let Some(greeting) = office.greeting { p class="greeting" { (frame.said(greeting)) } }
            @if with_search { (search_form(frame, "tim_nhanh", frame.texts().frame.quick_search)) }
        }
    }
}

/// A link to the home page in the other language. A Vietnamese page has no such link while there are no articles in
/// English.
fn other_language(frame: Frame<'_>) -> Markup {
    let other = match frame.language {
        Language::English => Some(Language::Vietnamese),
        Language::Vietnamese => frame.index.has_english(frame.now).then_some(Language::English),
    };
    html! {
        @if let Some(language) = other {
            li class="language" {
                a href=(frame.in_language(language).home()) lang=(language.tag())
                    hreflang=(language.tag()) { (language.texts().frame.language) }
            }
        }
    }
}

fn navigation(frame: Frame<'_>, current: Option<&Route>) -> Markup {
    let texts = &frame.texts().frame;
    let items = [
        (Route::ARTICLES, texts.articles),
        (Route::CONSULTATIONS, texts.drafts),
        (Route::FEEDBACK, texts.feedback),
        (Route::QUESTIONS, texts.questions),
        (Route::SiteMap, texts.site_map),
        (Route::Contact, texts.contact),
    ];
    let item = |route: &Route, label: &str, hreflang: Option<&str>| {
        let is_current = current.is_some_and(|current| current.is_same_page(route));
        html! {
            li {
                a href=(route) hreflang=[hreflang] aria-current=[is_current.then_some("page")] { (label) }
            }
        }
    };
    html! {
        nav class="navigation" aria-label=(texts.navigation) {
            ul {
                (item(&frame.home(), texts.home, None))
                @for (route, label) in &items { (item(route, label, frame.vietnamese())) }
                (other_language(frame))
            }
        }
    }
}

fn notices(frame: Frame<'_>) -> Markup {
    let mut notices = frame.index.notices(frame.now).peekable();
    let label = frame.texts().frame.notice;
    html! {
        @if notices.peek().is_some() {
            aside class="notices" aria-label=(label) {
                @for notice in notices {
                    p {
                        strong { (label) ": " }
                        a href=(Route::article(&notice.slug)) lang=[frame.foreign(&notice.lang)] {
                            (notice.title)
                        }
                    }
                }
            }
        }
    }
}

fn footer(frame: Frame<'_>) -> Markup {
    let (site, office, texts) = (frame.site, frame.office(), &frame.texts().frame);
    let feed = Route::Feed { category: None, format: FeedFormat::Atom };
    let links = [
        (Route::Lookup, texts.look_up),
        (Route::Privacy, texts.privacy),
        (Route::SiteMap, texts.site_map),
        (Route::Contact, texts.contact),
        (feed, texts.feed),
    ];
    html! {
        footer class="footer" {
            div {
                p class="footer-name" { (frame.said(office.body_name)) }
                @if let Some(responsible) = office.responsible {
                    p { (texts.responsible) ": " (frame.said(responsible)) }
                }
                @if let Some(address) = office.address {
                    p { (texts.address) ": " (frame.said(address)) }
                }
                @if let Some(phone) = &site.phone {
                    p { (texts.phone) ": " a href=(format!("tel:{}", phone_digits(phone))) { (phone) } }
                }
                @if let Some(email) = &site.email {
                    p { (texts.email) ": " a href=(format!("mailto:{email}")) { (email) } }
                }
                @if let Some(licence) = office.licence { p class="licence" { (frame.said(licence)) } }
            }
            ul {
                @for (route, label) in &links {
                    li { a href=(route) hreflang=[frame.vietnamese()] { (label) } }
                }
                li {
                    a href=(DeskPage::TODAY) hreflang=[frame.vietnamese()] rel="nofollow" { (texts.sign_in) }
                }
            }
        }
    }
}

/// A telephone number as a `tel:` link contains it: its digits and plus sign only.
pub fn phone_digits(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}
