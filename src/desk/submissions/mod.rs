//! The editors' side of submissions: the list, one submission with all its data, and the steps of handling it.
//! Triggers in the database enforce the rules; `pages` renders the pages.

mod answer;
mod change_request;
mod dossier;
mod erase;
mod export;
mod export_store;
mod list;
mod list_store;
mod one;
mod release;
mod release_page;
mod routes;
mod steps;
mod suspicion;

pub use routes::answer_submissions;
