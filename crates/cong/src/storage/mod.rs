//! The storage of a local or deployed portal, read and written through wrangler: `portal_storage` calls wrangler for
//! either, `values` works with the KV namespaces, and `databases` with D1.

mod advice;
mod databases;
mod parts;
mod portal_storage;
mod values;

pub use databases::{Database, Row};
pub use parts::Pair;
pub use portal_storage::{Namespace, Storage, private_file};
pub use values::{Listed, MAX_KEYS_AT_ONCE};
