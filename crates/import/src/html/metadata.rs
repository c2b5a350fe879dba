//! Reads the metadata of the article on a page: title, summary, category, language and byline.

use cong_core::vietnamese::fold;
use scraper::ElementRef;

use super::byline::{self, Byline};
use super::page::SavedPage;
use super::title;

/// The metadata of an article. The fields `is_…_guessed` say whether a value is a guess.
#[derive(Debug, Default)]
pub struct PageMetadata<'a> {
    pub title: Option<String>,
    /// The element that contains the title; `None` if the title comes from the page's `<head>` or from a line before
    /// the text.
    pub title_element: Option<ElementRef<'a>>,
    pub is_title_guessed: bool,
    pub byline: Byline,
    pub summary: Option<String>,
    /// Whether the page shows the summary outside the article's text.
    pub is_summary_apart: bool,
    pub category: Option<String>,
    /// The language that the page declares, in lower case.
    pub lang: Option<String>,
}

const SUMMARIES: &str = "\
    sapo lead articlelead tomtat trichyeu articlesummary ednarticlesummary newslead newssummary \
    introtext shortdescription articlesapo detailsapo motangan chapeau lide hometext idtomtat \
    newsdes divarticledescription1 showdescription lblsummary";
const CRUMBS: &str = "\
    breadcrumb breadcrumbs breadcrumx ullinkmenu duongdan sitemappath pathway dieuhuong breadcrumblist \
    portalbreadcrumb";

/// Reads the metadata of the article whose text is in the element `content`.
pub fn read<'a>(page: &'a SavedPage, content: ElementRef<'a>) -> PageMetadata<'a> {
    let site = page.meta("og:site_name");
    let title::PageTitle { element, text: title, is_guessed } =
        title::find(page, content, site.as_deref());
    let byline = byline::read(page, content, element);
    let (summary, is_summary_apart) = summary(page, content, title.as_deref());
    let lang = page.select("html").first().and_then(|html| html.value().attr("lang"));
    PageMetadata {
        category: category(page, title.as_deref()),
        lang: lang.map(str::to_lowercase),
        title,
        title_element: element,
        is_title_guessed: is_guessed,
        byline,
        summary,
        is_summary_apart,
    }
}

/// Returns the summary, and whether the page shows it outside the article's text.
fn summary(
    page: &SavedPage,
    content: ElementRef<'_>,
    title: Option<&str>,
) -> (Option<String>, bool) {
    let is_new = |text: &String| {
        text.chars().count() >= 30 && title.is_none_or(|title| fold(title) != fold(text))
    };
    let found = page.named(SUMMARIES).find(|element| {
        let text = page.text(*element);
        is_new(&text)
            && text.chars().count() <= 1_500
            && !element.descendants().any(|node| node.id() == content.id())
    });
    if let Some(element) = found {
        let is_apart = !element.ancestors().any(|node| node.id() == content.id())
            && element.id() != content.id();
        return (Some(page.text(element)), is_apart);
    }
    let described = page.meta("og:description").or_else(|| page.meta("description"));
    // Many sites have the same description on all pages. It is used only if the text of the article contains its
    // beginning.
    let text = fold(&page.text(content));
    let is_title =
        |summary: &str| title.is_some_and(|title| fold(summary).starts_with(&fold(title)));
    let described =
        described.filter(is_new).filter(|summary| !is_title(summary)).filter(|summary| {
            let start: String = fold(summary).chars().take(30).collect();
            text.contains(start.trim())
        });
    (described, false)
}

fn category(page: &SavedPage, title: Option<&str>) -> Option<String> {
    if let Some(section) = page.meta("article:section") {
        return Some(section);
    }
    if let Some(link) = page.select("a[rel~=category]").first() {
        return Some(page.text(*link));
    }
    page.named(CRUMBS).find_map(|crumbs| last_crumb(page, crumbs, title))
}

fn last_crumb(page: &SavedPage, crumbs: ElementRef<'_>, title: Option<&str>) -> Option<String> {
    let links = crumbs
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|e| matches!(e.value().name(), "a" | "li" | "span"));
    let names = links.map(|link| page.text(link)).filter(|name| {
        let folded = fold(name);
        (2..=80).contains(&name.chars().count())
            && !["trang chu", "home", "trang nhat"].contains(&folded.as_str())
            && name.chars().any(char::is_alphabetic)
            && !name.contains(['»', '>', '›', '/'])
            && title.is_none_or(|title| fold(title) != folded)
    });
    names.last()
}
