//! The tags under which Workers Cache stores pages, so that a sync can purge the pages that show a changed article.
//! All other pages show the change when their cache time is over, within a minute.

use std::fmt;

use super::Route;

/// A tag for stored pages, in ASCII as the cache requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheTag<'a> {
    /// Pages that show the article with this slug.
    Article(&'a str),
    /// Lists of the category with this slug.
    Category(&'a str),
    /// Lists of articles of any category.
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

impl Route {
    /// The tag of the page, if it shows articles and shared caches may store it.
    pub fn cache_tag(&self) -> Option<CacheTag<'_>> {
        match self {
            Self::Article { slug }
            | Self::ArticleSource { slug }
            | Self::Rating { slug }
            | Self::Draft { slug, .. } => Some(CacheTag::Article(slug)),
            Self::Category { slug, .. } | Self::Feed { category: Some(slug), .. } => {
                Some(CacheTag::Category(slug))
            }
            Self::Home
            | Self::English { .. }
            | Self::Articles { .. }
            | Self::Neighbour { .. }
            | Self::Consultations { .. }
            | Self::Feed { category: None, .. }
            | Self::SitemapIndex
            | Self::SitemapPages
            | Self::SitemapMonth { .. }
            | Self::SiteMap => Some(CacheTag::Lists),
            Self::Search(_)
            | Self::Feedback { .. }
            | Self::Receipt { .. }
            | Self::Lookup
            | Self::Questions { .. }
            | Self::Question { .. }
            | Self::QuestionsFeed
            | Self::File { .. }
            | Self::Robots
            | Self::Manifest
            | Self::Health
            | Self::OldStylesheet { .. }
            | Self::Contact
            | Self::Privacy
            | Self::Desk(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(path: &str) -> Option<String> {
        let matched = Route::parse(path, "").unwrap_or_else(|_| panic!("{path}"));
        matched.route.cache_tag().map(|tag| tag.to_string())
    }

    #[test]
    fn pages_are_tagged_by_the_article_the_category_or_the_lists_that_they_show() {
        for path in
            ["/bai-viet/mot", "/bai-viet/mot.md", "/du-thao/mot/y-kien", "/du-thao/mot/tiep-thu"]
        {
            assert_eq!(tag(path).as_deref(), Some("a-mot"), "{path}");
        }
        for path in ["/chuyen-muc/tin-tuc", "/chuyen-muc/tin-tuc/atom.xml"] {
            assert_eq!(tag(path).as_deref(), Some("c-tin-tuc"), "{path}");
        }
        for path in
            ["/", "/en", "/tin-bai", "/tin-bai/2026", "/du-thao", "/rss.xml", "/sitemap.xml"]
        {
            assert_eq!(tag(path).as_deref(), Some("lists"), "{path}");
        }
        for path in ["/gop-y", "/gop-y/tra-cuu", "/lien-he", "/bien-tap/", "/tep/a.pdf"] {
            assert_eq!(tag(path), None, "{path}");
        }
    }
}
