//! Rules for the HTML that is made from Markdown: it is well-formed, runs no scripts and loads nothing from other
//! sites.

use std::collections::HashSet;

use scraper::{ElementRef, Html};
use url::Url;

const ELEMENTS: &str = "html p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a img figure figcaption \
                        table thead tbody tr th td div section sup br hr";
const ATTRIBUTES: &str =
    "href title class id role lang src alt loading decoding aria-label tabindex scope start";

/// Checks the HTML of an article on the site `site`, shown on the page `page`.
pub fn check(html: &str, site: &str, page: &str) {
    // Remove control characters, which are invisible but errors in the HTML Standard.
    let printable: String =
        html.chars().filter(|&c| c == '\n' || !is_control_or_noncharacter(c)).collect();
    let parsed = Html::parse_fragment(&printable);
    assert!(parsed.errors.is_empty(), "{:?}\n{html}", parsed.errors);
    let (site, page) = (Url::parse(site).unwrap(), Url::parse(page).unwrap());
    let mut ids = HashSet::new();
    let elements = || parsed.root_element().descendants().filter_map(ElementRef::wrap);
    for element in elements() {
        let name = element.value().name();
        assert!(ELEMENTS.split_whitespace().any(|known| known == name), "<{name}>\n{html}");
        for (attribute, value) in element.value().attrs() {
            let is_known = ATTRIBUTES.split_whitespace().any(|known| known == attribute);
            assert!(is_known, "{name} {attribute}\n{html}");
            // An address that does not parse leads nowhere.
            let url = page.join(value);
            match attribute {
                "id" => assert!(ids.insert(value.to_owned()), "#{value} twice\n{html}"),
                "href" => {
                    assert!(url.as_ref().is_ok_and(is_harmless) || url.is_err(), "{value}\n{html}")
                }
                "src" => {
                    let is_ours = url.is_ok_and(|url| {
                        url.origin() == site.origin() && url.path().starts_with("/tep/")
                    });
                    assert!(is_ours, "{value}\n{html}");
                }
                _ => {}
            }
        }
    }
    // Links to footnotes and back have targets.
    for element in elements() {
        let element = element.value();
        if matches!(element.attr("role"), Some("doc-noteref" | "doc-backlink")) {
            let id = element.attr("href").and_then(|address| address.split_once('#')).unwrap().1;
            assert!(ids.contains(id), "#{id}\n{html}");
        }
    }
}

fn is_harmless(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https" | "mailto" | "tel")
}

/// Whether HTML forbids the character, as a control character or noncharacter (HTML Standard, "Preprocessing the input
/// stream").
fn is_control_or_noncharacter(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}
