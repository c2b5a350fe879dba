//! The documents as editors look after them: which there are and in what state, where their old addresses
//! lead, what is wrong with one. What of it is read from KV, and how it looks, is left to the callers.

mod aliases;
mod excerpt;
mod list;
mod list_sql;
mod old_addresses;

pub use aliases::{Alias, Known, Outcome, aliases, known};
pub use excerpt::{ExcerptLine, excerpt};
pub use list::{Counts, Listed, ListedArticle, Listing, PAGE_SIZE, list};
pub use old_addresses::{Claimant, OldAddress, OldAddresses, old_addresses};

use crate::vietnamese::Timestamp;

/// Where a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
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

impl State {
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
pub struct Filter {
    pub state: Option<State>,
    /// In the slug or the title; empty for any. On one line, in normal form C.
    pub words: String,
    /// The slug of a category.
    pub category: Option<String>,
}

impl Filter {
    /// All of them.
    pub const NONE: Self = Self { state: None, words: String::new(), category: None };
}
