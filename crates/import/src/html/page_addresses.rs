//! Finds the old addresses of a saved page in its HTML.

use url::Url;

use super::page::SavedPage;
use crate::addresses::{of_path, out_of_archive};

/// How many characters at the beginning of a saved page are searched for the comment with its address.
const COMMENT_WITHIN: usize = 8_000;

/// Returns the addresses that the page had on the old portal, the most reliable first. `text` is the HTML of the page,
/// and `path` the path of its file relative to the imported folder. If `base`, the address of the old portal, is given,
/// addresses on other hosts are left out.
pub fn find(page: &SavedPage, text: &str, path: &str, base: Option<&Url>) -> Vec<Url> {
    let saved_from = saved_from(text);
    let by_path = base.and_then(|base| of_path(path, base));
    let around = by_path.as_ref().or(saved_from.as_ref()).or(base).cloned();
    let absolute = |written: &str| match &around {
        Some(around) => around.join(written.trim()).ok().map(out_of_archive),
        None => Url::parse(written.trim()).ok().map(out_of_archive),
    };
    let canonical = page
        .select("link[rel=canonical]")
        .into_iter()
        .find_map(|link| absolute(link.value().attr("href")?));
    let og = page.meta("og:url").and_then(|url| absolute(&url));
    let short = page.select("link[rel=shortlink]");
    let short = short.into_iter().find_map(|link| absolute(link.value().attr("href")?));
    // Joomla writes the page's own address into `<base>`.
    let of_base = base_of(page);
    let mut found = Vec::new();
    for url in [canonical, og, saved_from, of_base, by_path, short].into_iter().flatten() {
        let is_here = base.is_none_or(|base| host(base) == host(&url));
        if matches!(url.scheme(), "http" | "https") && is_here && !found.contains(&url) {
            found.push(url);
        }
    }
    found
}

/// The address in `<base href>`, to which the relative addresses of the page refer.
pub fn base_of(page: &SavedPage) -> Option<Url> {
    page.select("base[href]")
        .first()
        .and_then(|base| Url::parse(base.value().attr("href")?.trim()).ok().map(out_of_archive))
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The page's address, from the comment that browsers, HTTrack or SingleFile write into a saved page.
fn saved_from(text: &str) -> Option<Url> {
    let end = text.char_indices().nth(COMMENT_WITHIN).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    // HTTrack leaves the scheme out.
    if let Some((_, after)) = start.split_once("<!-- Mirrored from ") {
        return Url::parse(&format!("http://{}", after.split_once(" by HTTrack")?.0)).ok();
    }
    let after = match start.split_once("saved from url=(") {
        Some((_, after)) => after.split_once(')')?.1,
        None => start.split_once("Page saved with SingleFile")?.1.split_once("url:")?.1,
    };
    Url::parse(after.split_whitespace().next()?.trim_end_matches("-->")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_itself_where_it_was() {
        let text = "<!-- saved from url=(0044)https://sonlam.gov.vn/SitePages/Tin.aspx?ItemID=7 -->\n<html><head>\
                    <link rel=canonical href='/tin/hop-bao'><meta property='og:url' content='https://khac.vn/x'>";
        let urls = |base| find(&SavedPage::parse(text), text, "tin.html", base);
        let written: Vec<_> = urls(None).iter().map(Url::to_string).collect();
        assert_eq!(
            written,
            [
                "https://sonlam.gov.vn/tin/hop-bao",
                "https://khac.vn/x",
                "https://sonlam.gov.vn/SitePages/Tin.aspx?ItemID=7"
            ]
        );
        let copies = [
            "<!-- Mirrored from sonlam.gov.vn/tin.aspx?id=7 by HTTrack Website Copier/3.x -->",
            "<link rel=canonical href='https://web.archive.org/web/20150615090500/http://sonlam.gov.vn/tin.aspx?id=7'>",
        ];
        for copy in copies {
            let found = find(&SavedPage::parse(copy), copy, "index2d4c.html", None);
            assert_eq!(found.first().map(Url::as_str), Some("http://sonlam.gov.vn/tin.aspx?id=7"));
        }
        let base = Url::parse("https://www.sonlam.gov.vn/").unwrap();
        assert!(!urls(Some(&base)).iter().any(|url| url.host_str() == Some("khac.vn")));
    }
}
