//! What was read from sources: documents, and reports on sources that are not documents.

use super::imported_document::ImportedDocument;
use super::report::SourceReport;

/// What was found in sources: the documents, and a report on each source from which no document could be made.
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
