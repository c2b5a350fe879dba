//! The desk, the editors' side of the portal. Cloudflare Access signs editors in, and `access` checks its tokens.

pub mod access;
mod articles;
mod consultations;
mod daily;
mod due_soon;
mod editor;
mod form_token;
mod layout;
mod redaction;
mod request;
mod routes;
mod stored_problem;
mod submissions;
mod sync;
mod sync_progress;
mod today;
mod trail;

pub use daily::tell_editors;
pub use routes::answer;
