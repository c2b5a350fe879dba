//! What was found in a source, before it has a slug and its files: the same for every kind of source.

use cong::vietnamese::Timestamp;
use url::Url;

use super::blocks::Body;
use super::report::Entry;

/// A document to be.
#[derive(Debug, Default)]
pub struct Draft {
    pub entry: Entry,
    pub title: String,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// What dates it where the source does not: the file's own time. Such a document stays a draft.
    pub file_time: Option<Timestamp>,
    pub author: Option<String>,
    pub source: Option<String>,
    pub summary: Option<String>,
    pub category: Option<String>,
    pub lang: Option<String>,
    pub is_draft: bool,
    /// Paths with their queries.
    pub aliases: Vec<String>,
    pub body: Body,
    /// Files that are linked beside the text, with their titles, as the source addresses them.
    pub files: Vec<(String, String)>,
    /// A picture at the head.
    pub image: Option<String>,
    pub place: Place,
}

/// Where a source lies, which tells what its relative addresses mean.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// What the source was given in.
    pub root: usize,
    /// Relative to the root, with slashes.
    pub path: String,
    pub url: Option<Url>,
    /// Whether files may be found by the end of their address alone, as in a folder of uploads.
    pub by_ending: bool,
    /// Pictures inside the source itself, by the name that the body uses.
    pub embedded: Vec<(String, Vec<u8>)>,
}
