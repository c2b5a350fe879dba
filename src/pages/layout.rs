//! The frame around every page: head, banner, navigation, notices, footer.
//!
//! Ids of the frame hold an underscore; headings of articles, whose ids are slugs, never do.

use maud::{DOCTYPE, Markup, html};

use super::metadata;
use super::parts::foreign;
use crate::catalogue::HotIndex;
use crate::feeds::FeedFormat;
use crate::routes::Route;
use crate::site::Site;
use crate::vietnamese::Instant;

/// What every page is made with.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    pub site: &'a Site,
    pub index: &'a HotIndex,
    pub now: Instant,
}

/// What one page tells the frame.
pub struct Head<'a> {
    pub title: &'a str,
    pub description: Option<&'a str>,
    /// The page's own address; `None` for pages that search engines should not keep.
    pub route: Option<&'a Route>,
}

/// The stylesheet's address, with a fingerprint of its content.
fn stylesheet_url() -> String {
    const FINGERPRINT: u64 = fnv1a(include_bytes!("../../static/portal.css"));
    format!("/portal.css?v={FINGERPRINT:016x}")
}

/// FNV-1a, 64 bits: a fingerprint that the compiler can take.
const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        hash = (hash ^ *first as u64).wrapping_mul(0x0100_0000_01b3);
        rest = tail;
    }
    hash
}

/// A whole page.
pub fn layout(frame: Frame<'_>, head: Head<'_>, main: Markup) -> Markup {
    let metadata = match head.route.filter(|route| route.may_be_indexed()) {
        Some(route) => metadata::page(frame.site, &head, route),
        None => Markup::default(),
    };
    layout_with(frame, &head, &metadata, &main)
}

/// A page that says more of itself to programs.
pub fn layout_with(frame: Frame<'_>, head: &Head<'_>, metadata: &Markup, main: &Markup) -> Markup {
    let site = frame.site;
    let is_home = matches!(head.route, Some(Route::Home));
    let title = if is_home || head.title == site.body_name {
        site.body_name.clone()
    } else {
        format!("{} – {}", head.title, site.body_name)
    };
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                title { (title) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if let Some(description) = head.description {
                    meta name="description" content=(description);
                }
                @if let Some(route) = head.route.filter(|route| route.may_be_indexed()) {
                    link rel="canonical" href=(site.absolute(&route.to_string()));
                } @else {
                    meta name="robots" content="noindex";
                }
                meta name="color-scheme" content="light dark";
                link rel="icon" href="/emblem.svg" type="image/svg+xml";
                link rel="stylesheet" href=(stylesheet_url());
                // Browsers need none of it: it does not keep them from the stylesheet.
                (metadata)
            }
            body {
                a class="skip" href="#noi_dung_chinh" { "Đi thẳng tới nội dung" }
                (banner(site, is_home, !matches!(head.route, Some(Route::Search(_)))))
                (navigation(head.route))
                (notices(frame))
                main id="noi_dung_chinh" tabindex="-1" { (main) }
                (footer(site))
            }
        }
    }
}

/// One field; the search page has more. The name tells it from others on the page.
pub fn search_form(id: &str, name: &str) -> Markup {
    html! {
        form class="quick-search" action="/tim-kiem" method="get" role="search" aria-label=(name) {
            label class="visually-hidden" for=(id) { "Tìm trong các tin bài" }
            input id=(id) type="search" name="q" placeholder="Tìm tin bài, văn bản" maxlength="200"
                enterkeyhint="search";
            button type="submit" { "Tìm" }
        }
    }
}

fn banner(site: &Site, is_home: bool, with_search: bool) -> Markup {
    let name = html! {
        img src="/emblem.svg" alt="" width="56" height="56";
        span {
            @if let Some(parent) = &site.parent_name { span class="banner-parent" { (parent) } }
            span class="banner-name" { (site.body_name) }
        }
    };
    html! {
        header class="banner" {
            @if is_home { p class="banner-body" { (name) } }
            @else { a class="banner-body" href=(Route::Home) { (name) } }
            @if !site.greeting.is_empty() { p class="greeting" { (site.greeting) } }
            @if with_search { (search_form("tim_nhanh", "Tìm nhanh")) }
        }
    }
}

fn navigation(current: Option<&Route>) -> Markup {
    let items = [
        (Route::Home, "Trang chủ"),
        (Route::ARTICLES, "Tin bài"),
        (Route::CONSULTATIONS, "Dự thảo"),
        (Route::FEEDBACK, "Góp ý"),
        (Route::QUESTIONS, "Hỏi đáp"),
        (Route::SiteMap, "Sơ đồ trang"),
        (Route::Contact, "Liên hệ"),
    ];
    html! {
        nav class="navigation" aria-label="Chính" {
            ul {
                @for (route, label) in &items {
                    @let is_current = current.is_some_and(|current| current.is_same_page(route));
                    li { a href=(route) aria-current=[is_current.then_some("page")] { (label) } }
                }
            }
        }
    }
}

fn notices(frame: Frame<'_>) -> Markup {
    let mut notices = frame.index.notices(frame.now).peekable();
    html! {
        @if notices.peek().is_some() {
            aside class="notices" aria-label="Thông báo" {
                @for notice in notices {
                    p {
                        strong { "Thông báo: " }
                        a href=(Route::article(&notice.slug)) lang=[foreign(&notice.lang)] { (notice.title) }
                    }
                }
            }
        }
    }
}

fn footer(site: &Site) -> Markup {
    html! {
        footer class="footer" {
            p class="footer-name" { (site.body_name) }
            @if let Some(responsible) = &site.responsible {
                p { "Chịu trách nhiệm nội dung: " (responsible) }
            }
            @if let Some(address) = &site.address { p { "Địa chỉ: " (address) } }
            p {
                @if let Some(phone) = &site.phone {
                    "Điện thoại: " a href=(format!("tel:{}", phone_digits(phone))) { (phone) }
                }
                @if site.phone.is_some() && site.email.is_some() { " · " }
                @if let Some(email) = &site.email {
                    "Thư điện tử: " a href=(format!("mailto:{email}")) { (email) }
                }
            }
            p {
                a href=(Route::Lookup) { "Tra cứu ý kiến đã gửi" } " · "
                a href=(Route::Privacy) { "Quyền riêng tư" } " · "
                a href=(Route::SiteMap) { "Sơ đồ trang" } " · "
                a href=(Route::Contact) { "Liên hệ" } " · "
                a href=(Route::Feed { category: None, format: FeedFormat::Atom }) {
                    "Nguồn tin (Atom)"
                }
            }
            @if let Some(licence) = &site.licence { p class="licence" { (licence) } }
        }
    }
}

/// A telephone number as a `tel:` link takes it.
pub fn phone_digits(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}
