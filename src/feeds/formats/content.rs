use cong_core::article::Category;
use cong_core::vietnamese::Timestamp;

/// The language of a feed as a whole. An entry in another language names its own language.
pub const LANGUAGE: &str = "vi";

/// A feed with its entries, independent of the format in which it is written.
pub struct Feed<'a> {
    pub title: String,
    /// The name of the publisher of the feed.
    pub author: &'a str,
    /// The absolute address of the page that shows the same articles.
    pub url: String,
    /// The absolute address of the feed.
    pub own_url: String,
    /// The entries, newest first.
    pub entries: Vec<FeedEntry<'a>>,
}

pub struct FeedEntry<'a> {
    pub title: &'a str,
    /// The absolute address of the article. It must never change, because it also identifies the entry.
    pub url: String,
    pub published: Timestamp,
    pub updated: Timestamp,
    pub author: &'a str,
    pub category: Option<&'a Category>,
    pub lang: &'a str,
    /// The summary of the article as plain text; may be empty.
    pub summary: &'a str,
    /// The content of the article as HTML, in which all addresses are absolute.
    pub content: String,
    /// An audio recording of the article.
    pub audio: Option<Enclosure>,
}

/// A file that belongs to a feed entry.
pub struct Enclosure {
    pub url: String,
    pub media_type: &'static str,
}

impl Feed<'_> {
    /// The time of the latest change of any entry. An empty feed gets the time 0, because Atom requires a time (RFC
    /// 4287, section 4.1.1).
    pub fn updated(&self) -> Timestamp {
        self.entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp(0))
    }
}

impl FeedEntry<'_> {
    pub fn foreign_lang(&self) -> Option<&str> {
        (self.lang != LANGUAGE).then_some(self.lang)
    }
}
