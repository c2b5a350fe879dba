use std::fs;
use std::path::Path;

use super::import_error::ImportError;

/// Writes a file. Creates its folder if it is missing.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ImportError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|cause| ImportError::Unwritable { path: path.to_owned(), cause })
}
