//! Writes a feed as Atom (RFC 4287).

use super::content::{Enclosure, Feed, FeedEntry, LANGUAGE};
use super::xml::Xml;

pub fn atom(feed: &Feed<'_>) -> String {
    let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", LANGUAGE)];
    Xml::document("feed", &root, |xml| {
        xml.text("title", &feed.title);
        xml.text("id", &feed.own_url);
        xml.empty("link", &[("rel", "self"), ("href", &feed.own_url)]);
        xml.empty("link", &[("rel", "alternate"), ("href", &feed.url)]);
        xml.text("updated", &feed.updated().rfc3339());
        xml.element("author", &[], |xml| xml.text("name", feed.author));
        for each in &feed.entries {
            entry(xml, each);
        }
    })
}

fn entry(xml: &mut Xml, entry: &FeedEntry<'_>) {
    let lang = entry.foreign_lang().map(|lang| ("xml:lang", lang));
    xml.element("entry", lang.as_slice(), |xml| {
        xml.text("title", entry.title);
        xml.text("id", &entry.url);
        xml.empty("link", &[("rel", "alternate"), ("href", &entry.url)]);
        if let Some(Enclosure { url, media_type }) = &entry.audio {
            xml.empty("link", &[("rel", "enclosure"), ("type", media_type), ("href", url)]);
        }
        xml.text("published", &entry.published.rfc3339());
        xml.text("updated", &entry.updated.rfc3339());
        xml.element("author", &[], |xml| xml.text("name", entry.author));
        if let Some(category) = entry.category {
            xml.empty("category", &[("term", &category.slug), ("label", &category.name)]);
        }
        if !entry.summary.is_empty() {
            xml.text("summary", entry.summary);
        }
        xml.text_with("content", &[("type", "html")], &entry.content);
    });
}
