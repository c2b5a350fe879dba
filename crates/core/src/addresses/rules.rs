//! The rules for each page: the methods it accepts, its cache tag, whether search engines may index it, and whether it
//! needs the sync.

use super::cache_tag::CacheTag;
use super::draft_page::DraftPage;
use super::methods::Methods;
use super::route::Route;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteRules<'a> {
    pub methods: Methods,
    /// The cache tag, if the page shows articles and shared caches may store it.
    pub tag: Option<CacheTag<'a>>,
    /// Whether search engines may index the page. False for search results, and for the comments or answers on a single
    /// clause of a draft, because the list of all comments contains them too.
    pub may_be_indexed: bool,
    /// Whether the page shows data of the catalogue. Under `wrangler dev`, the sync runs before such a page is made, so
    /// that edits appear at once.
    pub needs_sync: bool,
}

impl<'a> RouteRules<'a> {
    /// The rules for a page without a form and without data of the catalogue.
    const PLAIN: Self =
        Self { methods: Methods::Read, tag: None, may_be_indexed: true, needs_sync: false };
    /// The rules for a page that shows data of the catalogue and has no form.
    const SYNCED: Self = Self { needs_sync: true, ..Self::PLAIN };
    /// The rules for a page that shows data of the catalogue and has a form.
    const FORM: Self = Self { methods: Methods::ReadAndPost, ..Self::SYNCED };

    /// The rules for a page that shows articles and that shared caches may store.
    fn tagged(tag: CacheTag<'a>) -> Self {
        Self { tag: Some(tag), ..Self::SYNCED }
    }
}

impl Route {
    pub fn rules(&self) -> RouteRules<'_> {
        match self {
            Self::Home
            | Self::English { .. }
            | Self::Articles { .. }
            | Self::Neighbour { .. }
            | Self::Consultations { .. }
            | Self::Feed { category: None, .. }
            | Self::SitemapIndex
            | Self::SitemapPages
            | Self::SitemapMonth { .. }
            | Self::SiteMap => RouteRules::tagged(CacheTag::Lists),
            Self::Category { slug, .. } | Self::Feed { category: Some(slug), .. } => {
                RouteRules::tagged(CacheTag::Category(slug))
            }
            Self::Article { slug } => RouteRules::tagged(CacheTag::Article(slug)),
            // The document is read from KV, without the catalogue.
            Self::ArticleSource { slug } => {
                RouteRules { needs_sync: false, ..RouteRules::tagged(CacheTag::Article(slug)) }
            }
            Self::Rating { slug } => {
                RouteRules { tag: Some(CacheTag::Article(slug)), ..RouteRules::FORM }
            }
            Self::Draft { slug, page } => {
                // The list of all comments contains those on one clause too.
                let is_part = match page {
                    DraftPage::Comments(part) | DraftPage::Answers(part) => part.clause.is_some(),
                    _ => false,
                };
                RouteRules {
                    may_be_indexed: !is_part,
                    ..RouteRules::tagged(CacheTag::Article(slug))
                }
            }
            Self::Search(search) => {
                RouteRules { may_be_indexed: search.text.is_empty(), ..RouteRules::SYNCED }
            }
            Self::Questions { .. } | Self::Question { .. } | Self::Contact | Self::Privacy => {
                RouteRules::SYNCED
            }
            Self::Feedback { .. } | Self::Lookup => RouteRules::FORM,
            Self::Receipt { action: Some(_), .. } => {
                RouteRules { needs_sync: false, ..RouteRules::FORM }
            }
            Self::Receipt { action: None, .. }
            | Self::QuestionsFeed
            | Self::File { .. }
            | Self::Robots
            | Self::Manifest
            | Self::Health
            | Self::OldStylesheet { .. } => RouteRules::PLAIN,
            Self::Desk(page) => RouteRules { methods: page.methods(), ..RouteRules::SYNCED },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(path: &str) -> Option<String> {
        let matched = Route::parse(path, "").unwrap_or_else(|_| panic!("{path}"));
        matched.route.rules().tag.map(|tag| tag.to_string())
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
