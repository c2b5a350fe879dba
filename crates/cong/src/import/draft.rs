//! The content found in a source, before it has a slug and its files; the same for every kind of source.

use cong_core::vietnamese::Timestamp;
use url::Url;

use super::blocks::Body;
use super::report::Entry;

/// A document that is being imported.
#[derive(Debug, Default)]
pub struct Draft {
    pub entry: Entry,
    pub title: String,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// The time of the source's file, used if the source has no date. Such a document stays a draft article.
    pub file_time: Option<Timestamp>,
    pub author: Option<String>,
    pub source: Option<String>,
    pub summary: Option<String>,
    pub category: Option<String>,
    pub lang: Option<String>,
    pub is_draft: bool,
    /// Old addresses: paths with their queries.
    pub aliases: Vec<String>,
    pub body: Body,
    /// Attachments: the addresses in the source, with their titles.
    pub files: Vec<(String, String)>,
    /// The picture above the text.
    pub image: Option<String>,
    pub place: Place,
}

/// The location of a source, needed to resolve its relative addresses.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The index of the given folder or file that contains the source.
    pub root: usize,
    /// The path relative to the root, with slashes.
    pub path: String,
    pub url: Option<Url>,
    /// Whether files may be found by the end of their address alone, as in a folder of uploads.
    pub by_ending: bool,
    /// The pictures inside the source itself, by the names that the body uses.
    pub embedded: Vec<(String, Vec<u8>)>,
}
