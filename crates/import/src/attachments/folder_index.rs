//! Finds the file below an imported folder to which an address in an article refers. Only files found by walking the
//! folder are known, so no address leads outside the folder.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use cong_core::vietnamese::nfc;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::imported_document::SourcePlace;

/// The maximum number of files in an index. Further files are ignored.
const MAX_FILES: usize = 500_000;

#[derive(Debug, Default)]
pub struct FolderIndex {
    /// The path on disk of each file, by its path relative to the imported folder (with slashes, in lower case).
    files: HashMap<String, PathBuf>,
    /// The relative paths of all files with the same name, by that name in lower case.
    by_name: HashMap<String, Vec<String>>,
}

impl FolderIndex {
    /// Walks the folder `root` without following symbolic links. Returns the index, the relative paths of all files,
    /// and messages about folders that could not be read.
    pub fn walk(root: &Path) -> (Self, Vec<String>, Vec<String>) {
        let mut index = Self::default();
        let (mut paths, mut problems) = (Vec::new(), Vec::new());
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    problems.push(format!("{}: {error}", folder.display()));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() && paths.len() < MAX_FILES {
                    let path = entry.path();
                    let relative = path
                        .strip_prefix(root)
                        .unwrap_or(&path)
                        .to_string_lossy()
                        .replace('\\', "/");
                    index.add(&relative, path);
                    paths.push(relative);
                }
            }
        }
        paths.sort();
        (index, paths, problems)
    }

    pub fn add(&mut self, relative: &str, path: PathBuf) {
        let key = key(relative);
        let name = key.rsplit('/').next().unwrap_or_default().to_owned();
        self.by_name.entry(name).or_default().push(key.clone());
        self.files.entry(key).or_insert(path);
    }

    /// The file to which `address`, found in the source at `place`, refers: its path on disk, and its path relative to
    /// the imported folder.
    pub fn find(&self, place: &SourcePlace, address: &str) -> Option<(&Path, String)> {
        let keys = self.candidates(place, address);
        let found = keys.into_iter().find(|key| self.files.contains_key(key));
        let by_ending =
            || self.by_ending(address).or_else(|| self.by_ending(&in_full_size(address)?));
        let found = found.or_else(|| place.by_ending.then(by_ending)?)?;
        Some((self.files.get(&found)?, found))
    }

    fn candidates(&self, place: &SourcePlace, address: &str) -> Vec<String> {
        let mut keys = Vec::new();
        let address = address.split('#').next().unwrap_or_default();
        let folder = place.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_relative = !address.starts_with('/') && Url::parse(address).is_err();
        if is_relative {
            keys.extend(with_query(address).into_iter().filter_map(|path| within(folder, &path)));
        }
        let absolute = match &place.url {
            Some(url) => url.join(address).ok(),
            None => Url::parse(address).ok(),
        };
        let path = absolute.as_ref().map_or(address, |url| &url[url::Position::BeforePath..]);
        let path = path.split('#').next().unwrap_or_default().trim_start_matches('/');
        let host = absolute.as_ref().and_then(Url::host_str).unwrap_or_default();
        for path in with_query(path) {
            keys.extend(within(host, &path).filter(|_| !host.is_empty()));
            keys.extend(within("", &path));
        }
        // Browsers save the files of a page in a folder beside it, `<name>_files`.
        let name =
            address.split('?').next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let page = place.path.rsplit('/').next().unwrap_or_default();
        let stem = page.rsplit_once('.').map_or(page, |(stem, _)| stem);
        if !name.is_empty() {
            keys.extend(within(folder, &format!("{stem}_files/{name}")));
        }
        keys
    }

    /// Returns the relative path of the file that has the most path segments at its end in common with an address.
    /// Returns `None` if two files have equally many.
    fn by_ending(&self, address: &str) -> Option<String> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let wanted = key(path);
        let parts: Vec<_> = wanted.rsplit('/').collect();
        let named = self.by_name.get(*parts.first()?)?;
        let shared =
            |key: &String| key.rsplit('/').zip(&parts).take_while(|(a, b)| a == *b).count();
        let most = named.iter().map(shared).max()?;
        let mut best = named.iter().filter(|key| shared(key) == most);
        let first = best.next()?;
        best.next().is_none().then(|| first.clone())
    }
}

/// Returns the address of the full-size picture for that of a scaled copy: `cam.jpg` for `cam-300x200.jpg`. WordPress
/// links to scaled copies, which may be missing in the folder of uploads.
fn in_full_size(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let (stem, extension) = path.rsplit_once('.')?;
    let (full, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{full}.{extension}"))
}

/// The paths of the files in which wget may have stored the page at `path`, which may contain a query. Without a query,
/// this is only `path` itself.
fn with_query(path: &str) -> Vec<String> {
    match path.split_once('?') {
        Some((file, query)) => {
            ["?", "@"].iter().map(|mark| format!("{file}{mark}{query}")).collect()
        }
        None => vec![path.to_owned()],
    }
}

/// Resolves `path` relative to `folder`. The result contains no `.` or `..`. Returns `None` if it would be outside the
/// imported folder.
fn within(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let path = key(path);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(key(&parts.join("/")))
}

fn key(path: &str) -> String {
    nfc(&percent_decode_str(path).decode_utf8_lossy()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(paths: &[&str]) -> FolderIndex {
        let mut index = FolderIndex::default();
        paths.iter().for_each(|path| index.add(path, PathBuf::from(path)));
        index
    }

    #[test]
    fn files_are_found_under_the_names_that_browsers_and_wget_give() {
        let index = index(&[
            "tin.html",
            "tin_files/anh.jpg",
            "sonlam.gov.vn/Documents/qd 27.pdf",
            "a/Download.aspx@id=7",
            "b/Get.aspx?id=8",
        ]);
        let find = |path: &str, url: Option<&str>, address: &str| {
            let url = url.map(|url| Url::parse(url).unwrap());
            let place = SourcePlace { path: path.to_owned(), url, ..SourcePlace::default() };
            index.find(&place, address).map(|(path, _)| path.to_str().unwrap().to_owned())
        };
        let found = |path: &str| Some(path.to_owned());
        assert_eq!(find("tin.html", None, "tin_files/anh.jpg"), found("tin_files/anh.jpg"));
        assert_eq!(
            find("tin.html", None, "https://x.vn/images/Anh.jpg?w=9"),
            found("tin_files/anh.jpg")
        );
        let here = Some("https://sonlam.gov.vn/tin/x");
        assert_eq!(
            find("y/tin.html", here, "/Documents/qd%2027.pdf"),
            found("sonlam.gov.vn/Documents/qd 27.pdf")
        );
        assert_eq!(find("a/tin.html", None, "Download.aspx?id=7"), found("a/Download.aspx@id=7"));
        assert_eq!(find("a/tin.html", None, "Download.aspx%40id=7"), found("a/Download.aspx@id=7"));
        assert_eq!(find("a/tin.html", None, "../b/Get.aspx%3Fid=8"), found("b/Get.aspx?id=8"));
        for address in
            ["../../etc/passwd", "/etc/passwd", "%2e%2e/%2e%2e/tin.html", "", "#", "khac.pdf"]
        {
            assert_eq!(find("tin.html", None, address), None, "{address}");
        }
    }

    #[test]
    fn in_a_folder_of_uploads_the_end_of_an_address_is_enough_if_only_one_file_has_it() {
        let index =
            index(&["uploads/2019/07/a.png", "uploads/2020/07/a.png", "uploads/2020/b.png"]);
        let place = SourcePlace { by_ending: true, ..SourcePlace::default() };
        let find = |address: &str| {
            index.find(&place, address).map(|(path, _)| path.to_str().unwrap().to_owned())
        };
        assert_eq!(
            find("https://x.vn/wp-content/uploads/2019/07/a.png").as_deref(),
            Some("uploads/2019/07/a.png")
        );
        assert_eq!(find("https://x.vn/b.png").as_deref(), Some("uploads/2020/b.png"));
        assert_eq!(find("https://x.vn/b-300x200.png").as_deref(), Some("uploads/2020/b.png"));
        assert_eq!(find("https://x.vn/a.png"), None);
    }
}
