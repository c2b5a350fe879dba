//! What a page says of itself to programs, in its head: Open Graph, Dublin Core, and links to the same content
//! in other forms. The data of schema.org is in `json_ld`.

use maud::{Markup, html};

use super::json_ld;
use super::layout::Head;
use crate::article::{Article, file_url};
use crate::feeds::FeedFormat;
use crate::routes::Route;
use crate::site::Site;

/// For any page that search engines may keep.
pub fn page(site: &Site, head: &Head<'_>, route: &Route) -> Markup {
    html! {
        @match route {
            Route::Questions { .. } => {
                (alternate(FeedFormat::Atom.media_type(), "Hỏi đáp", &Route::QuestionsFeed))
            }
            Route::Category { slug, .. } => (feeds(Some(slug))),
            Route::Home | Route::Articles { .. } => (feeds(None)),
            _ => {}
        }
        (open_graph(site, "website", head.title, head.description, route))
        meta property="og:locale" content="vi_VN";
        @if *route == Route::Home { (json_ld::home(site)) }
    }
}

/// For an article; `source_type` is the media type of its document.
pub fn article(site: &Site, slug: &str, article: &Article, source_type: &str) -> Markup {
    let route = Route::article(slug);
    let (published, updated) = (article.listed_at().rfc3339(), article.changed_at().rfc3339());
    let category = article.category.as_ref();
    let picture = article.image.as_ref().filter(|image| is_raster(&image.file));
    html! {
        (feeds(category.map(|category| category.slug.as_str())))
        (alternate(source_type, "Văn bản gốc", &Route::ArticleSource { slug: slug.to_owned() }))

        (open_graph(site, "article", &article.title, Some(&article.summary), &route))
        @if let Some(locale) = locale(&article.lang) { meta property="og:locale" content=(locale); }
        @if let Some(picture) = picture {
            meta property="og:image" content=(site.absolute(&file_url(&picture.file)));
            meta property="og:image:alt" content=(picture.alt);
        }
        meta property="article:published_time" content=(published);
        meta property="article:modified_time" content=(updated);
        @if let Some(category) = category { meta property="article:section" content=(category.name); }
        meta name="twitter:card"
            content=(if picture.is_some() { "summary_large_image" } else { "summary" });

        link rel="schema.DCTERMS" href="http://purl.org/dc/terms/";
        meta name="DCTERMS.title" content=(article.title);
        meta name="DCTERMS.creator" content=(article.author);
        meta name="DCTERMS.publisher" content=(site.body_name);
        meta name="DCTERMS.description" content=(article.summary);
        meta name="DCTERMS.identifier" content=(site.absolute(&route.to_string()));
        meta name="DCTERMS.language" content=(article.lang);
        meta name="DCTERMS.date" content=(updated);
        meta name="DCTERMS.created" content=(published);
        meta name="DCTERMS.modified" content=(updated);
        @if let Some(category) = category { meta name="DCTERMS.subject" content=(category.name); }
        @if let Some(source) = &article.source { meta name="DCTERMS.source" content=(source); }
        @if let Some(licence) = &site.licence { meta name="DCTERMS.rights" content=(licence); }

        (json_ld::article(site, &route, article))
    }
}

/// The feeds of all, and those of a category.
fn feeds(category: Option<&str>) -> Markup {
    let own = category.map(|slug| (Some(slug.to_owned()), "Chuyên mục này"));
    html! {
        @for (category, what) in own.into_iter().chain([(None, "Tin bài mới")]) {
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

fn open_graph(
    site: &Site,
    kind: &str,
    title: &str,
    description: Option<&str>,
    route: &Route,
) -> Markup {
    html! {
        meta property="og:type" content=(kind);
        meta property="og:title" content=(title);
        @if let Some(description) = description.filter(|text| !text.is_empty()) {
            meta property="og:description" content=(description);
        }
        meta property="og:url" content=(site.absolute(&route.to_string()));
        meta property="og:site_name" content=(site.body_name);
    }
}

/// Whether those who show a link can show the picture: none of them takes SVG.
fn is_raster(file: &str) -> bool {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["png", "jpg", "jpeg", "webp", "gif"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// A language with its country, as Open Graph has it; `None` where the tag does not say which country.
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
