//! The folder of a backup: `backup.json` is the manifest, `db.sql` the database, each KV value is a separate file, and
//! `SHA256SUMS` contains the checksums of all files, in the format of `sha256sum --check`. The folder is written under
//! a temporary name and renamed when it is complete.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cong_core::digest::{hex, to_hex};
use cong_core::vietnamese::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::language::{cannot_read, say};
use crate::storage::{Namespace, private_file};

/// The version of the format of backups. A backup with another version cannot be read.
const FORMAT: u32 = 1;
const MANIFEST: &str = "backup.json";
const SUMS: &str = "SHA256SUMS";
pub const DATABASE: &str = "db.sql";
/// The maximum number of characters of a key that are kept in the name of its file.
const MAX_NAME_CHARS: usize = 60;

#[derive(Debug, Deserialize, Serialize)]
pub struct Manifest {
    pub format: u32,
    /// When the backup began, before anything was read, in seconds since 1970.
    pub made_at: i64,
    /// The time in `made_at`, written for people.
    pub made: String,
    /// The names of the migrations that had been applied to the database.
    pub migrations: Vec<String>,
    /// The number of rows in each table.
    pub rows: BTreeMap<String, usize>,
    pub articles: Vec<Entry>,
    pub files: Vec<Entry>,
    pub inbox: Vec<Entry>,
}

/// A KV value in the backup: its key, and the file that contains it.
#[derive(Debug, Deserialize, Serialize)]
pub struct Entry {
    pub key: String,
    /// The path of the file within the folder, with `/` as the separator.
    pub file: String,
    /// The size in bytes.
    pub size: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Box<RawValue>>,
    /// When the value expires, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration: Option<i64>,
}

impl Manifest {
    pub fn new(now: Timestamp) -> Self {
        Self {
            format: FORMAT,
            made_at: now.0,
            made: now.rfc3339(),
            migrations: Vec::new(),
            rows: BTreeMap::new(),
            articles: Vec::new(),
            files: Vec::new(),
            inbox: Vec::new(),
        }
    }

    pub fn entries(&self, namespace: Namespace) -> &[Entry] {
        match namespace {
            Namespace::Articles => &self.articles,
            Namespace::Files => &self.files,
            Namespace::Inbox => &self.inbox,
        }
    }

    pub fn entries_mut(&mut self, namespace: Namespace) -> &mut Vec<Entry> {
        match namespace {
            Namespace::Articles => &mut self.articles,
            Namespace::Files => &mut self.files,
            Namespace::Inbox => &mut self.inbox,
        }
    }

    /// How many rows a table has in the backup.
    pub fn rows_of(&self, table: &str) -> usize {
        self.rows.get(table).copied().unwrap_or_default()
    }
}

/// The name of the file for the value of a key. `number` makes the name unique, also on file systems that ignore case.
/// The rest of the name only helps people to recognise the value.
pub fn file_name(number: usize, key: &str) -> String {
    let plain = |c: char| match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'a'..='z' | '0'..='9' | '.' => c,
        _ => '-',
    };
    // A dot is safe within a name on every system, but not at the end.
    let readable: String = key.chars().map(plain).take(MAX_NAME_CHARS).collect();
    format!("{number:06}-{}", readable.trim_end_matches('.'))
}

/// A backup that is being written. It is deleted when dropped, unless it was finished.
pub struct Unfinished {
    path: PathBuf,
    target: PathBuf,
}

impl Unfinished {
    /// Starts a backup that will have the path `target`.
    ///
    /// # Errors
    /// The target exists and is not an empty folder, or the folder cannot be created.
    pub fn new(target: &Path) -> Result<Self> {
        if fs::symlink_metadata(target).is_ok() && !is_empty_folder(target) {
            bail!(say!(
                "{0} đã có và không phải là một thư mục trống: mỗi bản sao lưu cần một thư mục riêng",
                "{0} exists and is not an empty folder: each backup needs a separate folder",
                target.display()
            ));
        }
        let mut name = OsString::from(target.file_name().with_context(|| {
            say!(
                "{0} không phải là tên thư mục",
                "{0} is not the name of a folder",
                target.display()
            )
        })?);
        name.push(".unfinished");
        let path = target.with_file_name(name);
        if fs::symlink_metadata(&path).is_ok() {
            bail!(say!(
                "{0} còn lại từ một lần sao lưu dở dang và có dữ liệu cá nhân: hãy xóa đi rồi chạy lại",
                "{0} is left over from an interrupted backup and contains personal data: delete it, then run this command again",
                path.display()
            ));
        }
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent).with_context(|| cannot_write(parent))?;
        }
        private_folder(&path).with_context(|| cannot_write(&path))?;
        let unfinished = Self { path, target: target.to_owned() };
        // Keeps a backup inside the repository out of git.
        unfinished.write(".gitignore", b"*\n")?;
        Ok(unfinished)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub fn folder(&self, name: &str) -> Result<()> {
        let path = self.path(name);
        private_folder(&path).with_context(|| cannot_write(&path))
    }

    pub fn create(&self, name: &str) -> Result<File> {
        let path = self.path(name);
        private_file(&path).with_context(|| cannot_write(&path))
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut file = self.create(name)?;
        file.write_all(bytes).with_context(|| cannot_write(&self.path(name)))
    }

    /// Writes the manifest and the checksums, and renames the folder to its final name.
    pub fn finish(self, manifest: &Manifest) -> Result<()> {
        self.write(MANIFEST, &serde_json::to_vec_pretty(manifest)?)?;
        let mut sums = String::new();
        for name in names(manifest) {
            let path = self.path(&name);
            let sum = sum(&path).with_context(|| cannot_read(&path))?;
            File::open(&path)?.sync_all().with_context(|| cannot_write(&path))?;
            writeln!(sums, "{sum}  {name}")?;
        }
        self.write(SUMS, sums.as_bytes())?;
        File::open(self.path(SUMS))?.sync_all().with_context(|| cannot_write(&self.path))?;
        // Removes an empty target folder: only some systems let a rename replace it.
        let _ = fs::remove_dir(&self.target);
        fs::rename(&self.path, &self.target).with_context(|| cannot_write(&self.target))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A complete backup whose checksums have been verified.
pub struct Backup {
    path: PathBuf,
    pub manifest: Manifest,
    /// An id of the backup, computed from its content: the first 16 hexadecimal digits of the SHA-256 of `SHA256SUMS`.
    pub id: String,
}

impl Backup {
    /// Reads the manifest of a backup and checks its files against their checksums.
    ///
    /// # Errors
    /// A file is missing or has changed, or the backup has another format.
    pub fn read(path: &Path) -> Result<Self> {
        let no_backup =
            || say!("{0} không phải là một bản sao lưu", "{0} is not a backup", path.display());
        let listed = fs::read_to_string(path.join(SUMS)).with_context(no_backup)?;
        let text = fs::read(path.join(MANIFEST)).with_context(no_backup)?;
        let sums: HashMap<&str, &str> = listed
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(sum, name)| (name, sum))
            .collect();
        check(path, MANIFEST, &sums)?;
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format } = serde_json::from_slice(&text).with_context(no_backup)?;
        if format != FORMAT {
            bail!(say!(
                "{0} là bản sao lưu dạng {format}, do một bản cong khác ghi; bản này đọc được dạng {FORMAT}",
                "{0} is a backup of format {format}, of another version of cong; this one reads format {FORMAT}",
                path.display()
            ));
        }
        let manifest: Manifest = serde_json::from_slice(&text).with_context(no_backup)?;
        for name in names(&manifest) {
            check(path, &name, &sums)?;
        }
        let id = hex(listed.as_bytes(), 8);
        Ok(Self { path: path.to_owned(), manifest, id })
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// The names of all files of a backup, the manifest first.
fn names(manifest: &Manifest) -> Vec<String> {
    let values = [&manifest.articles, &manifest.files, &manifest.inbox];
    let values = values.into_iter().flatten().map(|entry| entry.file.clone());
    [MANIFEST, DATABASE].map(str::to_owned).into_iter().chain(values).collect()
}

fn check(folder: &Path, name: &str, sums: &HashMap<&str, &str>) -> Result<()> {
    let is_inside = !name.split('/').any(|part| part == "..") && !name.starts_with('/');
    let sum = sum(&folder.join(name)).ok();
    if !is_inside || sum.is_none() || sum.as_deref() != sums.get(name).copied() {
        bail!(say!(
            "Bản sao lưu không còn nguyên vẹn: {name} bị thiếu hoặc đã thay đổi. Chưa ghi gì. Hãy dùng một bản sao lưu khác.",
            "The backup is damaged: {name} is missing or has changed. Nothing was written. Use another backup."
        ));
    }
    Ok(())
}

/// The SHA-256 of a file, in hexadecimal.
fn sum(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(to_hex(&digest.finalize())),
            read => digest.update(&buffer[..read]),
        }
    }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn cannot_write(path: &Path) -> String {
    say!("Không ghi được {0}", "{0} cannot be written", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A temporary folder for one test. It is deleted when dropped.
    struct Room(PathBuf);

    impl Room {
        fn new(name: &str) -> Self {
            let name = format!("cong-backup-{name}-{}", std::process::id());
            Self(std::env::temp_dir().join(name))
        }
    }

    impl Drop for Room {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// Makes a finished backup with one article.
    fn backup(room: &Room) -> PathBuf {
        let target = room.0.join("made/today");
        let unfinished = Unfinished::new(&target).unwrap();
        unfinished.folder("articles").unwrap();
        unfinished.write(DATABASE, b"SELECT 1;").unwrap();
        let file = format!("articles/{}", file_name(1, "bai"));
        unfinished.write(&file, b"text").unwrap();
        let mut manifest = Manifest::new(Timestamp(0));
        let entry = Entry { key: "bai".into(), file, size: 4, metadata: None, expiration: None };
        manifest.articles.push(entry);
        assert!(!target.exists());
        unfinished.finish(&manifest).unwrap();
        target
    }

    #[test]
    fn a_finished_backup_is_read_as_it_was_written_and_not_overwritten() {
        let room = Room::new("whole");
        let target = backup(&room);
        let backup = Backup::read(&target).unwrap();
        assert_eq!(backup.manifest.articles[0].key, "bai");
        assert_eq!(fs::read(backup.file("articles/000001-bai")).unwrap(), b"text");
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
        let error = Unfinished::new(&target).err().unwrap();
        assert!(error.to_string().contains("today"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_a_backup() {
        use std::os::unix::fs::PermissionsExt;
        let room = Room::new("private");
        let target = backup(&room);
        for (name, mode) in [("", 0o700), ("articles", 0o700), (DATABASE, 0o600), (SUMS, 0o600)] {
            let permissions = fs::metadata(target.join(name)).unwrap().permissions();
            assert_eq!(permissions.mode() & 0o777, mode, "{name}");
        }
    }

    #[test]
    fn a_changed_or_missing_file_makes_the_backup_invalid() {
        for name in [MANIFEST, SUMS, DATABASE, "articles/000001-bai"] {
            let room = Room::new("damaged");
            let target = backup(&room);
            let path = target.join(name);
            let mut bytes = fs::read(&path).unwrap();
            bytes[2] ^= 1;
            fs::write(&path, bytes).unwrap();
            assert!(Backup::read(&target).is_err(), "{name}");
            fs::remove_file(&path).unwrap();
            assert!(Backup::read(&target).is_err(), "{name}");
        }
    }

    #[test]
    fn an_unfinished_backup_is_deleted() {
        let room = Room::new("left");
        let unfinished = Unfinished::new(&room.0.join("today")).unwrap();
        unfinished.write(DATABASE, b"").unwrap();
        drop(unfinished);
        assert_eq!(fs::read_dir(&room.0).unwrap().count(), 0);
    }

    #[test]
    fn names_of_files_are_unique_and_valid_on_every_system() {
        assert_eq!(file_name(7, "Giấy mời/1.PDF"), "000007-gi-y-m-i-1.pdf");
        assert_eq!(file_name(8, ".."), "000008-");
        assert_eq!(file_name(9, "con"), "000009-con");
        assert_eq!(file_name(10, &"x".repeat(500)).len(), 7 + MAX_NAME_CHARS);
    }
}
