//! A content folder on disk, with `articles/` and `files/`, and the KV key of each file in it. The contents of
//! documents are not parsed here.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cong_core::article::{is_file_name, is_slug};
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::language::{cannot_read, say};

/// The maximum size of a value in KV, in bytes. A larger file cannot be uploaded.
pub const MAX_VALUE_BYTES: u64 = 25 * 1024 * 1024;

/// The documents and files of a content folder, and the files that cannot be uploaded, each sorted by path. Every
/// document and file has a unique key that KV accepts.
#[derive(Debug, Default)]
pub struct Folder {
    pub documents: Vec<Document>,
    pub files: Vec<Attachment>,
    /// Files in `articles/` or `files/` that cannot be uploaded.
    pub misfits: Vec<Misfit>,
}

/// A document, which may have errors, because it is not parsed here.
#[derive(Debug)]
pub struct Document {
    pub slug: String,
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// A file that articles may use.
#[derive(Debug)]
pub struct Attachment {
    pub name: String,
    pub path: PathBuf,
    /// The size in bytes.
    pub size: u64,
}

/// A file that cannot be uploaded, and the reason.
#[derive(Debug)]
pub struct Misfit {
    pub path: PathBuf,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The file is in `articles/`, but its name does not end in `.md` or `.json`.
    NoDocument,
    /// The name of the document is not a slug.
    NoSlug,
    /// The name of the file is not allowed in `FILES`.
    NoFileName,
    /// The file at this path has the same key.
    SameKey(PathBuf),
    /// The file has this size in bytes, which is more than a value in KV can have.
    TooLarge(u64),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::NoDocument => say!(
                "không phải bài: tên tệp bài kết thúc bằng .md hoặc .json",
                "this is not a document: the name of a document ends in .md or .json"
            ),
            Self::NoSlug => say!(
                "tên bài chỉ được gồm a-z, 0-9 và dấu -, dài nhất 120 ký tự",
                "the name of a document may contain only a-z, 0-9 and hyphens, at most 120 characters"
            ),
            Self::NoFileName => say!(
                "tên tệp không dùng được: dài quá 512 byte, hoặc có dấu \\ hay ký tự điều khiển",
                "the name cannot be used: longer than 512 bytes, or with a backslash or a control character"
            ),
            Self::SameKey(other) => say!(
                "trùng tên với {}: chỉ một tệp được đưa lên",
                "{} has the same name: only one of them can be uploaded",
                other.display()
            ),
            Self::TooLarge(size) => say!(
                "tệp lớn {} MiB; tối đa 25 MiB",
                "the file has {} MiB; at most 25 MiB are possible",
                size.div_ceil(1024 * 1024)
            ),
        })
    }
}

impl Folder {
    /// Reads a content folder with `articles/`, `files/` or both, and their subfolders. Files and folders whose names
    /// begin with a dot are skipped: they belong to the operating system or to a text editor.
    ///
    /// # Errors
    /// The folder has neither `articles/` nor `files/`, or something in them cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        let [articles, files] = ["articles", "files"].map(|name| path.join(name));
        if !articles.is_dir() && !files.is_dir() {
            bail!(say!(
                "Không có thư mục articles hay files trong {}",
                "There is no folder articles/ or files/ in {}",
                path.display()
            ));
        }
        let mut misfits = Vec::new();
        let documents = keyed(&articles, slug_of, &mut misfits)?;
        let documents = documents.into_par_iter().map(|(slug, path, _)| {
            let bytes = fs::read(&path).with_context(|| cannot_read(&path))?;
            Ok(Document { slug, path, bytes })
        });
        let documents = documents.collect::<Result<_>>()?;
        let files = keyed(&files, name_of, &mut misfits)?.into_iter();
        let files = files.map(|(name, path, size)| Attachment { name, path, size }).collect();
        Ok(Self { documents, files, misfits })
    }
}

/// The key of a document in `articles/`, which is its slug.
///
/// # Errors
/// The file is not a document, or its name is not a slug.
pub fn slug_of(path: &Path) -> Result<String, Reason> {
    let is_document = path.extension().is_some_and(|kind| kind == "md" || kind == "json");
    let slug = path.file_stem().and_then(|stem| stem.to_str());
    match slug {
        _ if !is_document => Err(Reason::NoDocument),
        Some(slug) if is_slug(slug) => Ok(slug.to_owned()),
        _ => Err(Reason::NoSlug),
    }
}

fn name_of(path: &Path) -> Result<String, Reason> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.filter(|name| is_file_name(name)).map(str::to_owned).ok_or(Reason::NoFileName)
}

/// Returns the key, the path and the size in bytes of each file in a folder and its subfolders. A file that has no
/// valid key or is too large is added to `misfits` instead.
fn keyed(
    folder: &Path,
    key_of: impl Fn(&Path) -> Result<String, Reason>,
    misfits: &mut Vec<Misfit>,
) -> Result<Vec<(String, PathBuf, u64)>> {
    let mut keyed = Vec::new();
    let mut taken: HashMap<String, PathBuf> = HashMap::new();
    for (path, size) in files_below(folder)? {
        let key = key_of(&path).and_then(|key| match taken.get(&key) {
            Some(other) => Err(Reason::SameKey(other.clone())),
            None if size > MAX_VALUE_BYTES => Err(Reason::TooLarge(size)),
            None => Ok(key),
        });
        match key {
            Ok(key) => {
                taken.insert(key.clone(), path.clone());
                keyed.push((key, path, size));
            }
            Err(reason) => misfits.push(Misfit { path, reason }),
        }
    }
    Ok(keyed)
}

/// Returns the path and the size in bytes of each file in a folder and its subfolders, sorted by path. The list is
/// empty if the folder does not exist.
pub fn files_below(folder: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let is_hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let entries =
        walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    for entry in entries {
        let entry = entry.with_context(|| cannot_read(folder))?;
        if entry.file_type().is_file() {
            let size = entry.metadata().with_context(|| cannot_read(entry.path()))?.len();
            files.push((entry.into_path(), size));
        }
    }
    Ok(files)
}
