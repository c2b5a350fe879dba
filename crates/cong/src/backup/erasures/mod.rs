//! `cong erasures`: lists what was withdrawn or erased, without personal data. The list is to be stored apart from the
//! backups. Restoring a backup, or a database in place, brings back what was erased later; `apply` erases it again.

mod apply;
mod list;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use cong_core::vietnamese::{Timestamp, grouped};

use super::database::{migrations, text};
use super::place::Place;
use crate::console::{Outcome, Progress, step_for};
use crate::language::{cannot_read, say};
use crate::storage::{Database, Storage};
pub use apply::apply_to;
use list::{Erasure, merged, missing};
pub use list::{Erasures, is_receipt_hash};

/// The maximum number of rows that one query returns.
const ROWS_AT_ONCE: usize = 5_000;

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Options {
    #[command(subcommand)]
    action: Option<Action>,
    /// The list. One that is there is added to: nothing in it is ever dropped.
    #[arg(value_name = "FILE", required = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

#[derive(Subcommand)]
enum Action {
    /// Erase again what the list names, in a database that was restored in place.
    Apply(apply::Options),
}

/// Writes the list, or applies it.
///
/// # Errors
/// The database cannot be read or written, or the file cannot be written or is not a list of erasures.
pub fn run(root: &Path, options: &Options, now: Timestamp) -> Result<()> {
    match &options.action {
        Some(Action::Apply(options)) => apply::run(root, options),
        None => write(root, options, now),
    }
}

fn write(root: &Path, options: &Options, now: Timestamp) -> Result<()> {
    let path = options.file.as_deref().context("clap requires a file")?;
    let before = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        _ => Erasures::read(path)?.erasures,
    };
    let state = options.place.state(root);
    let storage = options.place.existing(root, &state)?;
    let missing = step_for(&say!("danh sách đã xóa", "erasures"), |progress| {
        refuse_an_older_schema(root, &storage, &options.place, progress)?;
        let there = in_database(&storage, progress)?;
        let missing = missing(&before, &there).len();
        let erasures = merged(before, there);
        let count = grouped(erasures.len());
        Erasures::new(now, erasures).write(path)?;
        Ok((
            missing,
            Outcome::Done(say!("{count} mục trong {0}", "{count} in {0}", path.display())),
        ))
    })?;
    if missing > 0 {
        eprintln!(
            "{}",
            say!(
                "! {missing} mục của danh sách cũ không có trong cơ sở dữ liệu. Danh sách vẫn giữ chúng. Nếu cơ sở dữ liệu vừa được khôi phục, hãy chạy cargo run erasures apply để xóa lại.",
                "! {missing} of the earlier list are not in the database. The list keeps them. If the database was restored, run cargo run erasures apply to erase them again."
            )
        );
    }
    Ok(())
}

/// All erasures, from the tombstones of the database and from its audit trail.
fn in_database(storage: &Storage, progress: &mut Progress) -> Result<Vec<Erasure>> {
    let mut erasures = Vec::new();
    for (table, id) in [("tombstone", "rowid"), ("partly_erased", "audit_id")] {
        let mut after = "0".to_owned();
        loop {
            let sql = format!(
                "SELECT CAST({id} AS TEXT) AS position, receipt_hash, what, CAST(at AS TEXT) AS at, who \
                 FROM {table} WHERE {id} > {after} ORDER BY {id} LIMIT {ROWS_AT_ONCE}"
            );
            let rows = storage.query(Database::Db, &sql, progress)?.pop().unwrap_or_default();
            for row in &rows {
                let [receipt_hash, what, who] =
                    ["receipt_hash", "what", "who"].map(|column| text(row, column));
                let at = text(row, "at").parse().unwrap_or_default();
                erasures.push(Erasure { receipt_hash, what, at, who });
            }
            match rows.last() {
                Some(last) if rows.len() == ROWS_AT_ONCE => after = text(last, "position"),
                _ => break,
            }
        }
    }
    Ok(erasures)
}

/// Refuses a database whose schema is older than this version of the tool. Such a database lacks tables and views from
/// which the list is made.
fn refuse_an_older_schema(
    root: &Path,
    storage: &Storage,
    place: &Place,
    progress: &mut Progress,
) -> Result<()> {
    let applied = migrations(storage, progress)?;
    let folder = root.join("migrations/db");
    for entry in fs::read_dir(&folder).with_context(|| cannot_read(&folder))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !applied.contains(&name) {
            let place = if place.remote { "--remote" } else { "--local" };
            bail!(say!(
                "Cơ sở dữ liệu chưa có {name}. Hãy chạy npx wrangler d1 migrations apply DB {place}, rồi chạy lại lệnh này. Chưa làm gì cả.",
                "The database lacks {name}. Run npx wrangler d1 migrations apply DB {place}, then this command again. Nothing was done."
            ));
        }
    }
    Ok(())
}
