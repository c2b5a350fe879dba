//! Reports of an import: the outcome for each source, and everything that was left out or assumed.

use cong_word::xml::XmlError;
use cong_word::{WordError, WordOmission};

/// The result for one source, or for one part of an export.
#[derive(Clone, Debug, Default)]
pub struct SourceReport {
    pub source: String,
    pub outcome: SourceOutcome,
    /// Things that an editor should check, without repetitions.
    pub doubts: Vec<Doubt>,
    /// Things in the source that the document lacks, without repetitions.
    pub omissions: Vec<Omission>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SourceOutcome {
    /// A new document was written.
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
    /// Another source of this import has the same content. Only that source became a document, with this slug.
    Same {
        slug: String,
    },
    #[default]
    NoArticle,
    Unreadable {
        reason: UnreadableReason,
    },
}

/// Why a source cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnreadableReason {
    /// A message of the operating system or of a parser.
    Message(String),
    /// The file is larger than this number of MiB.
    TooLarge(u64),
    /// The page has too many nested elements or attributes.
    TooComplex,
    /// A part of an export has too many nested elements.
    NestedTooDeeply,
    /// A WordPress export without `<channel>`.
    NoChannel,
    /// The portal would reject the document, with this message.
    Rejected(String),
    Xml(XmlError),
    Word(WordError),
}

/// Something that was assumed, or that an editor should check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Some bytes are invalid in the encoding of the source and were replaced.
    Damaged,
    /// The title is the name of the file.
    TitleFromFileName,
    TitleGuessed(String),
    TitleCut,
    NoTitle,
    /// The source names no author. The text is the author that was written instead.
    NoAuthor(String),
    AuthorGuessed(String),
    /// The source gives no time. The text is the time of its file, which was written instead.
    NoTime(String),
    TimeGuessed(String),
    /// The time of the document is the time when its Word file was last saved.
    TimeOfLastSave,
    /// An article without text.
    NoText,
    /// A Word file without text.
    EmptyFile,
    OnlySummary,
    NoOldAddress,
    /// An old address that several documents claim.
    SharedAlias(String),
    /// The state of a WordPress post that is not published.
    State(String),
    Password,
    /// How many pictures have no description.
    WithoutDescription(usize),
    /// A warning of the parser of documents.
    Warning(String),
}

/// Something in the source that the document lacks or has only in another form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Omission {
    /// The file is of a kind that cannot be imported.
    UnknownKind,
    /// A page without an article, such as a list of articles or a form.
    PageWithoutArticle,
    EmptyFeed,
    /// A Word file that a page links to.
    AttachedToPage,
    /// Items of a WordPress export that are not articles: how many, and their type.
    Items {
        count: usize,
        kind: String,
    },
    SecondCategory(String),
    Enclosure(String),
    Shortcode(String),
    /// A list of other articles at the end of the text. The value is its heading.
    ListAtEnd(String),
    ButtonsAndCounts(String),
    /// An element beside the article, such as a menu. The value is the name that identifies it: its id, its class or
    /// `nav`.
    BesideArticle(String),
    FormFields,
    /// A drawing. The value is the name of its element, such as `svg`.
    Drawing(String),
    /// An embedded player or page. It is replaced by a link if it has an address.
    Embedded {
        element: String,
        address: Option<String>,
    },
    /// Merged cells that cover more places than a table may have. They are single cells in the document.
    ExcessiveSpans,
    /// A picture in a `data:` URL that cannot be read.
    DataPicture,
    /// A relative address that leads to no known document or file.
    DeadLink(String),
    /// An address that is not of a web page, such as one with the scheme `javascript`.
    UnopenableLink(String),
    /// A file that an article refers to but that is not among the sources.
    MissingFile(String),
    RefusedFile {
        address: String,
        reason: FileRefusal,
    },
    /// Something that an article cannot keep, in a Word file or in a table of a page.
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
