//! The reason why an import ended early.

use std::io;
use std::path::PathBuf;

/// The reason why an import ended early.
#[derive(Debug)]
pub enum ImportError {
    NoThread(io::Error),
    Unwritable { path: PathBuf, cause: io::Error },
}
