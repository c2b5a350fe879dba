//! A hash of files, which shows whether the inputs of a step have changed since its last run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cong_core::digest::to_hex;
use sha2::{Digest, Sha256};

use crate::language::cannot_read;

/// A hash of the paths of the files, relative to `root`, and of their contents.
pub fn hash_files(root: &Path, mut files: Vec<PathBuf>) -> Result<String> {
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        let content = fs::read(&file).with_context(|| cannot_read(&file))?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update((content.len() as u64).to_be_bytes());
        hasher.update(content);
    }
    Ok(to_hex(&hasher.finalize()))
}

/// Adds all files in a folder and its subfolders to `files`.
pub fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| cannot_read(folder))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
