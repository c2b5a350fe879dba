use std::io;
use std::path::PathBuf;

/// The reason why an import could not be completed.
#[derive(Debug)]
pub enum ImportError {
    NoThread(io::Error),
    Unwritable { path: PathBuf, cause: io::Error },
}
