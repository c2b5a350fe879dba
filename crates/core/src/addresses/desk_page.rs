//! The pages of the desk, under `/bien-tap`: their addresses, and the messages about completed actions.

mod article_filter;
mod articles;
mod consultations;
mod missing_part;
mod submission_filter;
mod submissions;

pub use article_filter::{ArticleFilter, ArticleState};
pub use articles::ArticlesPage;
pub use consultations::{CommentsPart, DeskConsultationsPage};
pub use missing_part::MissingPart;
pub use submission_filter::{
    DueFilter, MAX_WORDS_CHARS, StateFilter, SubmissionFilter, SuspicionFilter,
};
pub use submissions::{SubmissionStep, SubmissionsPage};

use super::{NoRoute, QueryValues};

/// A page of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskPage {
    /// The first page: submissions due soon, drafts closing soon, broken documents.
    Today { done: Option<Done> },
    /// The list of documents, and the pages about each.
    Articles(ArticlesPage),
    /// The submissions.
    Submissions(SubmissionsPage),
    /// The drafts with their comments and answers.
    Consultations(DeskConsultationsPage),
}

/// A completed action, about which the next page shows a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The sync has run.
    Synced,
    /// The sync has not run: it failed, or another run is active.
    NotSynced,
    /// A submission is in progress, or in progress again.
    Started,
    PassedOn,
    FoundNoSpam,
    FoundSpam,
    Answered,
    AnswerChanged,
    Released,
    ReleaseChanged,
    TakenBack,
    IdentityErased,
    SubmissionErased,
    /// Comments on a draft were answered.
    CommentsAnswered,
    /// Comments on a draft were made public.
    CommentsReleased,
    /// The public text of a comment on a draft was removed.
    CommentTakenBack,
    /// The answers to a draft's comments were released, and become public in some minutes.
    AnswersReleased,
    /// The release was taken back before the answers became public.
    AnswersHeldBack,
    /// The release was taken back after the answers became public.
    AnswersTakenBack,
}

impl Done {
    const ALL: &[(Self, &'static str)] = &[
        (Self::Synced, "dong-bo"),
        (Self::NotSynced, "chua-dong-bo"),
        (Self::Started, "xu-ly"),
        (Self::PassedOn, "chuyen"),
        (Self::FoundNoSpam, "khong-rac"),
        (Self::FoundSpam, "la-rac"),
        (Self::Answered, "tra-loi"),
        (Self::AnswerChanged, "sua-tra-loi"),
        (Self::Released, "cong-bo"),
        (Self::ReleaseChanged, "sua-cong-bo"),
        (Self::TakenBack, "thu-hoi"),
        (Self::IdentityErased, "xoa-nguoi-gui"),
        (Self::SubmissionErased, "xoa-y-kien"),
        (Self::CommentsAnswered, "tra-loi-y-kien"),
        (Self::CommentsReleased, "cong-bo-y-kien"),
        (Self::CommentTakenBack, "thu-hoi-y-kien"),
        (Self::AnswersReleased, "cong-bo-tra-loi"),
        (Self::AnswersHeldBack, "giu-lai-tra-loi"),
        (Self::AnswersTakenBack, "thu-hoi-tra-loi"),
    ];

    /// The code in addresses: `da=dong-bo`.
    fn code(self) -> &'static str {
        Self::ALL.iter().find(|(done, _)| *done == self).map_or("", |(_, code)| code)
    }

    /// The action in a query; `None` for unknown codes.
    fn from_query(query: &QueryValues) -> Option<Self> {
        let code = query.get("da")?;
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(done, _)| *done)
    }
}

impl DeskPage {
    /// The desk's first page.
    pub const TODAY: Self = Self::Today { done: None };
    /// The first page of all drafts.
    pub const CONSULTATIONS: Self = Self::Consultations(DeskConsultationsPage::All { page: 1 });

    /// The first page of all articles.
    pub const ARTICLES: Self =
        Self::Articles(ArticlesPage::List { filter: ArticleFilter::NONE, page: 1, done: None });

    /// The articles in one state.
    pub fn articles_in(state: ArticleState) -> Self {
        let filter = ArticleFilter { state: Some(state), ..ArticleFilter::NONE };
        Self::Articles(ArticlesPage::List { filter, page: 1, done: None })
    }

    /// The page about one article.
    pub fn article(slug: &str) -> Self {
        Self::Articles(ArticlesPage::Article { slug: slug.to_owned(), page: 1 })
    }

    /// Parses the path segments after `/bien-tap`, and the query.
    pub(super) fn parse(segments: &[&str], query: &QueryValues) -> Result<Self, NoRoute> {
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

    /// The methods that the page accepts, in the form of the header `Allow`.
    pub fn methods(&self) -> &'static str {
        match self {
            Self::Today { .. } => "GET, HEAD, POST",
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

/// In templates a page of the desk is rendered as its address.
impl maud::Render for DeskPage {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().render_to(buffer);
    }
}
