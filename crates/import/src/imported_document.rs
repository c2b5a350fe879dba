//! The content found in a source, before it has a slug and its files; the same for every kind of source.

use cong_core::markdown_writer::ArticleContent;
use cong_core::vietnamese::Timestamp;
use url::Url;

use crate::report::{Doubt, Omission, SourceReport, UnreadableReason};

/// A document that is being imported, and the report on it.
#[derive(Debug, Default)]
pub struct ImportedDocument {
    pub report: SourceReport,
    pub title: String,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// The time of the source's file, used if the source has no date. Such a document stays a draft article.
    pub file_time: Option<Timestamp>,
    pub author: Option<String>,
    pub source: Option<String>,
    pub summary: Option<String>,
    pub category: Option<String>,
    pub lang: Option<String>,
    pub is_draft: bool,
    /// Old addresses: paths with their queries.
    pub aliases: Vec<String>,
    pub content: ArticleContent,
    /// Attachments: the addresses in the source, with their titles.
    pub files: Vec<(String, String)>,
    /// The picture above the text.
    pub image: Option<String>,
    pub place: SourcePlace,
}

impl ImportedDocument {
    /// Reads a Word file.
    ///
    /// # Errors
    /// The report that says why the file cannot be read.
    pub fn of_word(bytes: &[u8], place: SourcePlace) -> Result<Self, Box<SourceReport>> {
        let file_name = place.path.rsplit('/').next().unwrap_or_default();
        let word = cong_word::read(bytes, file_name).map_err(|error| {
            let reason = UnreadableReason::Word(error);
            Box::new(SourceReport::unreadable(place.path.clone(), reason))
        })?;
        let mut report = SourceReport::new(place.path.clone());
        word.left_out.into_iter().for_each(|left| report.leave_out(Omission::Word(left)));
        let doubts = [
            (word.is_title_from_name, Doubt::TitleFromFileName),
            (word.content.is_empty(), Doubt::EmptyFile),
            (word.saved_at.is_some(), Doubt::TimeOfLastSave),
        ];
        doubts.into_iter().filter(|(is_so, _)| *is_so).for_each(|(_, doubt)| report.doubt(doubt));
        Ok(Self {
            report,
            title: word.title,
            updated: word.saved_at,
            author: word.author,
            content: word.content,
            place: SourcePlace { embedded: word.pictures, ..place },
            ..Self::default()
        })
    }
}

/// The location of a source, needed to resolve its relative addresses.
#[derive(Clone, Debug, Default)]
pub struct SourcePlace {
    /// The index of the given folder or file that contains the source.
    pub root: usize,
    /// The path relative to the root, with slashes.
    pub path: String,
    pub url: Option<Url>,
    /// Whether files may be found by the end of their address alone, as in a folder of uploads.
    pub by_ending: bool,
    /// The pictures inside the source itself, by the names that the content uses.
    pub embedded: Vec<(String, Vec<u8>)>,
}
