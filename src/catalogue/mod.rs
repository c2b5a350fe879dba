//! The catalogue: lists, search and related articles over all documents, and the sync that derives it from KV. It
//! can be rebuilt from the documents at any time.

mod drafts;
mod hot_index;
mod lists;
mod neighbours;
mod periods;
mod pictures;
mod purges;
mod related;
mod rows;
pub mod search;
mod sitemap;
mod sync;

pub use drafts::{Draft, DraftList, ListedDraft, drafts};
pub use hot_index::KEY as HOT_INDEX_KEY;
pub use hot_index::{CategoryCount, Entry, HotIndex, OpenConsultation, TimedNotice};
pub use lists::{Listed, Listing, Scope, categories, list};
pub use neighbours::{Neighbour, find_alias, neighbour};
pub use periods::MonthCount;
pub use purges::{drop_purges, due_purges, note_purges};
pub use related::{Related, RelatedArticle, note_changed, related};
pub use rows::document_hash;
pub use sitemap::{SitemapMonth, SitemapRow, sitemap_months, sitemap_part};
pub use sync::{Report, Stores, SyncBudget, SyncError, sync};
