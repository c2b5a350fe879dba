//! The editors' side of submissions: the list, the page of one submission with all its data, and the steps of handling
//! it, such as answering and releasing. Triggers in the database enforce the rules for these steps.

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
