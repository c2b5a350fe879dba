//! Feeds: what is new, for programs that follow it. What goes into one is decided by the handlers.

mod atom;

pub use atom::{CONTENT_TYPE as ATOM, atom};

use crate::vietnamese::Instant;

/// A feed, whatever its format.
pub struct Feed<'a> {
    pub title: String,
    pub author: &'a str,
    /// The page that shows the same.
    pub url: String,
    /// Where the feed itself is.
    pub own_url: String,
    /// Newest first.
    pub entries: Vec<Entry<'a>>,
}

pub struct Entry<'a> {
    pub title: &'a str,
    /// Absolute, and never another one: it is the entry's identity too.
    pub url: String,
    pub published: Instant,
    pub updated: Instant,
    /// Plain text.
    pub text: String,
}
