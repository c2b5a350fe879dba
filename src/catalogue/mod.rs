//! The catalogue: lists, search and related articles over all documents, and the sync that fills the catalogue from KV.
//! The catalogue can be rebuilt from the documents at any time.

mod drafts;
mod hot_index;
mod lists;
mod neighbours;
mod periods;
mod pictures;
mod public_article;
mod purge_changed;
mod purges;
mod read_hot_index;
mod related;
mod rows;
mod run_sync;
mod sitemap;
mod sync;

pub use drafts::{DraftList, ListedDraft, drafts};
pub use hot_index::{CategoryCount, HotIndex, ListedArticle, OpenConsultation};
pub use lists::{ListedArticles, Listing, Scope, categories, list};
pub use neighbours::{Neighbour, find_alias, neighbour};
pub use periods::{MonthCount, PER_PAGE};
pub use public_article::{as_public, public_article};
pub use read_hot_index::{hot_index, known_hot_index, read_hot_index};
pub use related::{Related, RelatedArticle, note_changed, related};
pub use rows::{category_word, document_hash};
pub use run_sync::{run_sync, sync_before};
pub use sitemap::{sitemap_months, sitemap_part};
