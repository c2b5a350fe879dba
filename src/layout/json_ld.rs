//! Structured data in the vocabulary of schema.org, as JSON-LD in a `script` element. Browsers do not run such a data
//! block, so the Content-Security-Policy need not allow it.

use cong_core::addresses::Route;
use cong_core::article::{Article, audio_type, file_url};
use cong_core::vietnamese::truncate_at_word;
use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use super::frame::Frame;
use crate::site::Site;

/// The maximum length of a headline that search engines are known to accept, in characters. A longer title is cut.
const HEADLINE_CHARS: usize = 110;

#[derive(Serialize)]
struct Document<T> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: T,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct GovernmentOrganization<'a> {
    name: &'a str,
    url: String,
    logo: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct WebSite<'a> {
    name: &'a str,
    url: String,
    in_language: &'static str,
    potential_action: SearchAction,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct SearchAction {
    target: String,
    #[serde(rename = "query-input")]
    query_input: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct NewsArticle<'a> {
    headline: String,
    date_published: String,
    date_modified: String,
    author: Named<'a>,
    publisher: GovernmentOrganization<'a>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'a str>,
    main_entity_of_page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio: Option<AudioObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_based_on: Option<Named<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct AudioObject<'a> {
    content_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding_format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct BreadcrumbList<'a> {
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct ListItem<'a> {
    position: usize,
    name: &'a str,
    item: String,
}

/// The structured data of the home page, in the language of the page frame: the office, and the portal with its search.
pub fn home_json_ld(frame: Frame<'_>) -> Markup {
    let site = frame.site;
    let search = site.absolute(&Route::SEARCH.to_string());
    let website = WebSite {
        name: frame.office().body_name.text,
        url: site.absolute(&frame.home().to_string()),
        in_language: frame.language.tag(),
        potential_action: SearchAction {
            target: format!("{search}?q={{search_term_string}}"),
            query_input: "required name=search_term_string",
        },
    };
    block((office(frame), website))
}

pub fn article_json_ld(frame: Frame<'_>, route: &Route, article: &Article) -> Markup {
    let site = frame.site;
    let news = NewsArticle {
        // One character is left for the ellipsis, which is added to a cut title.
        headline: truncate_at_word(&article.title, HEADLINE_CHARS - 1),
        date_published: article.listed_at().rfc3339(),
        date_modified: article.changed_at().rfc3339(),
        author: Named { kind: author_type(site, &article.author), name: &article.author },
        publisher: office(frame),
        in_language: &article.lang,
        article_section: article.category.as_ref().map(|category| category.name.as_str()),
        main_entity_of_page: site.absolute(&route.to_string()),
        image: article.image.as_ref().map(|image| site.absolute(&file_url(&image.file))),
        audio: article.audio.as_ref().map(|audio| AudioObject {
            content_url: site.absolute(&file_url(&audio.file)),
            encoding_format: audio_type(&audio.file),
            name: audio.title.as_deref(),
        }),
        is_based_on: article
            .source
            .as_ref()
            .map(|source| Named { kind: "CreativeWork", name: source }),
    };
    let category = article
        .category
        .as_ref()
        .map(|category| (category.name.as_str(), Route::category(&category.slug)));
    let steps = [(frame.texts().frame.home, frame.home())]
        .into_iter()
        .chain(category)
        .chain([(article.title.as_str(), route.clone())]);
    let item_list_element = steps
        .enumerate()
        .map(|(index, (name, route))| ListItem {
            position: index + 1,
            name,
            item: site.absolute(&route.to_string()),
        })
        .collect();
    block((news, BreadcrumbList { item_list_element }))
}

fn office(frame: Frame<'_>) -> GovernmentOrganization<'_> {
    let (site, office) = (frame.site, frame.office());
    GovernmentOrganization {
        name: office.body_name.text,
        url: site.absolute("/"),
        logo: site.absolute("/emblem.svg"),
        address: office.address.map(|address| address.text),
        telephone: site.phone.as_deref(),
        email: site.email.as_deref(),
    }
}

/// Guesses from an author's name whether it is a person or an organisation, because documents do not say so. Names of
/// organisations begin with certain words in Vietnamese, or end with certain words in English. No family name is among
/// these words.
fn author_type(site: &Site, author: &str) -> &'static str {
    const UNITS: [&str; 10] = [
        "Ban",
        "Bộ",
        "Chi cục",
        "Hội",
        "Liên hiệp",
        "Phòng",
        "Sở",
        "Trung tâm",
        "Ủy ban",
        "Văn phòng",
    ];
    const ENGLISH_UNITS: [&str; 6] =
        ["Board", "Centre", "Committee", "Department", "Office", "Union"];
    let begins_with =
        |unit: &str| author.strip_prefix(unit).is_some_and(|rest| rest.starts_with(' '));
    let ends_with = |unit: &str| author.strip_suffix(unit).is_some_and(|rest| rest.ends_with(' '));
    let is_office = author == site.body_name || Some(author) == site.english.body_name.as_deref();
    let is_unit =
        is_office || UNITS.into_iter().any(begins_with) || ENGLISH_UNITS.into_iter().any(ends_with);
    if is_unit { "Organization" } else { "Person" }
}

/// The `script` element with JSON-LD. Every `<` is escaped, so that no text can end the element or begin a comment. In
/// JSON `<` occurs only inside strings, where it can be escaped.
fn block(graph: impl Serialize) -> Markup {
    let document = Document { context: "https://schema.org", graph };
    // Serialising strings and lists of strings cannot fail.
    let json = serde_json::to_string(&document).unwrap_or_default().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_block() {
        let hostile = "</script><!-- \u{2028} \"";
        let html = block([hostile]).into_string();
        let json = html
            .strip_prefix("<script type=\"application/ld+json\">")
            .and_then(|rest| rest.strip_suffix("</script>"))
            .unwrap();
        assert!(!json.contains('<'), "{json}");
        let read: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(read["@graph"][0], hostile);
    }

    #[test]
    fn an_author_is_a_person_or_a_unit() {
        let site = Site { body_name: "Liên hiệp Hội".into(), ..Site::default() };
        for author in [
            "Ban Biên tập",
            "Văn phòng Liên hiệp Hội",
            "Sở Y tế",
            "Liên hiệp Hội",
            "Science Department",
        ] {
            assert_eq!(author_type(&site, author), "Organization", "{author}");
        }
        for author in ["Bàn Văn Ban", "Văn Thị Sở", "Hà Thị Vân", "ThS. Quàng Thị Diệu"]
        {
            assert_eq!(author_type(&site, author), "Person", "{author}");
        }
    }
}
