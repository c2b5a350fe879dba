//! Reports of an import: the result for each source, and everything that was left out or assumed.

use cong_word::xml::XmlError;
use cong_word::{PaperDoubt, WordError, WordOmission};

/// The result for one source, or for one article of a feed or export.
#[derive(Clone, Debug, Default)]
pub struct SourceReport {
    pub source: String,
    pub outcome: SourceOutcome,
    /// What an editor should check, without repetitions.
    pub doubts: Vec<Doubt>,
    /// What the source contains and the document does not, without repetitions.
    pub omissions: Vec<Omission>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SourceOutcome {
    /// A new document was written. In a dry run, it would have been written.
    Made {
        slug: String,
    },
    /// A file with exactly this document existed already, so nothing was written.
    Unchanged {
        slug: String,
    },
    /// A different document with this slug exists already and was kept.
    Kept {
        slug: String,
    },
    /// Another source of this import has the same content. Only that other source became a document, with this slug.
    Same {
        slug: String,
    },
    #[default]
    NoArticle,
    Unreadable {
        reason: UnreadableReason,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableReason {
    /// A message of the operating system or of a parser.
    Message(String),
    /// The file is larger than this number of MiB.
    TooLarge(u64),
    /// The page has too many nested elements or attributes.
    TooComplex,
    /// An article of a feed or export has too many nested elements.
    NestedTooDeeply,
    /// The WordPress export has no `<channel>`.
    NoChannel,
    /// The portal would reject the document, with this message.
    Rejected(String),
    Xml(XmlError),
    Word(WordError),
    /// A document in a format that is not read.
    Format(UnreadFormat),
}

/// The format of a file that is not read, although an editor can save it in one that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadFormat {
    /// Word before 2007 (`*.doc`).
    OldWord,
    RichText,
    OpenDocument,
    /// A ZIP archive.
    Archive,
}

/// Something that the import assumed, or that an editor should check for another reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Some bytes are invalid in the encoding of the source and were replaced.
    Damaged,
    /// The source gives no title, so the title is the name of the file.
    TitleFromFileName,
    TitleGuessed(String),
    TitleCut,
    NoTitle,
    /// The source names no author. The document has this author instead.
    NoAuthor(String),
    AuthorGuessed(String),
    /// The source gives no time. The document has this time instead, which is that of the source's file.
    NoTime(String),
    TimeGuessed(String),
    /// The time of the document is the time when its Word file was last saved.
    TimeOfLastSave,
    /// The article has no text.
    NoText,
    /// The Word file has no text.
    EmptyFile,
    OnlySummary,
    NoOldAddress,
    /// Several documents have this old address, so none of them keeps it.
    SharedAlias(String),
    /// The WordPress post is not published, but in this state.
    State(String),
    Password,
    /// This number of pictures have no description for people who cannot see them.
    WithoutDescription(usize),
    /// Something about an official paper in a Word file.
    Paper(PaperDoubt),
    /// The parser of documents gave this warning.
    Warning(String),
}

/// Something in the source that the document does not contain, or only in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Omission {
    /// The file is of a kind that cannot be imported.
    UnknownKind,
    /// The page has no article: it is, for example, a list of articles or a form.
    PageWithoutArticle,
    EmptyFeed,
    /// A Word file to which a page links. It is an attachment of that page, not a document.
    AttachedToPage,
    /// Items of a WordPress export that are not articles: their number and type.
    Items {
        count: usize,
        kind: String,
    },
    SecondCategory(String),
    Enclosure(String),
    Shortcode(String),
    /// A list of other articles with this heading, which the import removed from the end of the text.
    ListAtEnd(String),
    ButtonsAndCounts(String),
    /// A part of the page beside the article, such as a menu. The value is the id, class or element name (`nav`) by
    /// which it was recognised.
    BesideArticle(String),
    FormFields,
    /// A drawing. The value is the name of its element, such as `svg`.
    Drawing(String),
    /// An embedded player or page. It is replaced by a link if it has an address.
    Embedded {
        element: String,
        address: Option<String>,
    },
    /// A table that is too large. Its merged cells are single cells in the document, or its text is paragraphs.
    LargeTable,
    /// A picture in a `data:` URL that cannot be read.
    DataPicture,
    /// A relative address that leads to no known document or file.
    DeadLink(String),
    /// An address that readers cannot open, such as one with the scheme `javascript`.
    UnopenableLink(String),
    /// A file to which an article refers and which is not among the sources.
    MissingFile(String),
    RefusedFile {
        address: String,
        reason: FileRefusal,
    },
    /// Something in a Word file, or in a table of a page, that an article cannot contain.
    Word(WordOmission),
}

/// Why a file is not copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    TooLarge,
    UnknownType,
}

impl SourceReport {
    pub(crate) fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), ..Self::default() }
    }

    pub(crate) fn unreadable(source: impl Into<String>, reason: UnreadableReason) -> Self {
        Self { outcome: SourceOutcome::Unreadable { reason }, ..Self::new(source) }
    }

    pub(crate) fn no_article(source: impl Into<String>, reason: Omission) -> Self {
        Self { omissions: vec![reason], ..Self::new(source) }
    }

    pub(crate) fn doubt(&mut self, doubt: Doubt) {
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    pub(crate) fn leave_out(&mut self, omission: Omission) {
        if !self.omissions.contains(&omission) {
            self.omissions.push(omission);
        }
    }
}
