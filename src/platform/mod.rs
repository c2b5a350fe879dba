//! The platform: KV, D1, e-mail and webhooks, the cache in front of the Worker, the clock, rate limits, and bounded
//! memory. It knows nothing of articles, offices or editors.

mod binding;
pub mod bounded_read;
pub mod byte_stream;
pub mod clock;
mod database;
mod deadline;
mod edge_cache;
pub mod log;
mod memory;
pub mod message;
pub mod rate_limit;
mod rows;
mod store;
mod thrown;
pub mod turnstile;

pub use database::{Database, DatabaseError, Rows, Statement, Value};
pub use deadline::{pause, within};
pub use edge_cache::{EdgeCache, Purge, TAGS as TAGS_OF_A_PURGE};
pub use memory::Memory;
pub use store::{BULK_KEYS, Revision, Store, StoreError};
pub use turnstile::RobotCheckError;
