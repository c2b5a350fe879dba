//! Finds the time, the author and the source of the article on a page.

use cong_core::article::can_be_author;
use cong_core::vietnamese::{Timestamp, fold};
use scraper::ElementRef;

use super::page::SavedPage;
use super::schema;
use super::times::{self, MAX_LINE};
use crate::dates;

const AUTHORS: &str = "\
    author tacgia articleauthor newsauthor byline nguoidang createdby authorname detailauthor \
    butdanh";
const SOURCES: &str = "\
    source nguon nguontin articlesource newssource sourcename";

/// The times, author and source of an article. The fields `is_…_guessed` say whether a value is a guess.
#[derive(Debug, Default)]
pub struct Byline {
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub is_time_guessed: bool,
    pub author: Option<String>,
    pub is_author_guessed: bool,
    pub source: Option<String>,
}

const SOURCE_LABELS: [&str; 2] = ["nguon tin", "nguon"];
const AUTHOR_LABELS: [&str; 15] = [
    "tac gia",
    "tac gia bai viet",
    "nguoi dua tin",
    "nguon tac gia",
    "nguoi viet",
    "bai viet",
    "bai, anh",
    "bai va anh",
    "tin, anh",
    "tin, bai",
    "nguoi dang",
    "dang boi",
    "viet boi",
    "but danh",
    "written by",
];
/// Phrases such as "viet boi" (written by), after which the name of the author follows without a colon. In lower case
/// without accents.
const WRITTEN_BY: [&str; 6] =
    ["viet boi", "dang boi", "duoc gui boi", "written by", "posted by", "by"];
/// Reads the byline of an article. `content` is the element with its text. `title` is the element with its title, if it
/// was found.
pub fn read(page: &SavedPage, content: ElementRef<'_>, title: Option<ElementRef<'_>>) -> Byline {
    let mut beside = title.map(|title| page.lines(title)).unwrap_or_default();
    beside.extend(page.lines_between(title, content));
    // If the title was not found, only the last lines before the text are considered.
    if title.is_none() {
        beside.drain(..beside.len().saturating_sub(6));
    }
    let inside = page.lines_of_article(content);
    let is_short = |line: &&String| line.chars().count() < MAX_LINE;
    let mut near: Vec<String> = inside.iter().take(3).filter(is_short).cloned().collect();
    near.extend(inside.iter().rev().take(4).filter(is_short).cloned());
    let below = page.lines_after(content, 6);
    near.extend(below.iter().cloned());
    let schema = schema::read(page);
    let (mut published, mut updated) = times::read(page, &beside, &near);
    published = published.or(schema.published);
    updated = updated.or(schema.updated);
    let is_time_guessed = published.is_none() && updated.is_none();
    if is_time_guessed {
        // Farther above a title there may be today's date, so only the nearest lines are considered.
        let above = title.map(|title| page.lines_between(None, title)).unwrap_or_default();
        published = above.iter().rev().take(3).find_map(|line| dates::find(line));
    }
    near.splice(0..0, beside);
    let (author, is_author_guessed) = author(page, &near, &inside, &below, schema.author);
    let source = by_name(page, SOURCES, MAX_LINE)
        .map(|text| after_label(&text, &SOURCE_LABELS).unwrap_or(text))
        .map(|text| text.strip_prefix("Theo ").unwrap_or(&text).to_owned());
    let source = source.or_else(|| labelled(&near, &SOURCE_LABELS));
    Byline { published, updated, is_time_guessed, author, is_author_guessed, source }
}

/// Whether a line only gives the author or the source, which are fields of the document.
pub fn is_label_line(line: &str) -> bool {
    line.chars().count() < MAX_LINE
        && after_label(line, &AUTHOR_LABELS).or_else(|| after_label(line, &SOURCE_LABELS)).is_some()
}

fn author(
    page: &SavedPage,
    near: &[String],
    inside: &[String],
    below: &[String],
    schema: Option<String>,
) -> (Option<String>, bool) {
    let marked = page
        .meta("article:author")
        .or_else(|| page.meta("author"))
        // The name or address of the site is not an author.
        .filter(|author| author.contains(' ') || !author.contains(['.', '/']))
        .filter(|author| page.meta("og:site_name").is_none_or(|site| fold(&site) != fold(author)));
    let itemprop =
        page.select("[itemprop=author], [rel=author]").first().map(|element| page.text(*element));
    let found = labelled(near, &AUTHOR_LABELS)
        .into_iter()
        .chain(itemprop)
        .chain(by_name(page, AUTHORS, 80))
        .chain(schema)
        .chain(marked);
    let found = found
        .filter(|text| after_label(text, &SOURCE_LABELS).is_none())
        .map(|text| after_label(&text, &AUTHOR_LABELS).unwrap_or(text));
    if let Some(author) = found.into_iter().find(|author| can_be_author(author)) {
        return (Some(author), false);
    }
    // The author is guessed: the name after "Theo" near the end, or a name alone on the last line or just below the
    // text.
    let is_source = |line: &&String| after_label(line, &SOURCE_LABELS).is_some();
    let last = inside.iter().rev().skip_while(is_source).take(3);
    let by = last.filter_map(|line| {
        let line = line.trim_matches(['(', ')', '.', ' ']);
        let rest =
            line.strip_prefix("Theo ").filter(|rest| (2..60).contains(&rest.chars().count()));
        rest.map(str::to_owned)
    });
    let signed = inside.iter().rev().find(|line| !is_source(line));
    let signed = signed.into_iter().chain(below.first()).find(|line| is_signature(line)).cloned();
    (by.chain(signed).find(|author| can_be_author(author)), true)
}

/// Whether a line is a signature: one or two names of two to five capitalised words, and not a sentence.
fn is_signature(line: &str) -> bool {
    let is_name = |name: &str| {
        let words: Vec<_> = name.trim().split(' ').collect();
        (2..=5).contains(&words.len())
            && words.iter().all(|word| {
                word.starts_with(char::is_uppercase)
                    && word.chars().all(|c| c.is_alphabetic() || c == '.')
            })
    };
    let names: Vec<_> = line.split([',', '-', '–']).collect();
    // The first words of button labels, such as "Chia Sẻ", "In Bài", "Tin Mới".
    let first = fold(line.split(' ').next().unwrap_or_default());
    let is_button = [
        "chia", "in", "tin", "bai", "gui", "quay", "tro", "xem", "binh", "danh", "tag", "anh",
        "nguon",
    ]
    .contains(&first.as_str());
    names.len() <= 2
        && names.iter().all(|name| is_name(name))
        && !line.ends_with('.')
        && !is_button
        && line.chars().any(char::is_lowercase)
}

/// Searches the lines for one of the labels followed by a colon, and returns the text after it. `labels` are in lower
/// case without accents.
fn labelled(lines: &[String], labels: &[&str]) -> Option<String> {
    lines.iter().filter(|line| line.chars().count() < 200).find_map(|line| {
        line.split(['|', '•', ';']).find_map(|part| after_label(part.trim(), labels))
    })
}

fn after_label(text: &str, labels: &[&str]) -> Option<String> {
    if labels == AUTHOR_LABELS
        && let Some(author) = after_written_by(text)
    {
        return Some(author);
    }
    let (label, value) = text.split_once(':')?;
    let label = fold(label);
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let value = value.trim().trim_end_matches([')', ' ']);
    // Another label may follow on the same line.
    let value = value
        .split_once(" - ")
        .filter(|(_, rest)| rest.contains(':'))
        .map_or(value, |(value, _)| value);
    let value = value.split_once(" vào lúc").map_or(value, |(value, _)| value);
    (labels.contains(&label) && !value.is_empty()).then(|| value.to_owned())
}

/// The author after a phrase of `WRITTEN_BY`: `Viết bởi Hà Văn` (written by …), `Được gửi bởi banbientap vào T3,
/// 19/08/2014 - 10:22` (sent by …).
fn after_written_by(text: &str) -> Option<String> {
    let words: Vec<_> = text.split(' ').collect();
    let rest = WRITTEN_BY.iter().find_map(|label| {
        let (start, rest) = words.split_at_checked(label.split(' ').count())?;
        (fold(&start.join(" ")) == *label).then_some(rest)
    })?;
    let name: Vec<_> = rest
        .iter()
        .take_while(|word| !matches!(**word, "vào" | "lúc" | "on" | "|" | "-"))
        .collect();
    let name = name.into_iter().copied().collect::<Vec<_>>().join(" ");
    (!name.is_empty() && !name.contains(':') && name.chars().count() < 60).then_some(name)
}

fn by_name(page: &SavedPage, names: &'static str, max_chars: usize) -> Option<String> {
    let texts = page.named(names).map(|element| page.text(element));
    texts.into_iter().find(|text| (2..=max_chars).contains(&text.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_and_names_of_systems_are_nobody() {
        let lines = ["Lượt xem: 12".to_owned(), "Tác giả: Hà Văn | Nguồn: Báo Sơn Lâm".to_owned()];
        assert_eq!(labelled(&lines, &["tac gia"]).as_deref(), Some("Hà Văn"));
        assert_eq!(labelled(&lines, &["nguon"]).as_deref(), Some("Báo Sơn Lâm"));
        let by = |text: &str| after_label(text, &AUTHOR_LABELS);
        assert_eq!(by("Viết bởi Quàng Thị Lả").as_deref(), Some("Quàng Thị Lả"));
        assert_eq!(by("Được gửi bởi an vào T3, 19/08/2014 - 10:22").as_deref(), Some("an"));
        assert_eq!(by("Tác giả bài viết: Vừ A Chứ").as_deref(), Some("Vừ A Chứ"));
        assert_eq!(by("Bài văn này viết bởi ai"), None);
        assert!(is_signature("Nguyễn Nhiên - Trần Minh") && !is_signature("Chia Sẻ"));
        assert!(
            !can_be_author("Administrator")
                && !can_be_author("System Account")
                && can_be_author("Hà Văn")
        );
        assert!(
            is_signature("Hà Văn An")
                && !is_signature("Hà Văn An nói.")
                && !is_signature("UBND TỈNH")
        );
    }
}
