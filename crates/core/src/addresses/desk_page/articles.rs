//! The desk's pages about articles, under `/bien-tap/bai-viet`.

use super::super::methods::Methods;
use super::super::no_route::NoRoute;
use super::super::query::QueryValues;
use super::super::segments::known_slug;
use super::article_filter::{ArticleFilter, ArticleState};
use super::done::Done;
use crate::article::is_slug;

/// The maximum length of the search words, in characters. Further characters are ignored.
const MAX_WORDS_CHARS: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticlesPage {
    /// The list of all documents. A form sent to this address starts a sync.
    List {
        filter: ArticleFilter,
        /// The page number, counted from 1.
        page: u32,
        done: Option<Done>,
    },
    /// The list of old addresses that do not lead to the article whose field `aliases` contains them, for example
    /// because a page has the same address. The last path segment of this page contains an underscore, so it cannot be
    /// a slug.
    OldAddresses { page: u32 },
    /// The page about one document, with the readers' remarks.
    Article {
        slug: String,
        /// The page number in the list of readers' remarks, counted from 1.
        page: u32,
    },
    /// The page that shows editors the article as the public will see it.
    Preview { slug: String },
}

impl ArticlesPage {
    /// Parses the path segments after `/bien-tap/bai-viet`, and the query.
    pub fn parse(segments: &[&str], query: &QueryValues) -> Result<Self, NoRoute> {
        Ok(match segments {
            [] => Self::List {
                filter: filter(query)?,
                page: query.page()?,
                done: Done::from_query(query),
            },
            ["dia_chi_cu"] => Self::OldAddresses { page: query.page()? },
            [slug] => Self::Article { slug: known_slug(slug)?, page: query.page()? },
            [slug, "xem-truoc"] => Self::Preview { slug: known_slug(slug)? },
            _ => return Err(NoRoute::Unknown),
        })
    }

    pub fn methods(&self) -> Methods {
        match self {
            Self::List { .. } => Methods::ReadAndPost,
            _ => Methods::Read,
        }
    }
}

/// Parses the filter. Forms also send fields that are left empty, so an empty parameter counts as missing.
fn filter(query: &QueryValues) -> Result<ArticleFilter, NoRoute> {
    let filled = |name| query.get(name).map(str::trim).filter(|value| !value.is_empty());
    let state =
        filled("trang-thai").map(|code| ArticleState::from_code(code).ok_or(NoRoute::Nonsense));
    let category = match filled("chuyen-muc") {
        Some(slug) if !is_slug(slug) => return Err(NoRoute::Nonsense),
        slug => slug.map(str::to_owned),
    };
    let words = query.words(MAX_WORDS_CHARS);
    Ok(ArticleFilter { state: state.transpose()?, words, category })
}

/// Writes the part of the address after `/bien-tap/bai-viet`.
impl std::fmt::Display for ArticlesPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut query = form_urlencoded::Serializer::new(String::new());
        match self {
            Self::List { filter, done, .. } => {
                if let Some(state) = filter.state {
                    query.append_pair("trang-thai", state.code());
                }
                if !filter.words.is_empty() {
                    query.append_pair("q", &filter.words);
                }
                if let Some(category) = &filter.category {
                    query.append_pair("chuyen-muc", category);
                }
                if let Some(done) = done {
                    query.append_pair("da", done.code());
                }
            }
            Self::OldAddresses { .. } => f.write_str("/dia_chi_cu")?,
            Self::Article { slug, .. } => write!(f, "/{slug}")?,
            Self::Preview { slug } => write!(f, "/{slug}/xem-truoc")?,
        }
        if let Self::List { page, .. } | Self::OldAddresses { page } | Self::Article { page, .. } =
            self
            && *page > 1
        {
            query.append_pair("trang", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { Ok(()) } else { write!(f, "?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use crate::addresses::{DeskPage, Done, Matched, NoRoute, Route};

    use super::*;

    fn parse(address: &str) -> Result<Matched, NoRoute> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Route::parse(path, query)
    }

    #[test]
    fn every_page_is_found_again_at_its_own_address() {
        let filter = ArticleFilter {
            state: Some(ArticleState::Broken),
            words: "lúa cạn & \"27\"".into(),
            category: Some("thong-bao".into()),
        };
        for page in [
            ArticlesPage::List { filter: ArticleFilter::NONE, page: 1, done: None },
            ArticlesPage::List { filter: ArticleFilter::NONE, page: 1, done: Some(Done::Synced) },
            ArticlesPage::List { filter, page: 12, done: None },
            ArticlesPage::OldAddresses { page: 1 },
            ArticlesPage::OldAddresses { page: 2 },
            ArticlesPage::Article { slug: "dia-chi-cu".into(), page: 1 },
            ArticlesPage::Article { slug: "mot".into(), page: 3 },
            ArticlesPage::Preview { slug: "xem-truoc".into() },
        ] {
            let route = Route::Desk(DeskPage::Articles(page));
            let matched = parse(&route.to_string()).unwrap();
            assert_eq!(matched, Matched { route, is_own_path: true, is_own_query: true });
        }
    }

    #[test]
    fn blank_fields_are_no_filter_and_nonsense_is_refused() {
        let blank = parse("/bien-tap/bai-viet?trang-thai=&q=+&chuyen-muc=").unwrap();
        assert_eq!(blank.route, Route::Desk(DeskPage::ARTICLES));
        for query in ["trang-thai=x", "chuyen-muc=A+B", "trang=0", "trang=-1"] {
            let address = format!("/bien-tap/bai-viet?{query}");
            assert_eq!(parse(&address), Err(NoRoute::Nonsense), "{address}");
        }
        for path in ["a_b", "a/b", "a/xem-truoc/b"] {
            assert_eq!(parse(&format!("/bien-tap/bai-viet/{path}")), Err(NoRoute::Unknown));
        }
    }
}
