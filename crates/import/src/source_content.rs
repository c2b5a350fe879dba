//! What was read from sources: documents, and reports on sources that are not documents.

use super::imported_document::ImportedDocument;
use super::report::SourceReport;

/// The documents that were found in sources, and the reports on sources that are not documents.
#[derive(Default)]
pub struct SourceContent {
    pub documents: Vec<ImportedDocument>,
    pub reports: Vec<SourceReport>,
}

impl From<ImportedDocument> for SourceContent {
    fn from(document: ImportedDocument) -> Self {
        Self { documents: vec![document], reports: Vec::new() }
    }
}
