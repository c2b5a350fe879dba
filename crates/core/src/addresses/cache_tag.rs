//! The tags under which Workers Cache stores pages, so that the sync can purge every page that shows a changed article.
//! Pages without a tag show the change after at most a minute, when their time in the cache is over.

use std::fmt;

/// The cache tag of a page. `Display` writes it in ASCII, as the cache requires.
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
