//! The desk's pages about submissions, under `/bien-tap/y-kien`.

use super::super::methods::Methods;
use super::super::no_route::NoRoute;
use super::super::query::QueryValues;
use super::super::segments::known_id;
use super::done::Done;
use super::submission_filter::SubmissionFilter;
use crate::codes;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmissionsPage {
    /// The list of submissions. A form sent to this address finds a submission by its receipt code. The code must not
    /// appear in addresses, because addresses are kept in logs and browser histories.
    List {
        filter: SubmissionFilter,
        /// The page number, counted from 1.
        page: u32,
    },
    /// All submissions that match the filter, as a CSV table.
    Csv {
        filter: SubmissionFilter,
        /// Whether the table contains the names and contact data of the senders.
        with_senders: bool,
    },
    One {
        id: i64,
        done: Option<Done>,
    },
    Step {
        id: i64,
        step: SubmissionStep,
    },
}

/// A step in the handling of a submission for which the desk has a separate page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmissionStep {
    Answer,
    Release,
    Erase,
}

// The codes in addresses.
codes!(SubmissionStep { Answer = "tra-loi", Release = "cong-bo", Erase = "xoa" });

impl SubmissionsPage {
    /// Parses the path segments after `/bien-tap`, and the query.
    pub fn parse(segments: &[&str], query: &QueryValues) -> Result<Self, NoRoute> {
        Ok(match segments {
            ["y-kien"] => {
                Self::List { filter: SubmissionFilter::parse(query)?, page: query.page()? }
            }
            ["y-kien.csv"] => Self::Csv {
                filter: SubmissionFilter::parse(query)?,
                with_senders: query.get("kem") == Some("nguoi-gui"),
            },
            ["y-kien", id] => Self::One { id: known_id(id)?, done: Done::from_query(query) },
            ["y-kien", id, step] => Self::Step {
                id: known_id(id)?,
                step: SubmissionStep::from_code(step).ok_or(NoRoute::Unknown)?,
            },
            _ => return Err(NoRoute::Unknown),
        })
    }

    pub fn methods(&self) -> Methods {
        match self {
            Self::Csv { .. } => Methods::Read,
            _ => Methods::ReadAndPost,
        }
    }
}

/// Writes the part of the address after `/bien-tap`.
impl std::fmt::Display for SubmissionsPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::List { filter, page: 1 } => write!(f, "/y-kien{}", filter.query(&[])),
            Self::List { filter, page } => {
                write!(f, "/y-kien{}", filter.query(&[("trang", &page.to_string())]))
            }
            Self::Csv { filter, with_senders: false } => {
                write!(f, "/y-kien.csv{}", filter.query(&[]))
            }
            Self::Csv { filter, with_senders: true } => {
                write!(f, "/y-kien.csv{}", filter.query(&[("kem", "nguoi-gui")]))
            }
            Self::One { id, done: None } => write!(f, "/y-kien/{id}"),
            Self::One { id, done: Some(done) } => write!(f, "/y-kien/{id}?da={}", done.code()),
            Self::Step { id, step } => write!(f, "/y-kien/{id}/{}", step.code()),
        }
    }
}
