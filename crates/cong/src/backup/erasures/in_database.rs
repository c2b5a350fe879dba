//! Reads from the database which data were withdrawn or erased.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::super::database::{migrations, text};
use super::super::place::Place;
use super::list::Erasure;
use crate::console::Progress;
use crate::language::{cannot_read, say};
use crate::storage::{Database, Storage};

/// The maximum number of rows that one query returns.
const ROWS_AT_ONCE: usize = 5_000;

/// All erasures, from the tombstones of the database and from its audit trail.
pub fn in_database(storage: &Storage, progress: &mut Progress) -> Result<Vec<Erasure>> {
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

/// Refuses a database with an older schema than this version of the tool, because it lacks tables and views from which
/// the list is made.
pub fn refuse_an_older_schema(
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
