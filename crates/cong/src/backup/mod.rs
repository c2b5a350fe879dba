//! `cong backup`: saves in one folder everything that cannot be rebuilt from other data: articles, files, submissions
//! that wait in `INBOX` until the database answers, and `DB`. `restore` puts a backup back. `erasures` keeps a restore
//! from bringing back what was erased after the backup was made.

mod database;
pub mod erasures;
mod folder;
mod place;
pub mod restore;
mod sql;
mod target;
mod values;
mod waiting;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use cong_core::vietnamese::{Timestamp, grouped};

use crate::console::{Outcome, step};
use crate::language::say;
use crate::storage::Namespace;
use crate::upload;
use folder::{Manifest, Unfinished};
use place::Place;

#[derive(Args)]
pub struct BackupOptions {
    /// The folder to create. If it exists, it must be empty.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Makes a backup.
///
/// # Errors
/// The folder is not empty, or the storage cannot be read completely.
pub fn run(root: &Path, options: &BackupOptions, now: Timestamp) -> Result<()> {
    let state = options.place.state(root);
    let storage = options.place.existing(root, &state)?;
    let folder = Unfinished::new(&options.folder)?;
    let mut manifest = Manifest::new(now);
    // The order matters. Articles come before files, because the files that an article refers to were stored before the
    // article. `INBOX` comes before the database, because a submission may be moved from `INBOX` into the database
    // meanwhile. A restore stores a submission only once, even if the backup has it twice.
    for namespace in [Namespace::Articles, Namespace::Files, Namespace::Inbox] {
        step(&upload::name(namespace), |progress| {
            let entries = values::save(&storage, namespace, &folder, progress)?;
            let count = grouped(entries.len());
            *manifest.entries_mut(namespace) = entries;
            Outcome::done(say!("đã sao lưu {count}", "{count} saved"))
        })?;
    }
    step(&say!("cơ sở dữ liệu", "database"), |progress| {
        database::save(&storage, &folder, &mut manifest, progress)?;
        let rows = grouped(manifest.rows.values().sum());
        Outcome::done(say!("đã sao lưu {rows} dòng", "{rows} rows saved"))
    })?;
    folder.finish(&manifest)?;
    eprintln!("{}", what_was_made(&manifest, options));
    Ok(())
}

fn what_was_made(manifest: &Manifest, options: &BackupOptions) -> String {
    let (folder, place) = (options.folder.display(), options.place.name());
    let submissions = grouped(manifest.rows_of("submission"));
    say!(
        "✓ Bản sao lưu của {place} ở {folder}, có {submissions} ý kiến và dữ liệu cá nhân của người gửi.
  Chỉ chủ tài khoản này trên máy đọc được; chép đi đâu cũng phải giữ kín, tốt nhất là mã hóa.
  Xóa sau 30 ngày: trang quyền riêng tư hứa như thế với người đã xin xóa dữ liệu.",
        "✓ The backup of {place} is in {folder}, with {submissions} submissions and the personal data of their senders.
  Nobody else on this machine can read it; keep it so wherever you copy it, best of all encrypted.
  Delete it after 30 days: the privacy notice promises that to whoever had data erased."
    )
}
