//! Limits that bound the time and memory for reading a document.

/// The maximum size of a document, in bytes: about 250,000 words.
pub const MAX_DOCUMENT_BYTES: usize = 2 * 1024 * 1024;

/// The maximum number of problems that are reported for a document. A longer list would not help its editor.
pub const MAX_PROBLEMS: usize = 50;

/// The maximum size of the front matter, or of all fields except the body in JSON form, in bytes. Two hundred
/// attachments with long titles take about 50 kB.
pub const MAX_FIELDS_BYTES: usize = 256 * 1024;
