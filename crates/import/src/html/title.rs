//! Finds the title of the article on a page, without the name of the site.

use std::collections::HashMap;

use cong_core::vietnamese::{fold, visible_line};
use scraper::ElementRef;

use super::page::SavedPage;
use crate::dates;

const TITLES: &str = "\
    articletitle newstitle detailtitle titledetail tieudetin tieude entrytitle posttitle \
    titlenews newsdetailtitle ednarticletitle titlearticle articleheader titlebaiviet tentin \
    newsdetailheader headertitle pageheader itemtitle tinchitiettieude headline titletin \
    contentheading lbltitle lbltieude txttitle";
/// The minimum number of words in a heading that is certainly a title. A shorter heading may name a section of the site,
/// even if the page's `<title>` contains it.
const TELLING_WORDS: usize = 6;
/// The minimum length of a title, in characters. A shorter text probably names a kind of page, such as "Tin tức"
/// (news).
const MIN_CHARS: usize = 8;

/// The title of an article, the element that contains it, if there is one, and whether the title is a guess.
pub struct PageTitle<'a> {
    pub element: Option<ElementRef<'a>>,
    pub text: Option<String>,
    pub is_guessed: bool,
}

impl<'a> PageTitle<'a> {
    fn at(page: &SavedPage, element: ElementRef<'a>, is_guessed: bool) -> Self {
        Self { element: Some(element), text: Some(text_of(page, element)), is_guessed }
    }
}

/// The text of the element with the title, without a line that gives a time.
fn text_of(page: &SavedPage, element: ElementRef<'_>) -> String {
    let mut lines = page.lines(element);
    if lines.len() > 1 {
        lines.retain(|line| line.chars().count() > 60 || dates::find(line).is_none());
    }
    lines.join(" ")
}

/// Finds the title of the article whose text is in the element `content`. `site` is the name of the site. Prefers a
/// heading whose text is also in `og:title` or `<title>`, then an element with a name that portals give to titles, then
/// any other heading.
pub fn find<'a>(page: &'a SavedPage, content: ElementRef<'a>, site: Option<&str>) -> PageTitle<'a> {
    let fits = |element: &ElementRef<'_>| {
        let text = text_of(page, *element);
        let length = text.chars().count();
        (MIN_CHARS..=300).contains(&length)
            && !element.descendants().any(|node| node.id() == content.id())
            && site.is_none_or(|site| fold(site) != fold(&text))
            && !is_site_name(&text)
    };
    let nodes = page.html.tree.root().descendants();
    let order: HashMap<_, _> = nodes.enumerate().map(|(place, node)| (node.id(), place)).collect();
    let place = |element: &ElementRef<'_>| order.get(&element.id()).copied();
    let here = place(&content);
    // The last fitting element before the article's text, or else the first within it.
    let nearest = |elements: Vec<ElementRef<'a>>| {
        let fitting: Vec<_> = elements.into_iter().filter(fits).collect();
        let before = fitting.iter().rev().find(|e| place(e) < here).copied();
        before.or_else(|| {
            fitting.into_iter().find(|e| e.ancestors().any(|node| node.id() == content.id()))
        })
    };
    let main = page.meta("og:title").or_else(|| {
        page.select("title")
            .first()
            .map(|title| visible_line(&page.fonts.read(&title.text().collect::<String>(), None)))
    });
    // A heading whose text is also in `og:title` or `<title>` is surely the title.
    let headings = page.select(
        "h1, h2, h3, h4, .title, [class*=title], [class*=tieude], [class*=Title], [class*=heading]",
    );
    let confirmed = main.as_ref().and_then(|main| {
        let main = fold(main);
        let is_said = |e: &&ElementRef<'_>| fits(e) && main.contains(&fold(&text_of(page, **e)));
        nearest(headings.iter().filter(is_said).copied().collect())
    });
    let is_telling = |e: &ElementRef<'_>| text_of(page, *e).split(' ').count() >= TELLING_WORDS;
    let named =
        [page.select("[itemprop=headline]"), page.named(TITLES).collect(), page.select("h1")]
            .into_iter()
            .find_map(nearest);
    let found = match (confirmed, named) {
        (Some(confirmed), Some(named)) if !is_telling(&confirmed) && is_telling(&named) => {
            Some(named).filter(|named| place(named) > place(&confirmed)).or(Some(confirmed))
        }
        (confirmed, named) => confirmed.or(named),
    };
    if let Some(element) = found {
        return PageTitle::at(page, element, false);
    }
    if let Some(title) = main
        .map(|main| without_site(&main, site))
        .filter(|title| title.chars().count() >= MIN_CHARS)
    {
        return PageTitle { element: None, text: Some(title), is_guessed: true };
    }
    let Some(heading) = nearest(page.select("h2, h3, h4")) else {
        return PageTitle { element: None, text: line_before(page, content), is_guessed: true };
    };
    // If a heading of a higher level is just above this heading, the higher one is the title, and this one is a lead.
    let is_higher = |e: &ElementRef<'_>| {
        e.value().name() < heading.value().name() && place(e) < place(&heading)
    };
    let higher = nearest(page.select("h2, h3").into_iter().filter(is_higher).collect());
    let higher = higher.filter(|higher| page.lines_between(Some(*higher), heading).len() <= 2);
    PageTitle::at(page, higher.unwrap_or(heading), true)
}

/// A line shortly before the article's text that could be its title. It is used if no element marks the title.
fn line_before(page: &SavedPage, content: ElementRef<'_>) -> Option<String> {
    let lines = page.lines_between(None, content);
    let last = lines.into_iter().rev().take(4).collect::<Vec<_>>();
    let could_be = |line: &String| {
        (25..=300).contains(&line.chars().count())
            && dates::find(line).is_none()
            && !is_site_name(line)
    };
    last.into_iter().rev().find(could_be)
}

/// Removes the name of the site from the beginning or the end of a page's title.
fn without_site(title: &str, site: Option<&str>) -> String {
    let mut parts = vec![title];
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " > "] {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    let is_site = |part: &&str| {
        is_site_name(part) || site.is_some_and(|site| fold(site.trim()) == fold(part.trim()))
    };
    let kept: Vec<_> = parts.iter().filter(|part| !is_site(part)).collect();
    if kept.len() == parts.len() {
        return title.trim().to_owned();
    }
    kept.into_iter()
        .max_by_key(|part| part.len())
        .map(|part| part.trim().to_owned())
        .unwrap_or_default()
}

fn is_site_name(text: &str) -> bool {
    let text = fold(text.trim());
    let exact = [
        "trang chu",
        "home",
        "tin tuc",
        "noi dung chi tiet",
        "xem tin",
        "in trang",
        "in bai viet",
        "ban in",
        "index",
    ];
    let begins = [
        "cong thong tin",
        "trang thong tin",
        "cong giao tiep",
        "website",
        "trang tin dien tu",
        "bao dien tu",
    ];
    exact.contains(&text.as_str())
        || (text.starts_with("chi tiet") || text.starts_with("trang chi tiet"))
            && text.chars().count() < 25
        || begins.iter().any(|start| text.starts_with(start) && text.chars().count() < 120)
        || text.ends_with(".gov.vn")
        || text.ends_with(".vn") && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_s_name_is_cut_off_on_either_side() {
        for (title, expected) in [
            ("Họp báo quý I - Cổng thông tin điện tử tỉnh Sơn Lâm", "Họp báo quý I"),
            ("Sở Y tế | Họp báo | sonlam.gov.vn", "Sở Y tế"),
            ("Trang chủ :: Hội nghị - tổng kết", "tổng kết"),
            ("Hội nghị - tổng kết", "Hội nghị - tổng kết"),
            ("Chi tiết tin", ""),
        ] {
            assert_eq!(without_site(title, None), expected);
        }
        assert_eq!(without_site("Họp báo – Báo Sơn Lâm", Some("Báo Sơn Lâm")), "Họp báo");
    }
}
