//! The pages about a draft other than the page of its article, under `/du-thao/<slug>/`.

use super::no_route::NoRoute;
use super::part::Part;
use super::query::QueryValues;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftPage {
    /// The public comments on the draft.
    Comments(Part),
    /// The answers to the comments, once they are public.
    Answers(Part),
    /// All answers as a CSV table.
    AnswersCsv,
    /// The comparison of the draft with the legal document that was issued.
    Comparison {
        /// The page number, counted from 1.
        page: u32,
    },
    /// The page about the ledger: its seals, and how they are computed.
    Record,
    /// The export of the ledger, with which anybody can verify it.
    RecordExport,
}

impl DraftPage {
    /// Parses the last path segment, and the query.
    pub fn parse(name: &str, query: &QueryValues) -> Result<Self, NoRoute> {
        Ok(match name {
            "y-kien" => Self::Comments(query.part()?),
            "tiep-thu" => Self::Answers(query.part()?),
            "tiep-thu.csv" => Self::AnswersCsv,
            "so-sanh" => Self::Comparison { page: query.page()? },
            "so-cai" => Self::Record,
            "so-cai.jsonl" => Self::RecordExport,
            _ => return Err(NoRoute::Unknown),
        })
    }
}

/// Writes the last path segment of the address, and the query.
impl std::fmt::Display for DraftPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Comments(part) => write!(f, "y-kien{part}"),
            Self::Answers(part) => write!(f, "tiep-thu{part}"),
            Self::AnswersCsv => f.write_str("tiep-thu.csv"),
            Self::Comparison { page: 1 } => f.write_str("so-sanh"),
            Self::Comparison { page } => write!(f, "so-sanh?trang={page}"),
            Self::Record => f.write_str("so-cai"),
            Self::RecordExport => f.write_str("so-cai.jsonl"),
        }
    }
}
