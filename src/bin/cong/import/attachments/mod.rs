//! Pictures and attachments: found on disk where an article names them, and put into `files/` under names
//! of their own.

mod disk;
mod kind;
mod shelf;

pub use disk::Disk;
pub use kind::{extension_in, names_a_file};
pub use shelf::{Shelf, Wanted};
