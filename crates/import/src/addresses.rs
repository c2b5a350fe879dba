//! Finds old addresses in file names and in addresses of the Internet Archive, and converts addresses into aliases of a
//! document (values of its field `aliases`).

use percent_encoding::percent_decode_str;
use url::{Position, Url};

/// The maximum length of an alias, in characters. The portal would reject a document with a longer one, so a longer
/// address is dropped.
const MAX_ALIAS_CHARS: usize = 500;

/// Returns the original address of a page in the Internet Archive: the part after the time in
/// `https://web.archive.org/web/20150615090500/http://…`. Returns any other address unchanged.
pub fn out_of_archive(url: Url) -> Url {
    let whole = &url[Position::BeforePath..];
    let kept = whole.strip_prefix("/web/").and_then(|rest| rest.split_once('/'));
    let is_time = |time: &str| time.len() >= 14 && time.starts_with(|c: char| c.is_ascii_digit());
    let kept = kept.filter(|(time, _)| is_time(time)).and_then(|(_, kept)| Url::parse(kept).ok());
    kept.unwrap_or(url)
}

/// Returns the address from which wget derived a file name such as `host/path/Tin.aspx@ItemID=7.html`. `path` is the
/// path of the file, and `base` the address of the old portal.
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

/// Returns the path and the query of an address, in the form of the field `aliases`. Returns `None` for an address that
/// cannot be an alias, such as that of the home page.
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
}
