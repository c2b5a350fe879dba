//! `cong erasures apply`: repeats the erasures of a list in a live database that was restored to an earlier state.
//!
//! The tombstones of the list are inserted, and triggers of the database then erase the data. They are inserted with
//! queries, because importing an SQL file would lock the deployed database.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use cong_core::vietnamese::{Timestamp, grouped};

use super::super::place::Place;
use super::in_database::{in_database, refuse_an_older_schema};
use super::list::{Erasure, Erasures, INSERT, missing};
use crate::console::{Outcome, Progress, ask, step, step_for};
use crate::language::say;
use crate::storage::{Database, Storage};

/// The maximum length of a query, in bytes. A query is passed as a command-line argument, and Windows allows at most
/// 32,000 bytes for a command.
const MAX_QUERY_BYTES: usize = 20_000;

#[derive(Args)]
pub struct ApplyOptions {
    /// The newest list of erasures.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Erase without asking.
    #[arg(long)]
    yes: bool,
}

/// Applies a list of erasures to a database, after asking for confirmation.
///
/// # Errors
/// The list is damaged, the user does not confirm, the database cannot be written, or data named by the list still
/// exist afterwards.
pub fn run(root: &Path, options: &ApplyOptions) -> Result<()> {
    let list = Erasures::read(&options.file)?;
    let state = options.place.state(root);
    let storage = options.place.existing(root, &state)?;
    let missing = step_for(&say!("danh sách đã xóa", "erasures"), |progress| {
        refuse_an_older_schema(root, &storage, &options.place, progress)?;
        let missing = missing(&list.erasures, &in_database(&storage, progress)?);
        let until = Timestamp(list.made_at).date_time();
        let [count, lacking] = [list.erasures.len(), missing.len()].map(grouped);
        let outcome = say!(
            "có {count} mục, đến {until}; cơ sở dữ liệu thiếu {lacking}",
            "{count} in the list, up to {until}; the database lacks {lacking}"
        );
        Ok((missing, Outcome::Done(outcome)))
    })?;
    if !missing.is_empty() && !options.yes {
        let (place, count) = (options.place.name(), grouped(missing.len()));
        let alone = say!(
            "Không có màn hình dòng lệnh để hỏi lại: thêm --yes để xóa mà không hỏi. Chưa xóa gì cả.",
            "There is no terminal to ask for confirmation: add --yes to erase without asking. Nothing was erased."
        );
        ask(
            &say!(
                "Xóa lại {count} mục ở {place}? Không lấy lại được.",
                "Erase {count} again in {place}? This cannot be undone."
            ),
            alone,
        )?;
    }
    erase(&storage, &list, &missing)?;
    eprintln!(
        "{}",
        say!(
            "✓ Mọi mục trong danh sách đều đã xóa. Trang công khai theo kịp trong vòng một phút.",
            "✓ Everything in the list is erased. Public pages follow within a minute."
        )
    );
    Ok(())
}

/// Applies a list to a database that was just restored, without asking.
///
/// # Errors
/// The database cannot be read or written, or data named by the list still exist afterwards.
pub fn apply_to(storage: &Storage, list: &Erasures) -> Result<()> {
    let missing = step_for(&say!("danh sách đã xóa", "erasures"), |progress| {
        let missing = missing(&list.erasures, &in_database(storage, progress)?);
        let lacking = grouped(missing.len());
        Ok((
            missing,
            Outcome::Done(say!("còn thiếu {lacking} mục", "{lacking} still to be applied")),
        ))
    })?;
    erase(storage, list, &missing)
}

/// Inserts the missing tombstones, and checks that the data named by the list are gone.
fn erase(storage: &Storage, list: &Erasures, missing: &[Erasure]) -> Result<()> {
    if !missing.is_empty() {
        let erased = step(&say!("xóa", "erasing"), |progress| {
            for query in queries(missing) {
                storage.query(Database::Db, &query, progress)?;
            }
            Outcome::done(say!("đã xóa {0} mục", "{0} erased", grouped(missing.len())))
        });
        erased.with_context(|| {
            say!(
                "Chưa xóa xong. Chạy lại đúng lệnh này để xóa nốt.",
                "Not all is erased yet. Run the same command again to do the rest."
            )
        })?;
    }
    step(&say!("kiểm tra lại", "check"), |progress| {
        check(storage, list, progress)?;
        Outcome::done(say!("không còn gì phải xóa", "nothing is left"))
    })
}

/// Statements that insert the tombstones, grouped into queries of at most [`MAX_QUERY_BYTES`].
fn queries(missing: &[Erasure]) -> Vec<String> {
    let mut queries: Vec<String> = Vec::new();
    for values in missing.iter().map(Erasure::values) {
        match queries.last_mut() {
            Some(query) if query.len() + values.len() < MAX_QUERY_BYTES => {
                query.push_str(", ");
                query.push_str(&values);
            }
            _ => queries.push(format!("{INSERT} {values}")),
        }
    }
    queries
}

/// Checks that the database has every tombstone of the list, and that the data named by the tombstones are gone.
fn check(storage: &Storage, list: &Erasures, progress: &mut Progress) -> Result<()> {
    let lacking = missing(&list.erasures, &in_database(storage, progress)?).len();
    let sql = "SELECT count(*) AS n FROM erased_and_there";
    let rows = storage.query(Database::Db, sql, progress)?.into_iter().flatten();
    let left: Option<u64> = rows.filter_map(|row| row.get("n")?.as_u64()).next();
    if (lacking, left) != (0, Some(0)) {
        let left = left.map_or_else(|| "?".to_owned(), |left| left.to_string());
        bail!(say!(
            "CHƯA XÓA HẾT: cơ sở dữ liệu còn thiếu {lacking} mục của danh sách, và {left} mục có trong cơ sở dữ liệu mà dữ liệu vẫn còn. Hãy chạy lại; nếu vẫn thế, xem bảng erased_and_there.",
            "NOT ALL IS ERASED: the database lacks {lacking} of the list, and the data of {left} others still exist. Run this command again; if that does not help, look at the view erased_and_there."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_erasures_are_divided_into_queries_that_fit_a_command_line() {
        let erasure = |n: usize| Erasure {
            receipt_hash: format!("{n:064x}"),
            what: "submission".into(),
            at: 1,
            who: "O'Hà".repeat(20),
        };
        let all: Vec<_> = (0..1_000).map(erasure).collect();
        let queries = queries(&all);
        assert!(queries.iter().all(|query| query.len() < MAX_QUERY_BYTES));
        let rows = queries.iter().map(|query| query.matches("'submission'").count());
        assert_eq!(rows.sum::<usize>(), 1_000);
    }
}
