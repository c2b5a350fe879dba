//! Finds the times at which the article on a page was published and updated.

use cong_core::vietnamese::{Timestamp, fold};

use super::page::SavedPage;
use crate::dates;

/// Names (ids and classes, in lower case and without punctuation) of elements that contain a time of the article.
const TIMES: &str = "\
    articledate newsdate postdate detaildate entrydate publisheddate publishdate ngaydang \
    ngaycapnhat thoigian datetime detailtime articletime newstime timepost createdate posttime \
    metadataentry published timeupdate modifydate publishdate datenew";
/// Words in lines that give the time of an update, in lower case without accents.
const UPDATED: [&str; 5] = ["cap nhat", "sua doi", "chinh sua", "modified", "updated"];
/// Words in lines that give a time other than that of an update, such as the publication, in lower case without
/// accents.
const TIMED: [&str; 27] = [
    "ngay dang",
    "dang ngay",
    "dang luc",
    "duoc dang",
    "duoc gui",
    "ngay gui",
    "ngay viet",
    "ngay tao",
    "xuat ban",
    "luot xem",
    "da xem",
    "gmt",
    "posted",
    "submitted",
    "thu hai",
    "thu ba",
    "thu tu",
    "thu nam",
    "thu sau",
    "thu bay",
    "chu nhat",
    "thu 2",
    "thu 3",
    "thu 4",
    "thu 5",
    "thu 6",
    "thu 7",
];
/// The maximum length, in characters, of a line that gives the author, the source or the time of an article. A longer
/// line is part of the text.
pub const MAX_LINE: usize = 120;
/// The maximum length, in characters, of a line that gives a time without any word of `UPDATED` or `TIMED`. A longer
/// line is part of the text, or a title that mentions a date.
const MAX_BARE_TIME: usize = 45;

/// Returns the time of publication and the time of the last update, as far as the page gives them. `beside` contains
/// the lines between title and text, `near` other lines close to the text.
pub fn read(
    page: &SavedPage,
    beside: &[String],
    near: &[String],
) -> (Option<Timestamp>, Option<Timestamp>) {
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| page.meta(name)).and_then(|text| dates::find(&text))
    };
    let mut published = meta(&[
        "article:published_time",
        "datePublished",
        "DC.date.issued",
        "pubdate",
        "og:pubdate",
    ]);
    let mut updated =
        meta(&["article:modified_time", "dateModified", "og:updated_time", "DC.date.modified"]);
    for element in page.select(
        "time[datetime], [itemprop=datePublished], [itemprop=dateModified], [property~='dc:created'], \
         [data-role=publishdate]",
    ) {
        let value = element.value();
        let found = ["datetime", "content", "title"]
            .iter()
            .find_map(|name| value.attr(name).and_then(dates::find));
        let found = found.or_else(|| dates::find(&page.text(element)));
        if value.attr("itemprop") == Some("dateModified") {
            updated = updated.or(found)
        } else {
            published = published.or(found)
        }
    }
    let named: Vec<_> = page
        .named(TIMES)
        .map(|element| page.text(element))
        .filter(|text| text.len() < 200)
        .collect();
    for line in beside.iter().chain(&named).chain(near) {
        let Some(found) = dates::find(line) else { continue };
        let text = fold(line);
        let says = |labels: &[&str]| labels.iter().any(|label| text.contains(label));
        let is_update = says(&UPDATED);
        // A longer line is prose, or a title that mentions a date.
        let longest = if says(&TIMED) { MAX_LINE } else { MAX_BARE_TIME };
        if !is_update && line.chars().count() > longest {
            continue;
        }
        if is_update {
            updated = updated.or(Some(found))
        } else {
            published = published.or(Some(found))
        }
    }
    (published, updated)
}
