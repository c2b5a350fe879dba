//! The filter of the desk's list of documents, as it is written in addresses.

use crate::codes;
use crate::vietnamese::Timestamp;

/// The state of an article and its document, by which the desk's list can be filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleState {
    /// The article is visible to the public.
    Public,
    /// The article becomes public at its `publish_at`.
    Scheduled,
    Draft,
    /// The document has errors, so that the article cannot be shown.
    Broken,
    /// The document is new or changed, and the sync has not read it yet.
    Waiting,
}

// The codes in addresses.
codes!(ArticleState {
    Public = "dang-dang",
    Scheduled = "hen-gio",
    Draft = "nhap",
    Broken = "loi",
    Waiting = "cho-doc-lai",
});

impl ArticleState {
    /// The state at `now` of an article whose document has no errors and has been read by the sync.
    pub fn of(is_draft: bool, publish_at: Option<Timestamp>, now: Timestamp) -> Self {
        match publish_at {
            _ if is_draft => Self::Draft,
            Some(at) if at > now => Self::Scheduled,
            _ => Self::Public,
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Public => "Đang đăng",
            Self::Scheduled => "Hẹn giờ",
            Self::Draft => "Nháp",
            Self::Broken => "Có lỗi",
            Self::Waiting => "Chờ đọc lại",
        }
    }
}

/// The conditions that a document must meet to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleFilter {
    pub state: Option<ArticleState>,
    /// The search words, on one line, in normal form C; empty for no condition. A document is listed if its slug
    /// contains each of the words, or its title contains the words in this order, one after the other.
    pub words: String,
    /// The slug of the article's category.
    pub category: Option<String>,
}

impl ArticleFilter {
    /// The filter without conditions: it lists all documents.
    pub const NONE: Self = Self { state: None, words: String::new(), category: None };
}
