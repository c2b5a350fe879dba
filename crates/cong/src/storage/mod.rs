//! The storage of a local or deployed portal, read and written through wrangler: `portal_storage` knows where it is and
//! calls wrangler, `values` works with the KV namespaces, and `databases` with D1.

mod advice;
mod databases;
mod parts;
mod portal_storage;
mod values;

pub use databases::{Database, Row};
pub use parts::Pair;
pub use portal_storage::{Namespace, Storage, private_file};
pub use values::{Listed, MAX_KEYS_AT_ONCE};
