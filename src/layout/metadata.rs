//! The metadata in the head of pages, for search engines and other programs: Open Graph, Dublin Core, and links to the
//! same content in other forms. The structured data of schema.org is in `json_ld`.

use cong_core::addresses::{FeedFormat, Route};
use cong_core::article::{Article, file_url};
use maud::{Markup, html};

use super::appearance::{SHARE_IMAGE, SHARE_IMAGE_SIZE};
use super::frame::Frame;
use super::head::Head;
use super::json_ld::{article_json_ld, home_json_ld};
use crate::site::{Language, Texts};

/// The metadata of any page that search engines may index.
pub fn page_metadata(frame: Frame<'_>, head: &Head<'_>, route: &Route) -> Markup {
    let Frame { site, language, .. } = frame;
    let is_home = *route == frame.home();
    html! {
        @if is_home && frame.index.has_english(frame.now) { (homes(frame)) }
        @match route {
            Route::Questions { .. } => {
                (alternate(FeedFormat::Atom.media_type(), "Hỏi đáp", &Route::QuestionsFeed))
            }
            Route::Category { slug, .. } => (feeds(frame.texts(), Some(slug))),
            Route::Home | Route::English { .. } | Route::Articles { .. } => {
                (feeds(frame.texts(), None))
            }
            _ => {}
        }
        (properties(&[
            ("og:type", Some("website")),
            ("og:title", Some(head.title)),
            ("og:description", head.description),
            ("og:url", Some(&site.absolute(&route.to_string()))),
            ("og:site_name", Some(frame.office().body_name.text)),
            ("og:locale", locale(language.tag()).as_deref()),
        ]))
        (share_image(frame))
        @if is_home { (home_json_ld(frame)) }
    }
}

/// Links to the home page in each language. Each of the two home pages must list both, as `hreflang` requires.
fn homes(frame: Frame<'_>) -> Markup {
    html! {
        @for language in [Language::Vietnamese, Language::English] {
            @let home = frame.in_language(language).home().to_string();
            link rel="alternate" hreflang=(language.tag()) href=(frame.site.absolute(&home));
        }
    }
}

/// The metadata of an article's page. `source_type` is the media type of the article's document.
pub fn article_metadata(
    frame: Frame<'_>,
    slug: &str,
    article: &Article,
    source_type: &str,
) -> Markup {
    let (site, office, texts) = (frame.site, frame.office(), frame.texts());
    let route = Route::article(slug);
    let url = site.absolute(&route.to_string());
    let (published, updated) = (article.listed_at().rfc3339(), article.changed_at().rfc3339());
    let category = article.category.as_ref();
    let section = category.map(|category| category.name.as_str());
    let picture = article.image.as_ref().filter(|image| is_raster(&image.file));
    let picture_url = picture.map(|picture| site.absolute(&file_url(&picture.file)));
    html! {
        (feeds(texts, category.map(|category| category.slug.as_str())))
        (alternate(source_type, texts.article.original, &Route::ArticleSource { slug: slug.to_owned() }))
        (properties(&[
            ("og:type", Some("article")),
            ("og:title", Some(&article.title)),
            ("og:description", Some(&article.summary)),
            ("og:url", Some(&url)),
            ("og:site_name", Some(office.body_name.text)),
            ("og:locale", locale(&article.lang).as_deref()),
            ("og:image", picture_url.as_deref()),
            ("og:image:alt", picture.map(|picture| picture.alt.as_str())),
            ("article:published_time", Some(&published)),
            ("article:modified_time", Some(&updated)),
            ("article:section", section),
        ]))
        @if picture.is_none() { (share_image(frame)) }
        meta name="twitter:card" content="summary_large_image";
        link rel="schema.DCTERMS" href="http://purl.org/dc/terms/";
        (terms(&[
            ("title", Some(&article.title)),
            ("creator", Some(&article.author)),
            ("publisher", Some(office.body_name.text)),
            ("description", Some(&article.summary)),
            ("identifier", Some(&url)),
            ("language", Some(&article.lang)),
            ("date", Some(&updated)),
            ("created", Some(&published)),
            ("modified", Some(&updated)),
            ("subject", section),
            ("source", article.source.as_deref()),
            ("rights", office.licence.map(|licence| licence.text)),
        ]))
        (article_json_ld(frame, &route, article))
    }
}

/// The metadata about the picture for link previews, if a page has no picture of its own.
fn share_image(frame: Frame<'_>) -> Markup {
    let (width, height) = SHARE_IMAGE_SIZE;
    properties(&[
        ("og:image", Some(&frame.site.absolute(SHARE_IMAGE))),
        ("og:image:width", Some(&width.to_string())),
        ("og:image:height", Some(&height.to_string())),
        ("og:image:alt", Some(&frame.site.body_name)),
    ])
}

/// Elements with Open Graph properties, from pairs of name and value. Pairs without a value are left out.
fn properties(values: &[(&str, Option<&str>)]) -> Markup {
    html! {
        @for (name, value) in filled(values) { meta property=(name) content=(value); }
    }
}

/// Elements with Dublin Core terms, from pairs of name and value. Pairs without a value are left out.
fn terms(values: &[(&str, Option<&str>)]) -> Markup {
    html! {
        @for (name, value) in filled(values) { meta name={ "DCTERMS." (name) } content=(value); }
    }
}

fn filled<'a>(values: &[(&'a str, Option<&'a str>)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    values.iter().filter_map(|(name, value)| Some((*name, value.filter(|text| !text.is_empty())?)))
}

/// Links to the feeds of all articles and, if `category` is set, to those of this category.
fn feeds(texts: &Texts, category: Option<&str>) -> Markup {
    let own = category.map(|slug| (Some(slug.to_owned()), texts.frame.feed_of_category));
    html! {
        @for (category, what) in own.into_iter().chain([(None, texts.frame.feed_of_all)]) {
            @for format in FeedFormat::ALL {
                @let title = format!("{what} ({})", format.name());
                (alternate(format.media_type(), &title, &Route::Feed { category: category.clone(), format }))
            }
        }
    }
}

fn alternate(media_type: &str, title: &str, route: &Route) -> Markup {
    html! { link rel="alternate" type=(media_type) title=(title) href=(route); }
}

/// Whether a picture can be shown by programs that make link previews. None of them supports SVG.
fn is_raster(file: &str) -> bool {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["png", "jpg", "jpeg", "webp", "gif"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The locale for Open Graph: language and country, such as `vi_VN`; `None` if the language tag has no country.
fn locale(lang: &str) -> Option<String> {
    match lang {
        "vi" => Some("vi_VN".to_owned()),
        "en" => Some("en_US".to_owned()),
        tag => {
            let (language, country) = tag.split_once('-')?;
            let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_alphabetic());
            is_country.then(|| format!("{language}_{}", country.to_uppercase()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_a_language_and_its_country() {
        for (lang, expected) in [
            ("vi", Some("vi_VN")),
            ("en", Some("en_US")),
            ("en-gb", Some("en_GB")),
            ("hmn", None),
            ("zh-Hans", None),
        ] {
            assert_eq!(locale(lang).as_deref(), expected);
        }
    }

    #[test]
    fn only_pictures_of_pixels_are_shown_beside_a_link() {
        assert!(is_raster("ảnh 1.JPG") && is_raster("a.b.webp"));
        assert!(!is_raster("a.svg") && !is_raster("png") && !is_raster("a.pdf"));
    }
}
