//! Which documents the desk lists, as its addresses say.

use crate::vietnamese::Timestamp;

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleState {
    /// Everybody sees it.
    Public,
    /// It becomes public by itself.
    Scheduled,
    Draft,
    /// It cannot be shown.
    Broken,
    /// Found to be new or changed, and not read yet.
    Waiting,
}

impl ArticleState {
    pub const ALL: [Self; 5] =
        [Self::Public, Self::Scheduled, Self::Draft, Self::Broken, Self::Waiting];

    /// Of an article that can be shown.
    pub fn of(is_draft: bool, publish_at: Option<Timestamp>, now: Timestamp) -> Self {
        match publish_at {
            _ if is_draft => Self::Draft,
            Some(at) if at > now => Self::Scheduled,
            _ => Self::Public,
        }
    }

    /// As it stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "dang-dang",
            Self::Scheduled => "hen-gio",
            Self::Draft => "nhap",
            Self::Broken => "loi",
            Self::Waiting => "cho-doc-lai",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
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

/// Which documents are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleFilter {
    pub state: Option<ArticleState>,
    /// In the slug or the title; empty for any. On one line, in normal form C.
    pub words: String,
    /// The slug of a category.
    pub category: Option<String>,
}

impl ArticleFilter {
    /// All of them.
    pub const NONE: Self = Self { state: None, words: String::new(), category: None };
}
