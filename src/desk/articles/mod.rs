//! The editors' view of the documents: the list with their states, where their old addresses lead, and excerpts
//! around errors. The callers read KV and render the pages.

mod aliases;
mod excerpt;
mod list;
mod list_sql;
mod old_addresses;

pub use aliases::{Alias, Known, Outcome, aliases, known};
pub use excerpt::{ExcerptLine, excerpt};
pub use list::{Counts, Listed, ListedArticle, Listing, PAGE_SIZE, list};
pub use old_addresses::{Claimant, OldAddress, OldAddresses, old_addresses};
