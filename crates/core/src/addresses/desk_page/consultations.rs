//! The desk's pages about drafts, under `/bien-tap/du-thao`.

use super::super::methods::Methods;
use super::super::no_route::NoRoute;
use super::super::part::{Part, clause_code};
use super::super::query::QueryValues;
use super::super::segments::{known_id, known_slug};
use super::done::Done;
use super::missing_part::MissingPart;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskConsultationsPage {
    /// The list of all drafts with their consultations.
    All {
        /// The page number, counted from 1.
        page: u32,
    },
    /// The comments on one draft, with the forms to answer and release them.
    Comments { slug: String, part: CommentsPart, done: Option<Done> },
    /// The page about one comment, with the form to answer it.
    Comment { slug: String, id: i64, done: Option<Done> },
    /// The preview of the answers to the comments on a draft, with the forms to release the answers and to take the
    /// release back.
    Preview { slug: String, part: Part, done: Option<Done> },
}

/// Which comments on a draft a page shows: the filter, and the number of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentsPart {
    /// The id of a clause, or an empty text for comments on the whole draft; `None` for all comments.
    pub clause: Option<String>,
    /// If set, the page shows only comments that lack this part.
    pub lacking: Option<MissingPart>,
    /// The page number, counted from 1.
    pub page: u32,
    /// Whether the check boxes of all comments on the page are ticked when the page is opened.
    pub are_all_ticked: bool,
}

impl CommentsPart {
    /// The first page of the list of all comments.
    pub const ALL: Self = Self { clause: None, lacking: None, page: 1, are_all_ticked: false };
}

impl DeskConsultationsPage {
    /// The first page of the comments on a draft.
    pub fn of_draft(slug: &str) -> Self {
        Self::Comments { slug: slug.to_owned(), part: CommentsPart::ALL, done: None }
    }

    /// The first page of the preview of the answers on a draft.
    pub fn preview(slug: &str) -> Self {
        Self::Preview { slug: slug.to_owned(), part: Part::ALL, done: None }
    }

    /// Parses the path segments after `/bien-tap/du-thao`, and the query.
    pub fn parse(segments: &[&str], query: &QueryValues) -> Result<Self, NoRoute> {
        let done = Done::from_query(query);
        match *segments {
            [] => Ok(Self::All { page: query.page()? }),
            [slug] => {
                let Part { clause, page } = query.part()?;
                let lacking = query.get("con").map(MissingPart::from_code);
                let lacking = lacking.map(|known| known.ok_or(NoRoute::Nonsense)).transpose()?;
                let are_all_ticked = query.get("chon") == Some("tat-ca");
                let part = CommentsPart { clause, lacking, page, are_all_ticked };
                Ok(Self::Comments { slug: known_slug(slug)?, part, done })
            }
            [slug, "xem-truoc"] => {
                Ok(Self::Preview { slug: known_slug(slug)?, part: query.part()?, done })
            }
            [slug, id] => Ok(Self::Comment { slug: known_slug(slug)?, id: known_id(id)?, done }),
            _ => Err(NoRoute::Unknown),
        }
    }

    pub fn methods(&self) -> Methods {
        match self {
            Self::All { .. } => Methods::Read,
            _ => Methods::ReadAndPost,
        }
    }
}

/// Writes the part of the address after `/bien-tap/du-thao`.
impl std::fmt::Display for DeskConsultationsPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut query = Vec::new();
        let mut ask = |name: &str, value: Option<&str>| {
            query.extend(value.map(|value| format!("{name}={value}")));
        };
        let number = |page: u32| (page > 1).then(|| page.to_string());
        match self {
            Self::All { page } => ask("trang", number(*page).as_deref()),
            Self::Comments { slug, part, done } => {
                write!(f, "/{slug}")?;
                ask("dieu", part.clause.as_deref().map(clause_code));
                ask("con", part.lacking.map(MissingPart::code));
                ask("trang", number(part.page).as_deref());
                ask("chon", part.are_all_ticked.then_some("tat-ca"));
                ask("da", done.map(Done::code));
            }
            Self::Comment { slug, id, done } => {
                write!(f, "/{slug}/{id}")?;
                ask("da", done.map(Done::code));
            }
            Self::Preview { slug, part, done } => {
                write!(f, "/{slug}/xem-truoc")?;
                ask("dieu", part.clause.as_deref().map(clause_code));
                ask("trang", number(part.page).as_deref());
                ask("da", done.map(Done::code));
            }
        }
        if query.is_empty() { Ok(()) } else { write!(f, "?{}", query.join("&")) }
    }
}
