//! The documents as editors look after them: which there are and in what state, where their old addresses
//! lead, what is wrong with one. What of it is read from KV, and how it looks, is left to the callers.

mod aliases;
mod excerpt;
mod list;
mod list_sql;
mod old_addresses;

pub use aliases::{Alias, Known, Outcome, aliases, known};
pub use excerpt::{ExcerptLine, excerpt};
pub use list::{Counts, Listed, ListedArticle, Listing, PAGE_SIZE, list};
pub use old_addresses::{Claimant, OldAddress, OldAddresses, old_addresses};
