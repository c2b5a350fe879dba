//! `cong erasures`: lists what was withdrawn or erased, without personal data. The list is to be stored apart from the
//! backups. Restoring a backup, or the database to an earlier state, brings back what was erased later; `apply` erases
//! it again.

mod apply;
mod in_database;
mod list;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use cong_core::vietnamese::{Timestamp, grouped};

use super::place::Place;
use crate::console::{Outcome, step_for};
use crate::language::say;
pub use apply::apply_to;
use in_database::{in_database, refuse_an_older_schema};
pub use list::{Erasures, is_receipt_hash};
use list::{merged, missing};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ErasuresOptions {
    #[command(subcommand)]
    action: Option<Action>,
    /// The file for the list. If it exists, new erasures are added to it, and nothing in it is lost.
    #[arg(value_name = "FILE", required = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

#[derive(Subcommand)]
enum Action {
    /// Repeat the erasures of a list in a database that was restored to an earlier state.
    Apply(apply::ApplyOptions),
}

/// Writes the list, or applies it.
///
/// # Errors
/// The database cannot be read or written, or the file cannot be written or is not a list of erasures.
pub fn run(root: &Path, options: &ErasuresOptions, now: Timestamp) -> Result<()> {
    match &options.action {
        Some(Action::Apply(options)) => apply::run(root, options),
        None => write(root, options, now),
    }
}

fn write(root: &Path, options: &ErasuresOptions, now: Timestamp) -> Result<()> {
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
