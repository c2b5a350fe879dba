//! Feeds and site maps in their formats. Handlers decide what they contain.

mod feed;
mod formats;
mod sitemaps;

pub use feed::feed;
pub use formats::{Feed, FeedEntry};
pub use sitemaps::{sitemap_index, sitemap_month, sitemap_pages};
