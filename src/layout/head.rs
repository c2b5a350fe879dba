//! What the head of a page says about it.

use cong_core::addresses::Route;

/// The data that a page passes to the frame.
pub struct Head<'a> {
    pub title: &'a str,
    pub description: Option<&'a str>,
    /// The page's canonical address; `None` for pages that search engines should not index.
    pub route: Option<&'a Route>,
}
