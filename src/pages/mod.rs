//! The pages: plain functions from data to markup. Everything readers see is written here, in
//! Vietnamese; what to show, and when, is decided by the callers.

mod article;
mod comparison;
mod contact;
mod error;
mod feed_content;
mod feedback;
mod home;
mod json_ld;
mod layout;
mod lists;
mod lookup;
mod metadata;
mod parts;
mod privacy;
mod questions;
mod rating;
mod receipt;
mod receipt_action;
mod search;
mod site_map;

pub use article::{ArticlePage, article};
pub use comparison::{ComparisonPage, Document, comparison};
pub use contact::contact;
pub use error::error;
pub use feed_content::feed_content;
pub use feedback::{FeedbackPage, Notice, feedback};
pub use home::home;
pub use layout::Frame;
pub use lists::{articles, category};
pub use lookup::{LookupPage, LookupProblem, lookup};
pub use privacy::privacy;
pub use questions::{question, question_in_feed, questions};
pub use rating::{RatingNotice, RatingPage, rating};
pub use receipt::{ReceiptPage, receipt};
pub use receipt_action::{ActionPage, ActionProblem, receipt_action};
pub use search::{Outcome, SearchPage, search};
pub use site_map::site_map;
