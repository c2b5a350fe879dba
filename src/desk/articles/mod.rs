//! The editors' view of the documents: the list with their states, where their old addresses lead, and excerpts
//! around errors. The callers read KV and render the pages.

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
