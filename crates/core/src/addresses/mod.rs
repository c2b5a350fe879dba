//! The addresses of all pages: `Route` is a page with its parameters, `RequestedAddress` parses an address, `Display`
//! of `Route` writes it, and `RouteRules` contains the methods of the page, its cache tag, and whether search engines
//! may index it.
//!
//! An address that is not in the canonical form of its page (upper case, trailing slash, needless percent-encoding) is
//! redirected to that form. The target of the redirect is always built from the parsed route, never from the received
//! address.

mod about;
mod alias;
mod cache_tag;
mod desk_page;
mod draft_page;
mod feed_format;
mod list_period;
mod methods;
mod no_route;
mod old_address;
mod parse;
mod part;
mod print;
mod query;
mod route;
mod rules;
mod search_query;
mod segments;
#[cfg(test)]
mod tests;

pub use about::About;
pub use alias::alias_address;
pub use cache_tag::CacheTag;
pub use desk_page::{
    ArticleFilter, ArticleState, ArticlesPage, CommentsPart, DeskConsultationsPage, DeskPage, Done,
    DueFilter, MAX_WORDS_CHARS, MissingPart, StateFilter, SubmissionFilter, SubmissionStep,
    SubmissionsPage, SuspicionFilter,
};
pub use draft_page::DraftPage;
pub use feed_format::FeedFormat;
pub use list_period::ListPeriod;
pub use methods::{Method, Methods};
pub use no_route::NoRoute;
pub use old_address::{Holder, fixed_paths, holder};
pub use parse::{AddressArea, Matched, RequestedAddress};
pub use part::{Part, clause_code};
pub use route::{Direction, Route};
pub use rules::RouteRules;
pub use search_query::{MAX_SEARCH_CHARS, Searched};
