//! The pages of the desk, with their parameters.

use super::super::methods::Methods;
use super::super::no_route::NoRoute;
use super::super::query::QueryValues;
use super::article_filter::{ArticleFilter, ArticleState};
use super::articles::ArticlesPage;
use super::consultations::DeskConsultationsPage;
use super::done::Done;
use super::submission_filter::SubmissionFilter;
use super::submissions::{SubmissionStep, SubmissionsPage};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskPage {
    /// The first page of the desk: submissions that are due soon, drafts that close soon, documents with errors.
    Today { done: Option<Done> },
    /// The list of documents, and the pages about each.
    Articles(ArticlesPage),
    /// The list of submissions, and the pages about each.
    Submissions(SubmissionsPage),
    /// The list of drafts, and the pages about the comments on each and their answers.
    Consultations(DeskConsultationsPage),
}

impl DeskPage {
    pub fn submissions() -> Self {
        Self::listed(SubmissionFilter::default())
    }

    /// The first page of the list of submissions with this filter.
    pub fn listed(filter: SubmissionFilter) -> Self {
        Self::Submissions(SubmissionsPage::List { filter, page: 1 })
    }

    pub fn submission(id: i64) -> Self {
        Self::Submissions(SubmissionsPage::One { id, done: None })
    }

    pub fn step(id: i64, step: SubmissionStep) -> Self {
        Self::Submissions(SubmissionsPage::Step { id, step })
    }

    pub const TODAY: Self = Self::Today { done: None };
    pub const CONSULTATIONS: Self = Self::Consultations(DeskConsultationsPage::All { page: 1 });

    pub const ARTICLES: Self =
        Self::Articles(ArticlesPage::List { filter: ArticleFilter::NONE, page: 1, done: None });

    /// The first page of the list of documents in one state.
    pub fn articles_in(state: ArticleState) -> Self {
        let filter = ArticleFilter { state: Some(state), ..ArticleFilter::NONE };
        Self::Articles(ArticlesPage::List { filter, page: 1, done: None })
    }

    pub fn article(slug: &str) -> Self {
        Self::Articles(ArticlesPage::Article { slug: slug.to_owned(), page: 1 })
    }

    /// Parses the path segments after `/bien-tap`, and the query.
    pub fn parse(segments: &[&str], query: &QueryValues) -> Result<Self, NoRoute> {
        match segments {
            [] => Ok(Self::Today { done: Done::from_query(query) }),
            ["bai-viet", rest @ ..] => ArticlesPage::parse(rest, query).map(Self::Articles),
            ["y-kien" | "y-kien.csv", ..] => {
                SubmissionsPage::parse(segments, query).map(Self::Submissions)
            }
            ["du-thao", rest @ ..] => {
                Ok(Self::Consultations(DeskConsultationsPage::parse(rest, query)?))
            }
            _ => Err(NoRoute::Unknown),
        }
    }

    pub fn methods(&self) -> Methods {
        match self {
            Self::Today { .. } => Methods::ReadAndPost,
            Self::Articles(page) => page.methods(),
            Self::Submissions(page) => page.methods(),
            Self::Consultations(page) => page.methods(),
        }
    }
}

/// The address of the page: path and query.
impl std::fmt::Display for DeskPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Today { done: None } => f.write_str("/bien-tap"),
            Self::Today { done: Some(done) } => write!(f, "/bien-tap?da={}", done.code()),
            Self::Articles(page) => write!(f, "/bien-tap/bai-viet{page}"),
            Self::Submissions(page) => write!(f, "/bien-tap{page}"),
            Self::Consultations(page) => write!(f, "/bien-tap/du-thao{page}"),
        }
    }
}

/// In templates, a page of the desk is rendered as its address.
impl maud::Render for DeskPage {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().render_to(buffer);
    }
}
