//! What every request goes through: request, response, cache policy, errors, the checks of forms, the page memory, and
//! `Portal`.

mod cache_policy;
mod counted;
mod error;
pub mod forms;
mod page_cache;
mod portal;
mod request;
mod response;

pub use cache_policy::CachePolicy;
pub use counted::Counted;
pub use error::PageError;
pub use page_cache::answer as answer_from_memory;
pub use portal::Portal;
pub use request::{BodyError, Request};
pub use response::{Body, Response, etag};
