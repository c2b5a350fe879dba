//! The editors' side of consultations: the list of drafts, the comments on each draft, their answers, and the release
//! of the answers, which become public ten minutes later. The public side is in `crate::consultations`.

mod changes;
mod comment;
mod comments;
mod comments_page;
mod comments_store;
mod draft;
mod draft_request;
mod fields;
mod input;
mod list;
mod list_store;
mod parts;
mod preview;
mod release;
mod release_store;
mod routes;

pub use list_store::MOST;
pub use routes::answer;
