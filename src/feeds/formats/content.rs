//! The content of a feed, independent of its format.

use cong_core::article::Category;
use cong_core::vietnamese::Timestamp;

/// The language of a feed. An entry in another language names it.
pub const LANGUAGE: &str = "vi";

/// A feed, independent of its format.
pub struct Feed<'a> {
    pub title: String,
    /// The publisher of the feed.
    pub author: &'a str,
    /// The address of the page with the same articles.
    pub url: String,
    /// The address of the feed.
    pub own_url: String,
    /// The entries, newest first.
    pub entries: Vec<FeedEntry<'a>>,
}

pub struct FeedEntry<'a> {
    pub title: &'a str,
    /// The absolute address. It must never change, because it also identifies the entry.
    pub url: String,
    pub published: Timestamp,
    pub updated: Timestamp,
    pub author: &'a str,
    pub category: Option<&'a Category>,
    pub lang: &'a str,
    /// The summary as plain text; may be empty.
    pub summary: &'a str,
    /// The content as HTML, with absolute addresses.
    pub content: String,
    /// A recording of the entry.
    pub audio: Option<Enclosure>,
}

/// A file that belongs to an entry.
pub struct Enclosure {
    /// The absolute address.
    pub url: String,
    pub media_type: &'static str,
}

impl Feed<'_> {
    /// When the newest entry changed. An empty feed must have a time too (RFC 4287, section 4.1.1).
    pub fn updated(&self) -> Timestamp {
        self.entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp(0))
    }
}

impl FeedEntry<'_> {
    pub fn foreign_lang(&self) -> Option<&str> {
        (self.lang != LANGUAGE).then_some(self.lang)
    }
}
