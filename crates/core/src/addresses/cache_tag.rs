//! The tags under which Workers Cache stores pages, so that a sync can purge the pages that show a changed article.
//! Pages that the sync does not purge show the change when their time in the cache is over, within a minute.

use std::fmt;

/// A tag for stored pages, in ASCII as the cache requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheTag<'a> {
    /// Pages that show the article with this slug.
    Article(&'a str),
    /// Pages with a list of the articles in the category with this slug.
    Category(&'a str),
    /// Pages with a list of articles of all categories.
    Lists,
}

impl fmt::Display for CacheTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(slug) => write!(f, "a-{slug}"),
            Self::Category(slug) => write!(f, "c-{slug}"),
            Self::Lists => f.write_str("lists"),
        }
    }
}
