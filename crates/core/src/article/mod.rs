//! Articles: parses their documents, renders their Markdown, and decides when an article is public. This module knows
//! neither where documents are stored nor what the portal's pages look like.

mod author;
mod body_source;
mod complexity;
mod consultation;
mod decode;
mod document;
mod events;
mod fields;
mod footnotes;
mod heading;
mod image_size;
mod json_form;
mod legal_document;
mod legal_document_fields;
mod limits;
mod line_starts;
mod links;
mod markdown;
mod model;
mod node;
mod outline;
mod passages;
mod placed;
mod plain_text;
mod print_links;
mod problem;
mod reader;
mod rendered;
mod rules;
mod sections;
mod slug;
mod table;
mod table_events;
mod table_layout;
mod table_lines;
mod table_problems;
mod toml_form;

pub use author::can_be_author;
pub use complexity::{MAX_MARKS, marks};
pub use consultation::{Consultation, DeadlineExtension};
pub use decode::text;
pub use document::{ParsedDocument, UncheckedDocument, parse};
pub use heading::Heading;
pub use image_size::{ImageSize, image_size};
pub use legal_document::{DocumentSigner, LegalDocument};
pub use limits::MAX_DOCUMENT_BYTES;
pub use links::{BaseUrl, audio_type, file_url, is_file_name};
pub use markdown::{render, render_own_page};
pub use model::{
    Article, ArticleAttachment, ArticleChange, Audio, Category, LeadImage, NoticePeriod,
};
pub use outline::{OutlineElement, outline, pictures};
pub use placed::Placed;
pub use plain_text::plain_text;
pub use problem::{Cause, DocumentPosition, DocumentProblem, Severity, TomlMistake, ValueKind};
pub use rendered::{Labels, OwnPage, RenderedBody};
pub use rules::DocumentRules;
pub use sections::{Section, sections};
pub use slug::{MAX_SLUG_CHARS, is_slug};
