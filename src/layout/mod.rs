//! The page frame (header, navigation, footer) of every public page, and parts that several pages share.

mod appearance;
mod error;
mod frame;
mod head;
mod json_ld;
mod metadata;
mod page;
mod parts;
mod public_page;
mod time;

pub use appearance::{appearance, web_app_manifest};
pub use error::error_page;
pub use frame::{Frame, Within};
pub use head::Head;
pub use metadata::article_metadata;
pub use page::{layout, layout_with, phone_digits};
pub use parts::{
    as_written, breadcrumb, cards, category_link, entries, feed_links, file_kind, foreign, latest,
    page_links, page_links_in, print_head,
};
pub use public_page::{frame, public_page};
pub use time::{date, date_time};
