//! What an article is: its document format, its Markdown, and when it is public.
//! Knows nothing of where documents are kept or how pages look.

mod complexity;
mod consultation;
mod document;
mod fields;
mod footnotes;
mod heading_ids;
mod image_size;
mod json_form;
mod links;
mod markdown;
mod node;
mod outline;
mod passages;
mod plain_text;
mod print_links;
mod problem;
mod reader;
mod sections;
mod toml_form;

pub use complexity::{MAX_MARKS, marks};
pub use consultation::{Consultation, Extension};
pub use document::{MAX_DOCUMENT_BYTES, Parsed, Source, parse, text};
pub use image_size::{ImageSize, image_size};
pub use links::{Base, audio_type, file_url, is_file_name};
pub use markdown::{Heading, Labels, OwnPage, Rendered, render, render_own_page};
pub use outline::{Element, Placed, outline, pictures};
pub use plain_text::plain_text;
pub use problem::{Cause, Kind, Place, Problem, Severity, TomlMistake};
pub use sections::{Section, sections};

use crate::periods::MinimumPeriod;
use crate::vietnamese::Timestamp;

/// The longest slug, in characters; KV would allow 512 bytes.
pub const MAX_SLUG_CHARS: usize = 120;

/// What an office asks of documents beyond their form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// How long a draft must at least be open for comment, if that is checked.
    pub consultation: Option<MinimumPeriod>,
}

/// One article, as its document says. Times that are left out there are filled in here.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    pub title: String,
    pub updated: Timestamp,
    pub published: Timestamp,
    pub author: String,
    pub source: Option<String>,
    /// Plain text; made from the first paragraph when the document gives none.
    pub summary: String,
    pub category: Option<Category>,
    /// BCP 47.
    pub lang: String,
    pub draft: bool,
    pub publish_at: Option<Timestamp>,
    pub pinned: bool,
    pub image: Option<Image>,
    pub audio: Option<Audio>,
    /// As written: an old slug, or an absolute path with or without a query.
    pub aliases: Vec<String>,
    pub attachments: Vec<Attachment>,
    pub changes: Vec<Change>,
    pub document: Option<LegalDocument>,
    pub notice: Option<Notice>,
    pub consultation: Option<Consultation>,
    /// Markdown.
    pub body: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    pub name: String,
    pub slug: String,
}

/// A picture at the head of the article; `file` is a name in `FILES`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub file: String,
    pub alt: String,
}

/// The article read aloud; `file` is a name in `FILES`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audio {
    pub file: String,
    pub title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub file: String,
    pub title: String,
}

/// One line of the article's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub date: Timestamp,
    pub note: String,
}

/// What identifies a legal document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalDocument {
    pub number: Option<String>,
    pub kind: Option<String>,
    pub issued_on: Option<Timestamp>,
    pub issuer: Option<String>,
    pub signer: Option<String>,
}

/// While it lasts, the article's title stands as a banner on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub from: Timestamp,
    /// The last second of it.
    pub until: Timestamp,
}

impl Article {
    /// Whether visitors may see the article at that moment.
    pub fn is_public(&self, now: Timestamp) -> bool {
        !self.draft && self.publish_at.is_none_or(|at| at <= now)
    }

    /// The moment that places the article in lists: its publication, or its scheduled
    /// publication where that is later.
    pub fn listed_at(&self) -> Timestamp {
        self.publish_at.map_or(self.published, |at| at.max(self.published))
    }

    /// When readers last saw it change, its appearance included.
    pub fn changed_at(&self) -> Timestamp {
        self.updated.max(self.listed_at())
    }

    /// The next moment after `now` at which the article's own page changes by itself.
    pub fn next_change(&self, now: Timestamp) -> Option<Timestamp> {
        let published = self.publish_at.filter(|&at| at > now);
        let consultation = self.consultation.as_ref().and_then(|c| c.next_change(now));
        published.into_iter().chain(consultation).min()
    }
}

/// Whether the text can be the slug of an article: `[a-z0-9-]`, 1 to 120 characters.
pub fn is_slug(text: &str) -> bool {
    (1..=MAX_SLUG_CHARS).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
