//! Imports an RSS or Atom feed. If an entry has only a summary, the summary becomes the document's text.

use cong_core::article::can_be_author;
use cong_core::vietnamese::{Timestamp, visible_line};
use cong_word::xml::{XmlError, is_shallow};
use feed_rs::model::{Entry as FeedEntry, Text};
use url::Url;

use super::imported_document::{ImportedDocument, SourcePlace};
use super::report::{Doubt, Omission, SourceReport, UnreadableReason};
use super::source_content::SourceContent;
use super::{addresses, html};

/// Reads the entries of an RSS or Atom feed as documents.
///
/// # Errors
/// Returns a report that says why the feed cannot be read.
pub fn read(text: &str, place: &SourcePlace) -> Result<SourceContent, Box<SourceReport>> {
    let unreadable = |reason| Box::new(SourceReport::unreadable(place.path.clone(), reason));
    if !is_shallow(text) {
        return Err(unreadable(UnreadableReason::Xml(XmlError::TooDeep)));
    }
    // The text was decoded already, so the XML declaration with its encoding is removed.
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, after)| after).trim_start(),
        None => text,
    };
    let feed = feed_rs::parser::parse(text.as_bytes())
        .map_err(|error| unreadable(UnreadableReason::Message(error.to_string())))?;
    let site = feed.title.as_ref().map(plain);
    let mut read = SourceContent::default();
    for (index, item) in feed.entries.iter().enumerate() {
        match document(item, index + 1, site.as_deref(), place) {
            Ok(document) => read.documents.push(document),
            Err(report) => read.reports.push(*report),
        }
    }
    if feed.entries.is_empty() {
        read.reports.push(SourceReport::no_article(place.path.clone(), Omission::EmptyFeed));
    }
    Ok(read)
}

fn document(
    item: &FeedEntry,
    number: usize,
    site: Option<&str>,
    place: &SourcePlace,
) -> Result<ImportedDocument, Box<SourceReport>> {
    let source = format!("{}#{number}", place.path);
    let mut report = SourceReport::new(source.clone());
    let content = item.content.as_ref().and_then(|content| content.body.clone());
    let summary = item.summary.as_ref().map(|summary| summary.content.clone());
    if content.is_none() {
        report.doubt(Doubt::OnlySummary);
    }
    let whole = content.as_ref().or(summary.as_ref()).map(String::as_str).unwrap_or_default();
    let (text, left_out) = html::fragment(whole)
        .map_err(|reason| Box::new(SourceReport::unreadable(source.clone(), reason)))?;
    left_out.into_iter().for_each(|left| report.leave_out(left));
    let link = item
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .or_else(|| item.links.first());
    let url = link.and_then(|link| Url::parse(&link.href).ok());
    let title = item.title.as_ref().map(plain).filter(|title| !title.is_empty());
    if title.is_none() {
        report.doubt(Doubt::NoTitle);
    }
    for other in item.categories.iter().skip(1) {
        let other = other.label.as_ref().unwrap_or(&other.term);
        report.leave_out(Omission::SecondCategory(other.clone()));
    }
    for media in item
        .media
        .iter()
        .flat_map(|media| &media.content)
        .filter_map(|content| content.url.as_ref())
    {
        report.leave_out(Omission::Enclosure(media.to_string()));
    }
    let time =
        |time: Option<chrono::DateTime<chrono::Utc>>| time.map(|time| Timestamp(time.timestamp()));
    let author = item
        .authors
        .iter()
        .map(|author| visible_line(author.name.as_deref().unwrap_or_default()))
        .find(|name| can_be_author(name) && !name.contains('@'));
    let short = content.as_ref().and(summary.as_ref()).map(|summary| html::plain_text(summary));
    Ok(ImportedDocument {
        title: title
            .or_else(|| Some(visible_line(&item.id)).filter(|id| !id.is_empty()))
            .unwrap_or_default(),
        published: time(item.published),
        updated: time(item.updated),
        author: author.or_else(|| site.map(str::to_owned)),
        summary: short.filter(|summary| !summary.is_empty()),
        category: item
            .categories
            .first()
            .map(|category| category.label.clone().unwrap_or_else(|| category.term.clone())),
        aliases: url.as_ref().and_then(addresses::alias).into_iter().collect(),
        content: text,
        place: SourcePlace { url, by_ending: true, path: source, ..place.clone() },
        report,
        ..ImportedDocument::default()
    })
}

fn plain(text: &Text) -> String {
    html::plain_text(&text.content)
}
