//! Finds the old addresses of a saved page in its HTML and in the name of its file, and turns an address into an alias
//! of the document.

use percent_encoding::percent_decode_str;
use url::{Position, Url};

use super::html::SavedPage;

/// The maximum length of an alias, in characters. A longer address is dropped, because a line of a document cannot be
/// longer.
const MAX_ALIAS_CHARS: usize = 500;
/// The maximum distance, in characters, between the beginning of a saved page and the comment with its address.
/// Comments farther below are not read.
const COMMENT_WITHIN: usize = 8_000;

/// Returns the old addresses of a page, the most reliable first. `text` is the HTML of the page, and `path` the path of
/// its file relative to the imported folder. If `base`, the address of the old portal, is given, addresses on other
/// hosts are dropped.
pub fn of_page(page: &SavedPage, text: &str, path: &str, base: Option<&Url>) -> Vec<Url> {
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

/// Returns the original address of a page in the Internet Archive: the part after the time in
/// `https://web.archive.org/web/20150615090500/http://…`. Returns any other address unchanged.
pub fn out_of_archive(url: Url) -> Url {
    let whole = &url[Position::BeforePath..];
    let kept = whole.strip_prefix("/web/").and_then(|rest| rest.split_once('/'));
    let is_time = |time: &str| time.len() >= 14 && time.starts_with(|c: char| c.is_ascii_digit());
    let kept = kept.filter(|(time, _)| is_time(time)).and_then(|(_, kept)| Url::parse(kept).ok());
    kept.unwrap_or(url)
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

/// The address in the comment that browsers, HTTrack or SingleFile write into a saved page.
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

/// Returns the address from which wget made the name of a file, such as `host/path/Tin.aspx@ItemID=7.html`. `path` is
/// the path of the file, and `base` the address of the old portal.
pub fn of_path(path: &str, base: &Url) -> Option<Url> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let named = base.host_str().unwrap_or_default();
    if parts.len() > 1
        && parts.first().is_some_and(|first| first.split([':', '+']).next() == Some(named))
    {
        parts.remove(0);
    }
    let name = parts.pop()?;
    // wget adds .html to the names of dynamic pages.
    let stem = name.strip_suffix(".html").or_else(|| name.strip_suffix(".htm"));
    let is_dynamic = |stem: &str| {
        [".aspx", ".asp", ".php", ".jsp", ".do", ".cpx", "?", "@"]
            .iter()
            .any(|mark| stem.contains(mark))
    };
    let name = stem.filter(|stem| is_dynamic(stem)).unwrap_or(name);
    let (file, query) = match name.split_once('?') {
        Some((file, query)) => (file, Some(query)),
        None => match name
            .split_once('@')
            .filter(|(_, query)| query.contains('=') || query.contains('&'))
        {
            Some((file, query)) => (file, Some(query)),
            None => (name, None),
        },
    };
    // wget writes the slashes of a query such as `chi-tiet-tin?/ten-bai/216` as %2F.
    let query = query.map(|query| match query.starts_with("%2F") {
        true => query.replace("%2F", "/"),
        false => query.to_owned(),
    });
    let file = if matches!(file, "index.html" | "index.htm") { "" } else { file };
    let mut url = base.clone();
    {
        let mut segments = url.path_segments_mut().ok()?;
        segments.pop_if_empty();
        for part in parts.into_iter().chain([file]) {
            segments.push(&percent_decode_str(part).decode_utf8_lossy());
        }
    }
    url.set_query(query.as_deref());
    Some(url)
}

/// Returns the path and the query of an address, in the form of a document's `aliases`. Returns `None` for an address
/// that cannot be an alias, such as the home page.
pub fn alias(url: &Url) -> Option<String> {
    let path = percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
    let alias = match url.query().filter(|query| !query.is_empty()) {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    let home = [
        "/index.html",
        "/index.php",
        "/default.aspx",
        "/home",
        "/sitepages/home.aspx",
        "/trang-chu",
    ];
    // The path `/` is the home page, whatever its query.
    let is_usable = url.path() != "/"
        && !home.contains(&alias.to_lowercase().as_str())
        && alias.starts_with('/')
        && alias.chars().count() <= MAX_ALIAS_CHARS
        && !alias.contains(char::is_control)
        && !alias.contains("  ");
    is_usable.then_some(alias)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_wget_gives_lead_back_to_addresses() {
        let base = Url::parse("https://sonlam.gov.vn").unwrap();
        for (path, expected) in [
            ("sonlam.gov.vn/SitePages/Tin.aspx@ItemID=7.html", "/SitePages/Tin.aspx?ItemID=7"),
            ("sonlam.gov.vn/SitePages/Tin.aspx?ItemID=7&a=b", "/SitePages/Tin.aspx?ItemID=7&a=b"),
            ("SitePages/Tin.aspx?ItemID=7.html", "/SitePages/Tin.aspx?ItemID=7"),
            ("tin-tuc/hop-bao.html", "/tin-tuc/hop-bao.html"),
            ("index.php@option=com_content&id=5", "/index.php?option=com_content&id=5"),
            ("tin/index.html", "/tin/"),
            ("chi-tiet-tin?%2Fhop-bao%2F216.html", "/chi-tiet-tin?/hop-bao/216"),
            ("Tin%20m%E1%BB%9Bi.aspx", "/Tin mới.aspx"),
        ] {
            assert_eq!(of_path(path, &base).and_then(|url| alias(&url)).as_deref(), Some(expected));
        }
        assert_eq!(alias(&base), None);
        assert_eq!(alias(&of_path("sonlam.gov.vn/index.html", &base).unwrap()), None);
    }

    #[test]
    fn a_page_says_itself_where_it_was() {
        let text = "<!-- saved from url=(0044)https://sonlam.gov.vn/SitePages/Tin.aspx?ItemID=7 -->\n<html><head>\
                    <link rel=canonical href='/tin/hop-bao'><meta property='og:url' content='https://khac.vn/x'>";
        let urls = |base| of_page(&SavedPage::parse(text), text, "tin.html", base);
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
            let found = of_page(&SavedPage::parse(copy), copy, "index2d4c.html", None);
            assert_eq!(found.first().map(Url::as_str), Some("http://sonlam.gov.vn/tin.aspx?id=7"));
        }
        let base = Url::parse("https://www.sonlam.gov.vn/").unwrap();
        assert!(!urls(Some(&base)).iter().any(|url| url.host_str() == Some("khac.vn")));
    }
}
