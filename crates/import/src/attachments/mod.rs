//! Pictures and attachments: finds the files to which an article refers, and copies them to `files/` under unique
//! names.

mod file_shelf;
mod file_type;
mod folder_index;

pub use file_shelf::{FileShelf, NewFile};
pub use file_type::{extension_in, names_a_file};
pub use folder_index::FolderIndex;
