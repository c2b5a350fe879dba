//! Makes documents and files from saved pages of an old portal, a WordPress export, a feed, or Word files. It only
//! reads and writes folders on this machine.

mod addresses;
mod attachments;
mod dates;
mod document;
mod encoding;
mod feed;
mod field_lengths;
mod html;
mod import;
mod import_error;
mod import_options;
mod imported_document;
mod legal_document;
mod links;
mod output;
mod report;
mod shortcodes;
mod source_content;
mod source_kind;
mod wordpress;
mod write_file;

pub use cong_word::xml::{XmlError, XmlFault};
pub use cong_word::{LayoutRules, PaperDoubt, WordDifference, WordError, WordOmission};
pub use document::FieldDefaults;
pub use import::import;
pub use import_error::ImportError;
pub use import_options::ImportOptions;
pub use report::{
    Doubt, FileRefusal, Omission, SourceOutcome, SourceReport, UnreadFormat, UnreadableReason,
};
