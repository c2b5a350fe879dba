use std::path::PathBuf;

use cong_word::LayoutRules;
use url::Url;

use super::document::FieldDefaults;

/// The sources of an import, the folder that it writes to, and its options.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The folders and files to import. The kind of each file is detected from its content.
    pub sources: Vec<PathBuf>,
    /// The content folder, in which `articles/` and `files/` are written.
    pub content: PathBuf,
    /// The address of the old portal, if the sources are a copy of it made by wget. The old address of each page is
    /// then derived from the name of its file.
    pub base_url: Option<Url>,
    pub defaults: FieldDefaults,
    /// Whether the layout of official papers is recognised in Word files.
    pub word_rules: LayoutRules,
    /// Whether the import writes nothing and only reports what it would write.
    pub dry_run: bool,
}
