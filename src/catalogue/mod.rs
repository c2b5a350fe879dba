//! All articles together: brought in line with KV, listed, and summed up for the pages that
//! everybody reads. Everything here is derived and can be rebuilt from the documents.

mod alias;
mod hot_index;
mod lists;
mod rows;
mod sync;

pub use alias::alias_address;
pub use hot_index::KEY as HOT_INDEX_KEY;
pub use hot_index::{CategoryCount, Entry, HotIndex, OpenConsultation, TimedNotice};
pub use lists::{
    Direction, Listing, Neighbour, categories, find_alias, list_all, list_category, neighbour,
};
pub use sync::{Report, SyncError, sync};
