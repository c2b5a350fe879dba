//! Imports an RSS or Atom feed. If an entry has only a summary, the summary becomes the document's text.

use cong_core::vietnamese::Timestamp;
use feed_rs::model::{Entry as Item, Text};
use url::Url;

use super::draft::{Draft, Place};
use super::report::Entry;
use super::{Read, addresses, blocks, html, xml};
use crate::language::say;

/// # Errors
/// The report entry that says why the feed cannot be read.
pub fn read(text: &str, place: &Place) -> Result<Read, Box<Entry>> {
    let unreadable = |reason: String| Box::new(Entry::unreadable(place.path.clone(), reason));
    if !xml::is_shallow(text) {
        return Err(unreadable(say!("XML lồng nhau quá sâu", "XML nested too deeply")));
    }
    // The text was decoded already, so the XML declaration with its encoding is removed.
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, after)| after).trim_start(),
        None => text,
    };
    let feed =
        feed_rs::parser::parse(text.as_bytes()).map_err(|error| unreadable(error.to_string()))?;
    let site = feed.title.as_ref().map(plain);
    let mut read = Read::default();
    for (index, item) in feed.entries.iter().enumerate() {
        match draft(item, index + 1, site.as_deref(), place) {
            Ok(draft) => read.drafts.push(draft),
            Err(entry) => read.entries.push(*entry),
        }
    }
    if feed.entries.is_empty() {
        read.entries.push(Entry::no_article(
            place.path.clone(),
            say!("nguồn tin không có bài nào", "the feed has no entries"),
        ));
    }
    Ok(read)
}

fn draft(
    item: &Item,
    number: usize,
    site: Option<&str>,
    place: &Place,
) -> Result<Draft, Box<Entry>> {
    let source = format!("{}#{number}", place.path);
    let mut entry = Entry::new(source.clone());
    let content = item.content.as_ref().and_then(|content| content.body.clone());
    let summary = item.summary.as_ref().map(|summary| summary.content.clone());
    if content.is_none() {
        entry.doubt(say!(
            "nguồn tin chỉ có tóm tắt: bài chưa đủ nội dung",
            "the feed has only a summary: the text is not complete"
        ));
    }
    let whole = content.as_ref().or(summary.as_ref()).map(String::as_str).unwrap_or_default();
    let (body, left_out) = html::fragment(whole)
        .map_err(|reason| Box::new(Entry::unreadable(source.clone(), reason)))?;
    left_out.into_iter().for_each(|left| entry.leave_out(left));
    let link = item
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .or_else(|| item.links.first());
    let url = link.and_then(|link| Url::parse(&link.href).ok());
    let title = item.title.as_ref().map(plain).filter(|title| !title.is_empty());
    if title.is_none() {
        entry.doubt(say!("bài không có tiêu đề", "it has no title"));
    }
    for other in item.categories.iter().skip(1) {
        let other = other.label.as_ref().unwrap_or(&other.term);
        entry.leave_out(say!("chuyên mục thứ hai: {other}", "a second category: {other}"));
    }
    for media in item
        .media
        .iter()
        .flat_map(|media| &media.content)
        .filter_map(|content| content.url.as_ref())
    {
        entry.leave_out(say!("tệp kèm theo: {media}", "an enclosure: {media}"));
    }
    let time =
        |time: Option<chrono::DateTime<chrono::Utc>>| time.map(|time| Timestamp(time.timestamp()));
    let author = item
        .authors
        .iter()
        .map(|author| html::tidy(author.name.as_deref().unwrap_or_default()))
        .find(|name| html::is_person(name) && !name.contains('@'));
    let short = content.as_ref().and(summary.as_ref()).map(|summary| plain_html(summary));
    Ok(Draft {
        title: title
            .or_else(|| Some(html::tidy(&item.id)).filter(|id| !id.is_empty()))
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
        body,
        place: Place { url, by_ending: true, path: source, ..place.clone() },
        entry,
        ..Draft::default()
    })
}

fn plain(text: &Text) -> String {
    plain_html(&text.content)
}

fn plain_html(html: &str) -> String {
    html::fragment(html).map(|(body, _)| blocks::plain_blocks(&body.blocks)).unwrap_or_default()
}
