//! An imported document before its slug is chosen and its files are copied. Every kind of source (saved page, WordPress
//! export, feed, Word file) is read into this type.

use cong_core::article::LegalDocument;
use cong_core::markdown_writer::ArticleContent;
use cong_core::vietnamese::Timestamp;
use cong_word::{LayoutRules, TitleCertainty, WordLimits};
use url::Url;

use crate::report::{Doubt, Omission, SourceReport, UnreadableReason};

#[derive(Debug, Default)]
pub struct ImportedDocument {
    pub report: SourceReport,
    pub title: String,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// The time at which the source's file was last changed. It is used if the source itself gives no time; the
    /// document is then marked as a draft article.
    pub file_time: Option<Timestamp>,
    pub author: Option<String>,
    pub source: Option<String>,
    pub summary: Option<String>,
    pub category: Option<String>,
    pub lang: Option<String>,
    /// What the source says about itself, if it is a legal document.
    pub legal_document: Option<LegalDocument>,
    pub is_draft: bool,
    /// The old addresses of the article: paths with their queries.
    pub aliases: Vec<String>,
    pub content: ArticleContent,
    /// The attachments: the address by which the source refers to each, and its title.
    pub files: Vec<(String, String)>,
    /// The address of the picture at the top of the article.
    pub image: Option<String>,
    pub place: SourcePlace,
}

impl ImportedDocument {
    /// Reads a Word file.
    ///
    /// # Errors
    /// Returns a report that says why the file cannot be read.
    pub fn of_word(
        bytes: &[u8],
        place: SourcePlace,
        rules: LayoutRules,
    ) -> Result<Self, Box<SourceReport>> {
        let file_name = place.path.rsplit('/').next().unwrap_or_default();
        let limits = WordLimits::NATIVE;
        let word = cong_word::read(bytes, file_name, rules, limits).map_err(|error| {
            let reason = UnreadableReason::Word(error);
            Box::new(SourceReport::unreadable(place.path.clone(), reason))
        })?;
        let mut report = SourceReport::new(place.path.clone());
        word.left_out.into_iter().for_each(|left| report.leave_out(Omission::Word(left)));
        let doubts = [
            match word.title_certainty {
                TitleCertainty::Certain => None,
                TitleCertainty::Guessed => Some(Doubt::TitleGuessed(word.title.clone())),
                TitleCertainty::FileName => Some(Doubt::TitleFromFileName),
            },
            // The issuer of an official paper is no guess.
            word.author.clone().filter(|_| word.document.is_none()).map(Doubt::AuthorGuessed),
            word.content.is_empty().then_some(Doubt::EmptyFile),
            word.saved_at.is_some().then_some(Doubt::TimeOfLastSave),
        ];
        doubts.into_iter().flatten().for_each(|doubt| report.doubt(doubt));
        word.doubts.into_iter().for_each(|doubt| report.doubt(Doubt::Paper(doubt)));
        Ok(Self {
            report,
            title: word.title,
            updated: word.saved_at,
            author: word.author,
            legal_document: word.document,
            content: word.content,
            place: SourcePlace { embedded: word.pictures, ..place },
            ..Self::default()
        })
    }
}

/// The location of a source, against which its relative addresses are resolved.
#[derive(Clone, Debug, Default)]
pub struct SourcePlace {
    /// The index of the folder or file that contains this source, in `ImportOptions::sources`.
    pub root: usize,
    /// The path of the source relative to that folder, with slashes.
    pub path: String,
    pub url: Option<Url>,
    /// Whether an address also refers to a file if only the end of the file's path matches it. This is so for WordPress
    /// exports and feeds, because their files come in a separate folder of uploads.
    pub by_ending: bool,
    /// The pictures that the source itself contains: for each, the address by which the content refers to it, and its
    /// bytes.
    pub embedded: Vec<(String, Vec<u8>)>,
}
