//! What became of each source. Everything that is dropped or assumed is reported.

use cong_word::xml::XmlError;
use cong_word::{WordError, WordOmission};

/// The result for one source, or for one part of an export.
#[derive(Clone, Debug, Default)]
pub struct SourceReport {
    pub source: String,
    pub outcome: SourceOutcome,
    /// What an editor should check, each once.
    pub doubts: Vec<Doubt>,
    /// What the source has and the document has not, each once.
    pub omissions: Vec<Omission>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SourceOutcome {
    /// A new document.
    Made {
        slug: String,
    },
    /// The same document exists already.
    Unchanged {
        slug: String,
    },
    /// A different document with the same name exists already and was kept.
    Kept {
        slug: String,
    },
    /// Another source of this run has the same content.
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
    /// Some bytes mean nothing in the encoding of the source.
    Damaged,
    /// The title is the name of the file.
    TitleFromFileName,
    TitleGuessed(String),
    TitleCut,
    NoTitle,
    /// The author that was written instead.
    NoAuthor(String),
    AuthorGuessed(String),
    /// The time of the source's file, which was written instead.
    NoTime(String),
    TimeGuessed(String),
    /// The time is when the Word file was last saved.
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
    /// The number of pictures without a description.
    WithoutDescription(usize),
    /// A warning of the parser of documents.
    Warning(String),
}

/// Something that the source has and the document has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Omission {
    /// The file is of a kind that cannot be imported.
    UnknownKind,
    /// A list, navigation or a form.
    PageWithoutArticle,
    EmptyFeed,
    /// A Word file that a page links to.
    AttachedToPage,
    /// Items of a WordPress export that are no articles.
    Items {
        count: usize,
        kind: String,
    },
    SecondCategory(String),
    Enclosure(String),
    Shortcode(String),
    /// The heading of a list of other articles.
    ListAtEnd(String),
    ButtonsAndCounts(String),
    /// The name of an element beside the article.
    BesideArticle(String),
    FormFields,
    /// The name of the element that draws.
    Drawing(String),
    /// An embedded element, of which a link is left if it has an address.
    Embedded {
        element: String,
        address: Option<String>,
    },
    /// A picture in a `data:` URL that cannot be read.
    DataPicture,
    /// A relative link whose target is unknown.
    DeadLink(String),
    /// A link with a scheme that opens no page.
    UnopenableLink(String),
    /// A file that is not beside the page.
    MissingFile(String),
    RefusedFile {
        address: String,
        reason: FileRefusal,
    },
    /// What an article cannot hold, of a Word file or of a table in a page.
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
