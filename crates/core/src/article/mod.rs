//! Articles: the document format, Markdown, and when an article is public. This module knows neither where
//! documents are stored nor what pages look like.

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
pub use consultation::{Consultation, DeadlineExtension};
pub use document::{MAX_DOCUMENT_BYTES, ParsedDocument, UncheckedDocument, parse, text};
pub use image_size::{ImageSize, image_size};
pub use links::{BaseUrl, audio_type, file_url, is_file_name};
pub use markdown::{Heading, Labels, OwnPage, RenderedBody, render, render_own_page};
pub use outline::{OutlineElement, Placed, outline, pictures};
pub use plain_text::plain_text;
pub use problem::{Cause, DocumentPosition, DocumentProblem, Severity, TomlMistake, ValueKind};
pub use sections::{Section, sections};

use crate::periods::MinimumPeriod;
use crate::vietnamese::Timestamp;

/// The maximum length of a slug, in characters; KV would allow 512 bytes.
pub const MAX_SLUG_CHARS: usize = 120;

/// The rules of an office for documents, beyond their format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentRules {
    /// The minimum period in which a draft must be open for comment; `None` if that is not checked.
    pub consultation: Option<MinimumPeriod>,
}

/// An article, as its document describes it. Times that the document leaves out have their default values.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    pub title: String,
    pub updated: Timestamp,
    pub published: Timestamp,
    pub author: String,
    pub source: Option<String>,
    /// Plain text. Taken from the first paragraph if the document has no summary.
    pub summary: String,
    pub category: Option<Category>,
    /// A language tag (BCP 47).
    pub lang: String,
    pub draft: bool,
    pub publish_at: Option<Timestamp>,
    pub pinned: bool,
    pub image: Option<LeadImage>,
    pub audio: Option<Audio>,
    /// As written: an old slug, or an absolute path with or without a query.
    pub aliases: Vec<String>,
    pub attachments: Vec<ArticleAttachment>,
    pub changes: Vec<ArticleChange>,
    pub document: Option<LegalDocument>,
    pub notice: Option<NoticePeriod>,
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
pub struct LeadImage {
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
pub struct ArticleAttachment {
    pub file: String,
    pub title: String,
}

/// An entry in the article's history of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleChange {
    pub date: Timestamp,
    pub note: String,
}

/// The data that identify a legal document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalDocument {
    pub number: Option<String>,
    pub kind: Option<String>,
    pub issued_on: Option<Timestamp>,
    pub issuer: Option<String>,
    pub signer: Option<String>,
}

/// The period in which all pages show the article's title as a banner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticePeriod {
    pub from: Timestamp,
    /// The last second of the period.
    pub until: Timestamp,
}

impl Article {
    /// Whether visitors may see the article at the moment `now`.
    pub fn is_public(&self, now: Timestamp) -> bool {
        !self.draft && self.publish_at.is_none_or(|at| at <= now)
    }

    /// The moment by which lists sort the article: the later of its publication and its scheduled publication.
    pub fn listed_at(&self) -> Timestamp {
        self.publish_at.map_or(self.published, |at| at.max(self.published))
    }

    /// When readers last saw the article change; its first appearance counts.
    pub fn changed_at(&self) -> Timestamp {
        self.updated.max(self.listed_at())
    }

    /// The next moment after `now` at which time alone changes the article's page.
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
