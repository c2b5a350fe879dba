//! The pages of the desk, under `/bien-tap`: their addresses, and the messages about completed actions.

mod article_filter;
mod articles;
mod consultations;
mod done;
mod missing_part;
mod page;
mod submission_filter;
mod submissions;

pub use article_filter::{ArticleFilter, ArticleState};
pub use articles::ArticlesPage;
pub use consultations::{CommentsPart, DeskConsultationsPage};
pub use done::Done;
pub use missing_part::MissingPart;
pub use page::DeskPage;
pub use submission_filter::{
    DueFilter, MAX_WORDS_CHARS, StateFilter, SubmissionFilter, SuspicionFilter,
};
pub use submissions::{SubmissionStep, SubmissionsPage};
