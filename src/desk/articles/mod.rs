//! The desk's pages about documents: the list of all documents with their states, the page and the preview of each, and
//! the old addresses that do not lead to their article.

mod aliases;
mod article;
mod article_page;
mod excerpt;
mod list;
mod list_sql;
mod list_store;
mod old_addresses;
mod old_addresses_store;
mod problems;
mod ratings;

pub use list::{document_link, respond};
pub use problems::problem_list;
