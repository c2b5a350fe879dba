//! Feeds and XML site maps.

mod feed;
mod formats;
mod sitemaps;

pub use feed::feed;
pub use formats::{Feed, FeedEntry, write_feed};
pub use sitemaps::{sitemap_index, sitemap_month, sitemap_pages};
