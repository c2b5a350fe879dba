//! The web layer, through which every request goes: request, response, cache policy, errors, forms, paging, the page
//! memory (finished pages that an isolate keeps), and `Portal` (what one request can use: settings, stores, clock).

mod cache_policy;
mod counted;
mod csv;
mod error;
mod forms;
mod page_cache;
mod paging;
mod parts;
mod portal;
mod request;
mod response;

pub use cache_policy::CachePolicy;
pub use counted::Counted;
pub use csv::{CSV, csv_head, push_csv_row};
pub use error::PageError;
pub use forms::{
    Checked, FieldChoice, FieldProblem, ForgedToken, FormField, FormProblems, FormRefusal,
    FormRules, SentFields, TooLongField, check_form, with_retry_hint, without_token,
};
pub use page_cache::answer_from_memory;
pub use paging::PageSize;
pub use parts::in_parts;
pub use portal::Portal;
pub use request::Request;
pub use response::{Body, Response, etag};
