//! The pages of the portal, with their parameters.

use super::about::About;
use super::desk_page::DeskPage;
use super::draft_page::DraftPage;
use super::feed_format::FeedFormat;
use super::list_period::ListPeriod;
use super::search_query::Searched;
use crate::stylesheet::Stylesheet;
use crate::submission::{Receipt, ReceiptAction};

/// The direction from an article to the next (newer) or the previous (older) one in its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Previous,
    Next,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Home,
    /// The home page in English.
    English {
        page: u32,
    },
    Articles {
        period: ListPeriod,
        page: u32,
    },
    Category {
        slug: String,
        page: u32,
    },
    /// The list of drafts that were published for comment.
    Consultations {
        page: u32,
    },
    Search(Searched),
    Article {
        slug: String,
    },
    /// The document of an article as its author wrote it.
    ArticleSource {
        slug: String,
    },
    Neighbour {
        slug: String,
        direction: Direction,
    },
    Feedback {
        about: Option<About>,
    },
    /// A receipt or, with an `action`, the page that asks the sender to confirm that action on the submission.
    Receipt {
        receipt: Receipt,
        action: Option<ReceiptAction>,
    },
    Lookup,
    Questions {
        category: Option<String>,
        page: u32,
    },
    Question {
        id: i64,
    },
    QuestionsFeed,
    Rating {
        slug: String,
    },
    /// A page about a draft other than the page of its article.
    Draft {
        slug: String,
        page: DraftPage,
    },
    File {
        name: String,
    },
    /// A feed of the newest articles: those of one category, or of all.
    Feed {
        category: Option<String>,
        format: FeedFormat,
    },
    /// The index of the XML site maps, for search engines. `SiteMap` is the page for readers.
    SitemapIndex,
    /// The XML site map of the portal's pages and categories.
    SitemapPages,
    /// One part of the XML site map of a month. It lists at most 1,000 of the articles published in the month; `page`
    /// is the number of the part.
    SitemapMonth {
        /// The month, written as year times 100 plus month: 202611.
        month: u32,
        page: u32,
    },
    Robots,
    /// The health check for monitoring programs. It says which of the portal's KV namespaces and databases can be read.
    Health,
    /// The web app manifest.
    Manifest,
    /// A stylesheet of an earlier or later deployment, or one whose name in the request has no fingerprint. Requests
    /// for the stylesheets of this deployment are answered from the static assets and do not reach this route.
    OldStylesheet {
        sheet: Stylesheet,
        /// The fingerprint in the file name; empty if there is none.
        fingerprint: String,
    },
    SiteMap,
    Contact,
    Privacy,
    /// A page of the desk. It requires a sign-in.
    Desk(DeskPage),
}

/// The pages whose address is a path without parameters.
pub const FIXED: [(&str, Route); 11] = [
    ("/", Route::Home),
    ("/gop-y/tra-cuu", Route::Lookup),
    ("/hoi-dap/atom.xml", Route::QuestionsFeed),
    ("/lien-he", Route::Contact),
    ("/manifest.webmanifest", Route::Manifest),
    ("/quyen-rieng-tu", Route::Privacy),
    ("/robots.txt", Route::Robots),
    ("/sitemap-trang.xml", Route::SitemapPages),
    ("/sitemap.xml", Route::SitemapIndex),
    ("/so-do-trang", Route::SiteMap),
    ("/suc-khoe", Route::Health),
];

impl Route {
    pub const FEEDBACK: Self = Self::Feedback { about: None };

    pub const ENGLISH: Self = Self::English { page: 1 };

    pub const ARTICLES: Self = Self::Articles { period: ListPeriod::All, page: 1 };

    /// The first page of the list of all drafts.
    pub const CONSULTATIONS: Self = Self::Consultations { page: 1 };

    /// The search form without a query.
    pub const SEARCH: Self = Self::Search(Searched::NOTHING);

    pub fn article(slug: &str) -> Self {
        Self::Article { slug: slug.to_owned() }
    }

    /// The first page of the list of articles in a category.
    pub fn category(slug: &str) -> Self {
        Self::Category { slug: slug.to_owned(), page: 1 }
    }

    pub fn previous(slug: &str) -> Self {
        Self::Neighbour { slug: slug.to_owned(), direction: Direction::Previous }
    }

    pub fn next(slug: &str) -> Self {
        Self::Neighbour { slug: slug.to_owned(), direction: Direction::Next }
    }

    pub fn draft(slug: &str, page: DraftPage) -> Self {
        Self::Draft { slug: slug.to_owned(), page }
    }

    pub fn receipt(receipt: &Receipt) -> Self {
        Self::Receipt { receipt: receipt.clone(), action: None }
    }

    /// The first page of the list of all questions.
    pub const QUESTIONS: Self = Self::Questions { category: None, page: 1 };

    /// Whether `link`, the target of a link in the navigation, is this page or a page of the same kind, such as another
    /// page of the same list. The navigation marks such a link.
    pub fn is_same_page(&self, link: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(link)
    }
}
