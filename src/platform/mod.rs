//! The platform under the portal: KV, D1, e-mail and webhooks, the cache in front of the Worker, the clock, rate
//! limits, Web Crypto, and bounded memory. It knows nothing of articles, offices or editors.

mod binding;
mod bounded_read;
mod byte_stream;
mod clock;
mod database;
mod deadline;
mod edge_cache;
mod fetch;
mod log;
mod memory;
mod message;
mod rate_limit;
mod rows;
mod signature;
mod store;
mod thrown;
mod turnstile;

pub use bounded_read::read_up_to;
pub use byte_stream::{first, length, rest, skip};
pub use clock::{now, random_hex};
pub use database::{Database, DatabaseError, Rows, SqlValue, Statement};
pub use deadline::{pause, within};
pub use edge_cache::{EdgeCache, Purge, TAGS_OF_A_PURGE};
pub use fetch::fetch_up_to;
pub use log::{count_unlogged, error, info};
pub use memory::Memory;
pub use message::{post, send_email};
pub use rate_limit::allows;
pub use signature::is_signed;
pub use store::{BULK_KEYS, Revision, Store, StoreError};
pub use turnstile::{RobotCheckError, verify};
