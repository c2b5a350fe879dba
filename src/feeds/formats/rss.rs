//! Writes a feed as RSS 2.0, with three recommendations of the RSS Advisory Board's Best Practices Profile: the feed's
//! own address, authors by name, and the full content. Each of them uses an XML namespace.

use cong_core::addresses::FeedFormat;
use maud::html;

use super::content::{Enclosure, Feed, FeedEntry, LANGUAGE};
use super::xml::Xml;

pub fn rss(feed: &Feed<'_>) -> String {
    let root = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    Xml::document("rss", &root, |xml| xml.element("channel", &[], |xml| channel(xml, feed)))
}

fn channel(xml: &mut Xml, feed: &Feed<'_>) {
    xml.text("title", &feed.title);
    xml.text("link", &feed.url);
    // RSS requires a description of the feed, so the title is repeated.
    xml.text("description", &feed.title);
    xml.text("language", LANGUAGE);
    xml.text("lastBuildDate", &feed.updated().rfc2822());
    let media_type = FeedFormat::Rss.media_type();
    xml.empty("atom:link", &[("rel", "self"), ("type", media_type), ("href", &feed.own_url)]);
    for entry in &feed.entries {
        xml.element("item", &[], |xml| item(xml, entry));
    }
}

fn item(xml: &mut Xml, entry: &FeedEntry<'_>) {
    xml.text("title", entry.title);
    xml.text("link", &entry.url);
    xml.text_with("guid", &[("isPermaLink", "true")], &entry.url);
    if let Some(Enclosure { url, media_type }) = &entry.audio {
        // RSS requires the length of the file; 0 means that it is unknown.
        xml.empty("enclosure", &[("url", url), ("length", "0"), ("type", media_type)]);
    }
    xml.text("pubDate", &entry.published.rfc2822());
    xml.text("dc:creator", entry.author);
    if let Some(lang) = entry.foreign_lang() {
        xml.text("dc:language", lang);
    }
    if let Some(category) = entry.category {
        xml.text("category", &category.name);
    }
    if !entry.summary.is_empty() {
        // Feed readers interpret the description as HTML.
        xml.text("description", &html! { (entry.summary) }.into_string());
    }
    xml.text("content:encoded", &entry.content);
}
