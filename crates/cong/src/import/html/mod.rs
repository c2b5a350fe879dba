//! Imports HTML: a saved page of a portal, or a fragment from an export.

mod byline;
mod content;
mod convert;
mod files;
mod fonts;
mod guard;
mod head;
mod junk;
mod kinds;
mod media;
mod metadata;
mod page;
mod schema;
mod tables;
mod times;
mod title;

use cong_core::vietnamese::fold;
use scraper::ElementRef;
use url::Url;

pub use byline::is_person;
pub use guard::is_harmless;
pub use page::{Page, tidy};

use super::addresses;
use super::blocks::{Block, Body, Run, is_blank};
use super::draft::{Draft, Place};
use super::report::Entry;
use crate::language::say;
use metadata::Metadata;

/// Reads a saved page. `place` has no address yet.
///
/// # Errors
/// The report entry of a page that has no article or cannot be read.
pub fn read(text: &str, place: Place, base: Option<&Url>) -> Result<Draft, Box<Entry>> {
    let source = place.path.clone();
    if !is_harmless(text) {
        let reason = say!(
            "lồng nhau quá sâu hoặc quá nhiều thuộc tính",
            "nested too deeply, or too many attributes"
        );
        return Err(Box::new(Entry::unreadable(source, reason)));
    }
    let page = Page::parse(text);
    let Some(content) = content::find(&page) else {
        let reason = say!(
            "trang danh sách, điều hướng hoặc biểu mẫu: không thấy nội dung bài",
            "a list, navigation or a form: no text of an article was found"
        );
        return Err(Box::new(Entry::no_article(source, reason)));
    };
    let mut entry = Entry::new(source);
    let found = metadata::read(&page, content);
    let converted = convert::convert(content, &page.fonts);
    let mut body = converted.body;
    converted.left_out.into_iter().for_each(|left| entry.leave_out(left));
    if let Some(heading) = junk::cut_others(&mut body.blocks) {
        entry.leave_out(say!("danh sách “{heading}” cuối bài", "the list “{heading}” at the end"));
    }

    for tools in junk::cut_tools(&mut body.blocks) {
        entry.leave_out(say!("nút và số đếm của trang: {tools}", "buttons and counts: {tools}"));
    }
    let title = title_of(&found, &body, &place, &mut entry);
    drop_fields(&mut body, &title, &found);
    let summary = put_head(&page, content, &found, &mut body);
    if let Some(time) = found.byline.published.filter(|_| found.byline.is_time_guessed) {
        let time = time.date_time();
        entry.doubt(say!(
            "thời gian là phỏng đoán, ở phía trên tiêu đề: {time}",
            "the time is a guess, from above the title: {time}"
        ));
    }
    if let Some(author) = found.byline.author.as_ref().filter(|_| found.byline.is_author_guessed) {
        entry.doubt(say!("tác giả là phỏng đoán: {author}", "the author is a guess: {author}"));
    }
    let addresses = addresses::of_page(&page, text, &place.path, base);
    let mut aliases: Vec<String> = Vec::new();
    for alias in addresses.iter().filter_map(addresses::alias) {
        if !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    if aliases.is_empty() {
        entry.doubt(say!(
            "không rõ địa chỉ cũ, nên không có aliases (xem --base-url)",
            "the old address is unknown, so there are no aliases (see --base-url)"
        ));
    }
    let files = files::beside(&page, content);
    let is_english = found.lang.as_deref().is_some_and(|lang| lang.starts_with("en"));
    let is_vietnamese = super::text::is_unicode(&super::blocks::plain_blocks(&body.blocks));
    Ok(Draft {
        entry,
        title,
        published: found.byline.published,
        updated: found.byline.updated,
        author: found.byline.author.or_else(|| found.byline.source.clone()),
        source: found.byline.source,
        summary,
        category: found.category,
        lang: (is_english && !is_vietnamese).then(|| "en".to_owned()),
        aliases,
        body,
        files,
        place: Place {
            url: addresses::base_of(&page).or_else(|| addresses.into_iter().next()),
            ..place
        },
        ..Draft::default()
    })
}

/// The title; doubts about it are added to the entry.
fn title_of(found: &Metadata<'_>, body: &Body, place: &Place, entry: &mut Entry) -> String {
    let title = found.title.clone().or_else(|| first_line(body));
    match &title {
        None => entry.doubt(say!(
            "không thấy tiêu đề: lấy tên tệp",
            "no title was found: the file's name is taken"
        )),
        Some(title) if found.is_title_guessed => {
            entry.doubt(say!("tiêu đề là phỏng đoán: {title}", "the title is a guess: {title}"));
        }
        Some(_) => {}
    }
    title.unwrap_or_else(|| file_stem(&place.path))
}

/// Inserts the lead and picture from above the text at its beginning, and returns the summary.
fn put_head(
    page: &Page,
    content: ElementRef<'_>,
    found: &Metadata<'_>,
    body: &mut Body,
) -> Option<String> {
    let title = found.title_element;
    let head = title.map(|title| head::read(page, title, content, &body.blocks));
    let mut head = head.unwrap_or_default();
    let lead = head.iter().map(Block::plain).find(|text| !text.is_empty());
    let summary = match (found.summary.clone(), lead.clone()) {
        // The summary's element may also contain the caption of a picture.
        (Some(summary), Some(lead)) if summary.contains(&lead) => Some(lead),
        (summary, lead) => summary.or(lead),
    };
    if let Some(summary) = summary.as_ref().filter(|_| found.is_summary_apart && lead.is_none()) {
        head.push(Block::Paragraph(vec![Run::text(summary.clone())]));
    }
    body.blocks.splice(0..0, head);
    summary
}

/// Reads an HTML fragment.
///
/// # Errors
/// The reason why it cannot be read.
pub fn fragment(html: &str) -> Result<(Body, Vec<String>), String> {
    if !is_harmless(html) {
        return Err(say!("HTML lồng nhau quá sâu", "HTML nested too deeply"));
    }
    let page = Page::parse(&format!("<body>{html}</body>"));
    let root = page.select("body").first().copied().unwrap_or_else(|| page.html.root_element());
    let converted = convert::convert(root, &page.fonts);
    Ok((converted.body, converted.left_out))
}

fn first_line(body: &Body) -> Option<String> {
    let text = body.blocks.iter().map(Block::plain).find(|text| !text.is_empty())?;
    (text.chars().count() <= 200).then_some(text)
}

fn file_stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['_', '-'], " ")
}

/// Removes from the text what becomes fields of the document: title and time at the beginning, labelled author
/// and source at the end.
fn drop_fields(body: &mut Body, title: &str, found: &Metadata<'_>) {
    while body.blocks.last().is_some_and(|last| byline::is_label_line(&last.plain())) {
        body.blocks.pop();
    }
    for _ in 0..4 {
        let Some(first) = body.blocks.first() else { return };
        let text = first.plain();
        let is_title = fold(&text) == fold(title);
        let is_time = text.chars().count() < 80
            && super::dates::find(&text).is_some_and(|time| {
                Some(time) == found.byline.published || Some(time) == found.byline.updated
            });
        if !(is_title || is_time) || matches!(first, Block::Table(_)) {
            return;
        }
        body.blocks.remove(0);
    }
}

/// Whether the body has nothing to read.
pub fn is_empty(body: &Body) -> bool {
    body.blocks.iter().all(|block| match block {
        Block::Paragraph(runs) | Block::Heading(_, runs) => is_blank(runs),
        Block::Rule => true,
        _ => false,
    })
}
