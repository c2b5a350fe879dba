//! Stores files in the folder `files/` of the content folder. Each file gets a unique name, and no existing file is
//! overwritten.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use cong_core::vietnamese::slug;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use super::file_type::{extension_in, extension_of};
use crate::import_error::ImportError;
use crate::report::FileRefusal;
use crate::write_file::write_file;

/// The maximum size of a file, in bytes, which is that of a value in KV. A larger file is not copied.
const MAX_BYTES: usize = 25 * 1024 * 1024;
const MAX_STEM: usize = 100;

/// File names (without extension) that say nothing about the content of the file, such as `download`.
const EMPTY_NAMES: &str = "\
    download getfile viewfile file files attachment handler default index image get displayfile \
    downloadfile tai-ve";

/// The folder `files/`, and the files that this import has stored in it.
pub struct FileShelf {
    folder: PathBuf,
    is_dry: bool,
    /// The SHA-256 of each file that this import has stored, by file name.
    taken: HashMap<String, [u8; 32]>,
}

/// A file to be stored, and the texts from which its name is made.
pub struct NewFile<'a> {
    pub bytes: &'a [u8],
    /// The address or path from which the file was read.
    pub address: &'a str,
    /// The text of a link to the file; may be empty.
    pub title: &'a str,
    /// The slug of the document that refers to the file.
    pub slug: &'a str,
}

impl FileShelf {
    pub fn new(folder: PathBuf, is_dry: bool) -> Self {
        Self { folder, is_dry, taken: HashMap::new() }
    }

    /// Stores a file and returns its name. If the same file exists already, returns the name of that file. The inner
    /// error says why the file was refused.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put(&mut self, file: &NewFile<'_>) -> Result<Result<String, FileRefusal>, ImportError> {
        if file.bytes.len() > MAX_BYTES {
            return Ok(Err(FileRefusal::TooLarge));
        }
        let last = last_name(file.address);
        let hint = if extension_in(file.title).is_some() { file.title } else { &last };
        let Some(extension) = extension_of(file.bytes, hint) else {
            return Ok(Err(FileRefusal::UnknownType));
        };
        let stem = stem(file, &last);
        let digest: [u8; 32] = Sha256::digest(file.bytes).into();
        for number in 1.. {
            let name = if number == 1 {
                format!("{stem}.{extension}")
            } else {
                format!("{stem}-{number}.{extension}")
            };
            match self.taken.get(&name) {
                Some(there) if *there == digest => return Ok(Ok(name)),
                Some(_) => continue,
                None => {}
            }
            let path = self.folder.join(&name);
            // Symbolic links are not followed. If anything but the same file has this name, it is kept, and the next
            // name is tried.
            if let Ok(there) = fs::symlink_metadata(&path) {
                let is_same = there.is_file()
                    && fs::read(&path).is_ok_and(|bytes| Sha256::digest(bytes)[..] == digest);
                if !is_same {
                    continue;
                }
            } else if !self.is_dry {
                write_file(&path, file.bytes)?;
            }
            self.taken.insert(name.clone(), digest);
            return Ok(Ok(name));
        }
        unreachable!("numbers do not end")
    }
}

/// The file name in an address: a value in the query that ends in a file extension, or else the last path segment.
fn last_name(address: &str) -> String {
    let address = percent_decode_str(address).decode_utf8_lossy().into_owned();
    let (path, query) = address.split_once(['?', '@']).unwrap_or((&address, ""));
    let in_query = query.split('&').filter_map(|part| part.split_once('=')).map(|(_, value)| value);
    let name = in_query.into_iter().find(|value| extension_in(value).is_some()).unwrap_or(path);
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn stem(file: &NewFile<'_>, last: &str) -> String {
    let stem_of = |name: &str| match name.rsplit_once('.') {
        Some((stem, end)) if end.len() <= 5 && !end.contains(' ') => slug(stem),
        _ => slug(name),
    };
    let mut stems = [stem_of(last), stem_of(file.title)].into_iter();
    let is_telling = |stem: &String| {
        stem.len() >= 2
            && !EMPTY_NAMES.split(' ').any(|empty| empty == stem)
            && stem.contains(|c: char| c.is_ascii_alphabetic())
    };
    let stem = stems.find(is_telling).unwrap_or_else(|| format!("{}-tep", file.slug));
    stem.chars().take(MAX_STEM).collect::<String>().trim_matches('-').to_owned()
}
