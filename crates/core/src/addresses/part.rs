//! Which part of a long list of comments a page shows, as it is written in addresses.

use crate::consultation::Clause;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The id of a clause, or an empty text for comments on the whole draft; `None` for all comments.
    pub clause: Option<String>,
    /// The page number, counted from 1.
    pub page: u32,
}

impl Part {
    /// The first page of the list of all comments.
    pub const ALL: Self = Self { clause: None, page: 1 };

    /// The first page of the comments on one clause.
    pub fn of_clause(id: &str) -> Self {
        Self { clause: Some(id.to_owned()), page: 1 }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut before = '?';
        if let Some(id) = &self.clause {
            write!(f, "?dieu={}", clause_code(id))?;
            before = '&';
        }
        if self.page > 1 {
            write!(f, "{before}trang={}", self.page)?;
        }
        Ok(())
    }
}

/// The code of a clause in addresses: the id of its heading, or `_` for the whole draft, which has an empty id.
pub fn clause_code(id: &str) -> &str {
    if id.is_empty() { Clause::WHOLE_CODE } else { id }
}
