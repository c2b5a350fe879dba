use super::imported_document::ImportedDocument;
use super::report::SourceReport;

/// The documents read from the sources, and a report on each source from which no document could be made.
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
