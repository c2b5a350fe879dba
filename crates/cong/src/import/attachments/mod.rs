//! Pictures and attachments: finds the files that an article names, and copies them to `files/` under unique names.

mod disk;
mod kind;
mod shelf;

pub use disk::Disk;
pub use kind::{extension_in, names_a_file};
pub use shelf::{Shelf, Wanted};
