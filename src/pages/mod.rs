//! The pages: plain functions from data to markup. Everything readers see is written here, in
//! Vietnamese; what to show, and when, is decided by the callers.

mod article;
mod contact;
mod error;
mod feedback;
mod home;
mod layout;
mod lists;
mod parts;
mod privacy;
mod receipt;
mod site_map;

pub use article::{ArticlePage, article};
pub use contact::contact;
pub use error::error;
pub use feedback::{FeedbackPage, Notice, feedback};
pub use home::home;
pub use layout::Frame;
pub use lists::{all_articles, category};
pub use privacy::privacy;
pub use receipt::receipt;
pub use site_map::site_map;
