//! `cong restore`: puts a backup into an empty portal, without the data that were erased after the backup was made.
//!
//! The database comes first. It is loaded and the erasures are applied in one transaction, which also records the
//! backup's id in the table `desk_audit`. If a restore is interrupted, the next run recognises that id and completes
//! it.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use cong_core::vietnamese::{Timestamp, grouped};

use super::erasures::{Erasures, apply_to};
use super::folder::{Backup, DATABASE, Manifest};
use super::place::Place;
use super::sql::text_literal;
use super::target::{Target, begun, ended};
use super::waiting;
use crate::console::{Outcome, Progress, ask, step, step_for};
use crate::language::{cannot_read, say};
use crate::storage::{Database, Namespace, Pair, Storage};
use crate::upload;

/// The minimum time, in seconds, until a value may expire when it is stored in KV. A value that expires sooner is not
/// restored.
const MIN_LIFE_SECONDS: i64 = 60;

#[derive(Args)]
pub struct RestoreOptions {
    /// The folder of the backup.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The newest list that `cargo run erasures` wrote; the data that it names are not restored.
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Restore without asking.
    #[arg(long)]
    yes: bool,
}

/// Restores a backup.
///
/// # Errors
/// The backup is damaged or newer than this version of the tool, the portal contains other data, the user does not
/// confirm, or wrangler fails.
pub fn run(root: &Path, options: &RestoreOptions, now: Timestamp) -> Result<()> {
    let backup = step_for(&say!("kiểm tra bản sao lưu", "check of the backup"), |_| {
        let backup = Backup::read(&options.folder)?;
        let outcome = what_it_has(&backup.manifest);
        Ok((backup, Outcome::Done(outcome)))
    })?;
    let erasures = options.erasures.as_deref().map(Erasures::read).transpose()?;
    refuse_a_newer_schema(root, &backup)?;
    let state = options.place.state(root);
    let storage = options.place.storage(root, &state)?;
    let target = step_for(&say!("nơi khôi phục", "where it goes"), |progress| {
        let target = Target::read(&storage, &backup.id, progress)?;
        target.refuse_what_is_there(&options.place.name(), erasures.is_some())?;
        let outcome = match (target.has_begun, target.has_ended) {
            (_, true) => say!(
                "đã khôi phục xong từ trước, chỉ xóa thêm theo danh sách",
                "restored before; only what the list names is erased"
            ),
            (true, _) => say!(
                "có một phần của chính bản này, sẽ làm nốt",
                "has a part of this backup; the rest follows"
            ),
            _ => say!("còn trống", "empty"),
        };
        Ok((target, Outcome::Done(outcome)))
    })?;
    say_what_erasures_are_known(&backup, erasures.as_ref());
    if !options.yes {
        let place = options.place.name();
        let alone = say!(
            "Không có màn hình dòng lệnh để hỏi lại: thêm --yes để khôi phục mà không hỏi. Chưa ghi gì cả.",
            "There is no terminal to ask for confirmation: add --yes to restore without asking. Nothing was written."
        );
        ask(&say!("Khôi phục vào {place}?", "Restore into {place}?"), alone)?;
    }
    let done = carry_out(&storage, &backup, &target, erasures.as_ref(), now);
    if done.is_err() {
        eprintln!(
            "{}",
            say!(
                "Chưa xong. Phần đã khôi phục được giữ nguyên; chạy lại đúng lệnh này để làm nốt.",
                "Not complete. What was restored stays; run the same command again to restore the rest."
            )
        );
    }
    done?;
    eprintln!(
        "{}",
        say!(
            "✓ Đã khôi phục. Danh sách, tìm kiếm và nguồn tin được dựng lại dần từ các bài, không phải làm gì thêm.
  SIGNING_KEY không nằm trong bản sao lưu: hãy đặt lại khóa cũ, để mã biên nhận của ý kiến gửi lại vẫn như trước.",
            "✓ Restored. Lists, search and feeds are made anew from the articles by the sync, with nothing to be done.
  SIGNING_KEY is in no backup: set the old one again, so that the same text sent again has its old receipt."
        )
    );
    Ok(())
}

fn carry_out(
    storage: &Storage,
    backup: &Backup,
    target: &Target,
    erasures: Option<&Erasures>,
    now: Timestamp,
) -> Result<()> {
    step(&say!("cơ sở dữ liệu", "database"), |progress| {
        load(storage, backup, target, erasures, now, progress)?;
        // Applies the migrations that are newer than the backup, and creates the schema of the catalogue.
        storage.migrate(Database::Db, progress)?;
        storage.migrate(Database::Catalogue, progress)?;
        let rows = grouped(backup.manifest.rows.values().sum());
        Outcome::done(match target.has_begun {
            true => say!("đã có {rows} dòng", "{rows} rows are there"),
            false => say!("đã khôi phục {rows} dòng", "{rows} rows restored"),
        })
    })?;
    if let Some(list) = erasures {
        apply_to(storage, list)?;
    }
    if target.has_ended {
        return Ok(());
    }
    // `INBOX` comes after the database, because only the database knows which waiting submissions were withdrawn. Files
    // come before the articles that refer to them.
    for namespace in [Namespace::Inbox, Namespace::Files, Namespace::Articles] {
        step(&upload::name(namespace), |progress| {
            let put = put(storage, backup, target, namespace, now, progress)?;
            Outcome::done(say!("đã khôi phục {0}", "{0} restored", grouped(put)))
        })?;
    }
    let sql = audited(&ended(&backup.id), now);
    step(&say!("ghi nhận", "note"), |progress| {
        storage.query(Database::Db, &sql, progress)?;
        Outcome::done(say!("trong desk_audit", "in desk_audit"))
    })
}

fn what_it_has(manifest: &Manifest) -> String {
    let made = Timestamp(manifest.made_at).date_time();
    let [articles, files] = [&manifest.articles, &manifest.files].map(|some| grouped(some.len()));
    let submissions = grouped(manifest.rows_of("submission") + manifest.inbox.len());
    say!(
        "nguyên vẹn, của lúc {made}, có {articles} bài, {files} tệp, {submissions} ý kiến",
        "whole, of {made}, with {articles} documents, {files} files, {submissions} submissions"
    )
}

/// Refuses a backup with migrations that this version of the tool does not have. The tool could not bring such a schema
/// up to date.
fn refuse_a_newer_schema(root: &Path, backup: &Backup) -> Result<()> {
    let known = |name: &String| root.join("migrations/db").join(name).is_file();
    if let Some(unknown) = backup.manifest.migrations.iter().find(|name| !known(name)) {
        bail!(say!(
            "Bản sao lưu là của một phiên bản mới hơn của cổng (có {unknown}). Hãy cập nhật kho mã này rồi chạy lại. Chưa ghi gì.",
            "The backup is of a newer version of the portal (it has {unknown}). Update this repository, then run this again. Nothing was written."
        ));
    }
    Ok(())
}

fn say_what_erasures_are_known(backup: &Backup, erasures: Option<&Erasures>) {
    let made = Timestamp(backup.manifest.made_at).date_time();
    let text = match erasures {
        None => say!(
            "! Không có --erasures: những gì được rút lại hoặc xóa sau {made} sẽ trở lại.",
            "! Without --erasures: what was withdrawn or erased after {made} comes back."
        ),
        Some(list) => {
            let (count, until) =
                (grouped(list.erasures.len()), Timestamp(list.made_at).date_time());
            match list.made_at < backup.manifest.made_at {
                true => say!(
                    "! Danh sách đã xóa là của {until}, cũ hơn bản sao lưu: những gì được xóa sau {made} sẽ trở lại.",
                    "! The list of erasures is of {until}, older than the backup: what was erased after {made} comes back."
                ),
                false => say!(
                    "· Danh sách đã xóa: {count} mục, đến {until}",
                    "· The list of erasures has {count}, up to {until}"
                ),
            }
        }
    };
    eprintln!("{text}");
}

/// Loads the database of the backup and applies the erasures, in one transaction. If an earlier run has already loaded
/// the database, only applies the erasures.
fn load(
    storage: &Storage,
    backup: &Backup,
    target: &Target,
    erasures: Option<&Erasures>,
    now: Timestamp,
    progress: &mut Progress,
) -> Result<()> {
    let script = storage.scratch("sql");
    let mut file = io::BufWriter::new(script.create()?);
    if !target.has_begun {
        for statement in target.emptying() {
            writeln!(file, "{statement}")?;
        }
        let path = backup.file(DATABASE);
        let mut rows = File::open(&path).with_context(|| cannot_read(&path))?;
        io::copy(&mut rows, &mut file)?;
        writeln!(file, "{}", audited(&begun(&backup.id), now))?;
    }
    let erasing = erasures.map(Erasures::statements).unwrap_or_default();
    erasing.iter().try_for_each(|statement| writeln!(file, "{statement}"))?;
    file.flush()?;
    drop(file);
    if target.has_begun && erasing.is_empty() {
        return Ok(());
    }
    storage.execute(Database::Db, &script.0, progress)
}

fn audited(what: &str, now: Timestamp) -> String {
    let (at, what) = (now.0, text_literal(what));
    format!("INSERT INTO desk_audit (at, what, who) VALUES ({at}, {what}, 'portal');")
}

/// Stores the values that the backup has of a namespace, except those that expire soon and those whose keys the portal
/// already has. Returns how many were stored.
fn put(
    storage: &Storage,
    backup: &Backup,
    target: &Target,
    namespace: Namespace,
    now: Timestamp,
    progress: &mut Progress,
) -> Result<usize> {
    let there = &target.keys[namespace.binding()];
    let due: Vec<_> = backup
        .manifest
        .entries(namespace)
        .iter()
        .filter(|entry| !there.contains(&entry.key))
        .filter(|entry| entry.expiration.is_none_or(|at| at >= now.0 + MIN_LIFE_SECONDS))
        .collect();
    let paths: Vec<_> = due.iter().map(|entry| backup.file(&entry.file)).collect();
    let mut pairs = Vec::new();
    for (entry, path) in due.iter().zip(&paths) {
        pairs.push(Pair {
            key: &entry.key,
            bytes: None,
            path,
            size: entry.size,
            metadata: entry.metadata.clone(),
            expiration: entry.expiration,
        });
    }
    if namespace == Namespace::Inbox {
        waiting::without_what_was_erased(storage, &mut pairs, progress)?;
    }
    if !pairs.is_empty() {
        storage.put(namespace, &pairs, progress)?;
    }
    Ok(pairs.len())
}
