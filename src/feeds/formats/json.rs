//! Writes a feed as JSON Feed 1.1.

use serde::Serialize;

use super::content::{Feed, FeedEntry, LANGUAGE};

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'static str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    content_html: &'a str,
    date_published: String,
    date_modified: String,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachments: Option<[JsonAttachment<'a>; 1]>,
}

#[derive(Serialize)]
struct JsonAttachment<'a> {
    url: &'a str,
    mime_type: &'static str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

pub fn json(feed: &Feed<'_>) -> String {
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.url,
        feed_url: &feed.own_url,
        language: LANGUAGE,
        authors: [Author { name: feed.author }],
        items: feed.entries.iter().map(item).collect(),
    };
    // Serialising strings and lists of strings cannot fail.
    serde_json::to_string(&feed).unwrap_or_default()
}

fn item<'a>(entry: &'a FeedEntry<'_>) -> Item<'a> {
    Item {
        id: &entry.url,
        url: &entry.url,
        title: entry.title,
        summary: entry.summary,
        content_html: &entry.content,
        date_published: entry.published.rfc3339(),
        date_modified: entry.updated.rfc3339(),
        authors: [Author { name: entry.author }],
        tags: entry.category.map(|category| [category.name.as_str()]),
        language: entry.foreign_lang(),
        attachments: entry
            .audio
            .as_ref()
            .map(|audio| [JsonAttachment { url: &audio.url, mime_type: audio.media_type }]),
    }
}
