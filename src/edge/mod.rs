//! The platform: requests, responses, KV, D1, the clock, the isolate's memory. The only code that
//! names `worker` types, `lib.rs` aside; what to do with them is decided elsewhere.

mod access;
mod binding;
mod bounded;
pub mod byte_stream;
mod cache_policy;
mod clock;
mod database;
mod deadline;
mod edge_cache;
mod incoming;
mod log;
mod memory;
mod message;
mod portal;
mod rate_limit;
mod ready;
mod reply;
mod rows;
mod settings;
mod store;
mod thrown;
mod turnstile;

pub use cache_policy::CachePolicy;
pub use database::{Database, DatabaseError, Rows, Statement, Value};
pub use deadline::pause;
pub use edge_cache::{EdgeCache, Purge, TAGS as TAGS_OF_A_PURGE};
pub use incoming::{BodyError, Incoming};
pub use memory::Memory;
pub use portal::Portal;
pub use rate_limit::Counted;
pub use ready::answer as answer_from_memory;
pub use reply::{Body, Reply, etag};
pub use store::{BULK_KEYS, Revision, Store, StoreError};
pub use turnstile::RobotCheckError;
