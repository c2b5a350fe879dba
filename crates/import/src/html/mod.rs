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
mod page_addresses;
mod schema;
mod tables;
mod times;
mod title;

use cong_core::markdown_writer::{ArticleContent, ContentBlock, TextRun, plain_blocks};
use cong_core::vietnamese::fold;
use cong_core::vietnamese::legacy::is_unicode;
use scraper::ElementRef;
use url::Url;

pub use guard::is_harmless;

use super::imported_document::{ImportedDocument, SourcePlace};
use super::report::{Doubt, Omission, SourceReport, UnreadableReason};
use super::{addresses, dates};
use metadata::PageMetadata;
use page::SavedPage;

/// Reads the article on a saved page as a document. `place` is the location of the page's file. `base` is the address
/// of the old portal, if it is known.
///
/// # Errors
/// Returns a report if the page has no article or cannot be read.
pub fn read(
    text: &str,
    place: SourcePlace,
    base: Option<&Url>,
) -> Result<ImportedDocument, Box<SourceReport>> {
    let source = place.path.clone();
    if !is_harmless(text) {
        return Err(Box::new(SourceReport::unreadable(source, UnreadableReason::TooComplex)));
    }
    let page = SavedPage::parse(text);
    let Some(element) = content::find(&page) else {
        return Err(Box::new(SourceReport::no_article(source, Omission::PageWithoutArticle)));
    };
    let mut report = SourceReport::new(source);
    let found = metadata::read(&page, element);
    let converted = convert::convert(element, &page.fonts);
    let mut content = converted.content;
    converted.left_out.into_iter().for_each(|left| report.leave_out(left));
    if let Some(heading) = junk::cut_others(&mut content.blocks) {
        report.leave_out(Omission::ListAtEnd(heading));
    }
    for tools in junk::cut_tools(&mut content.blocks) {
        report.leave_out(Omission::ButtonsAndCounts(tools));
    }
    let title = title_of(&found, &content, &place, &mut report);
    drop_fields(&mut content, &title, &found);
    let summary = put_head(&page, element, &found, &mut content);
    if let Some(time) = found.byline.published.filter(|_| found.byline.is_time_guessed) {
        report.doubt(Doubt::TimeGuessed(time.date_time()));
    }
    if let Some(author) = found.byline.author.as_ref().filter(|_| found.byline.is_author_guessed) {
        report.doubt(Doubt::AuthorGuessed(author.clone()));
    }
    let addresses = page_addresses::find(&page, text, &place.path, base);
    let mut aliases: Vec<String> = Vec::new();
    for alias in addresses.iter().filter_map(addresses::alias) {
        if !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    if aliases.is_empty() {
        report.doubt(Doubt::NoOldAddress);
    }
    let files = files::beside(&page, element);
    let is_english = found.lang.as_deref().is_some_and(|lang| lang.starts_with("en"));
    let is_vietnamese = is_unicode(&plain_blocks(&content.blocks));
    Ok(ImportedDocument {
        report,
        title,
        published: found.byline.published,
        updated: found.byline.updated,
        author: found.byline.author.or_else(|| found.byline.source.clone()),
        source: found.byline.source,
        summary,
        category: found.category,
        lang: (is_english && !is_vietnamese).then(|| "en".to_owned()),
        aliases,
        content,
        files,
        place: SourcePlace {
            url: page_addresses::base_of(&page).or_else(|| addresses.into_iter().next()),
            ..place
        },
        ..ImportedDocument::default()
    })
}

/// Returns the title for the document. If the title is a guess or is made from the name of the file, adds this to
/// `report`.
fn title_of(
    found: &PageMetadata<'_>,
    body: &ArticleContent,
    place: &SourcePlace,
    report: &mut SourceReport,
) -> String {
    let title = found.title.clone().or_else(|| first_line(body));
    match &title {
        None => report.doubt(Doubt::TitleFromFileName),
        Some(title) if found.is_title_guessed => {
            report.doubt(Doubt::TitleGuessed(title.clone()));
        }
        Some(_) => {}
    }
    title.unwrap_or_else(|| file_stem(&place.path))
}

/// Inserts at the beginning of `body` the lead and the pictures that the page shows above the article's text. Returns
/// the summary for the document: the page's own summary, or else the lead.
fn put_head(
    page: &SavedPage,
    content: ElementRef<'_>,
    found: &PageMetadata<'_>,
    body: &mut ArticleContent,
) -> Option<String> {
    let title = found.title_element;
    let head = title.map(|title| head::read(page, title, content, &body.blocks));
    let mut head = head.unwrap_or_default();
    let lead = head.iter().map(ContentBlock::plain).find(|text| !text.is_empty());
    let summary = match (found.summary.clone(), lead.clone()) {
        // The summary's element may also contain the caption of a picture.
        (Some(summary), Some(lead)) if summary.contains(&lead) => Some(lead),
        (summary, lead) => summary.or(lead),
    };
    if let Some(summary) = summary.as_ref().filter(|_| found.is_summary_apart && lead.is_none()) {
        head.push(ContentBlock::Paragraph(vec![TextRun::text(summary.clone())]));
    }
    body.blocks.splice(0..0, head);
    summary
}

/// Reads a fragment of HTML. Returns its content, and what was left out of it.
///
/// # Errors
/// Returns the reason why the fragment cannot be read.
pub fn fragment(html: &str) -> Result<(ArticleContent, Vec<Omission>), UnreadableReason> {
    if !is_harmless(html) {
        return Err(UnreadableReason::NestedTooDeeply);
    }
    let page = SavedPage::parse(&format!("<body>{html}</body>"));
    let root = page.select("body").first().copied().unwrap_or_else(|| page.html.root_element());
    let converted = convert::convert(root, &page.fonts);
    Ok((converted.content, converted.left_out))
}

/// The text of a fragment of HTML; empty if it cannot be read.
pub fn plain_text(html: &str) -> String {
    fragment(html).map(|(content, _)| plain_blocks(&content.blocks)).unwrap_or_default()
}

fn first_line(body: &ArticleContent) -> Option<String> {
    let text = body.blocks.iter().map(ContentBlock::plain).find(|text| !text.is_empty())?;
    (text.chars().count() <= 200).then_some(text)
}

fn file_stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['_', '-'], " ")
}

/// Removes from the text what fields of the document already contain: the title and the time at the beginning, and
/// lines such as `Tác giả: …` (author) or `Nguồn: …` (source) at the end.
fn drop_fields(body: &mut ArticleContent, title: &str, found: &PageMetadata<'_>) {
    while body.blocks.last().is_some_and(|last| byline::is_label_line(&last.plain())) {
        body.blocks.pop();
    }
    for _ in 0..4 {
        let Some(first) = body.blocks.first() else { return };
        let text = first.plain();
        let is_title = fold(&text) == fold(title);
        let is_time = text.chars().count() < 80
            && dates::find(&text).is_some_and(|time| {
                Some(time) == found.byline.published || Some(time) == found.byline.updated
            });
        if !(is_title || is_time) || matches!(first, ContentBlock::Table(_)) {
            return;
        }
        body.blocks.remove(0);
    }
}
