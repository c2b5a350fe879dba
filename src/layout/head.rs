use cong_core::addresses::Route;

/// The data about a page that its HTML head needs.
pub struct Head<'a> {
    pub title: &'a str,
    pub description: Option<&'a str>,
    /// The canonical address of the page; `None` for pages that search engines should not index.
    pub route: Option<&'a Route>,
}
