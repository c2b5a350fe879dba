//! `cong erasures`: what was withdrawn or erased, as a list without any personal data, to be kept apart from the
//! backups. Without the newest one a backup would bring back what was erased after it was made.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use cong::vietnamese::{Instant, grouped};
use serde::{Deserialize, Serialize};

use super::database::text;
use super::place::Place;
use super::sql::text_literal;
use crate::console::{Outcome, Progress, step_for};
use crate::language::{cannot_read, say};
use crate::storage::{Database, Storage};

const FORMAT: u32 = 1;
/// Of what a query gives at once.
const ROWS_AT_ONCE: usize = 5_000;

#[derive(Args)]
pub struct Options {
    /// The list. One that is there is added to: nothing in it is ever dropped.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// The list.
#[derive(Debug, Deserialize, Serialize)]
pub struct Erasures {
    format: u32,
    /// Seconds since 1970, before anything was read.
    pub made_at: i64,
    pub erasures: Vec<Erasure>,
}

/// A row of `tombstone`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Erasure {
    pub receipt_hash: String,
    pub what: What,
    pub at: i64,
    /// Who asked for it: `sender`, `portal`, or the editor who did it.
    pub who: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// All of it.
    Submission,
    /// Who sent it.
    Identity,
}

/// Writes the list.
///
/// # Errors
/// The database cannot be read, or the file is something else or cannot be written.
pub fn run(root: &Path, options: &Options, now: Instant) -> Result<()> {
    let path = &options.file;
    let before = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        _ => Erasures::read(path)?.erasures,
    };
    let state = options.place.state(root);
    let storage = options.place.existing(root, &state)?;
    let missing = step_for(&say!("danh sách đã xóa", "erasures"), |progress| {
        let read = read(&storage, progress)?;
        let there = read.len();
        let erasures = merged(before, read);
        let (missing, count) = (erasures.len() - there, grouped(erasures.len()));
        Erasures { format: FORMAT, made_at: now.0, erasures }.write(path)?;
        Ok((
            missing,
            Outcome::Done(say!("{count} mục trong {0}", "{count} in {0}", path.display())),
        ))
    })?;
    if missing > 0 {
        eprintln!(
            "{}",
            say!(
                "· {missing} mục có trong danh sách cũ mà không có trong cơ sở dữ liệu: cơ sở dữ liệu đã được khôi phục mà thiếu chúng? Danh sách vẫn giữ chúng.",
                "· {missing} of the earlier list are not in the database: was it restored without them? The list keeps them."
            )
        );
    }
    Ok(())
}

impl Erasures {
    /// # Errors
    /// The file is no such list, or not all of one.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| cannot_read(path))?;
        let no_list = || {
            say!(
                "{0} không phải là danh sách do cargo run erasures ghi, hoặc đã hỏng",
                "{0} is no list that cargo run erasures wrote, or it is damaged",
                path.display()
            )
        };
        let list: Self = serde_json::from_slice(&bytes).with_context(no_list)?;
        if list.format != FORMAT || !list.erasures.iter().all(Erasure::is_sound) {
            bail!(no_list());
        }
        Ok(list)
    }

    /// Replaces the file in one step: an earlier list is never lost.
    fn write(&self, path: &Path) -> Result<()> {
        let cannot_write = || say!("Không ghi được {0}", "{0} cannot be written", path.display());
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        fs::write(&beside, serde_json::to_vec_pretty(self)?).with_context(cannot_write)?;
        fs::rename(&beside, path).with_context(cannot_write)
    }

    /// The statements that erase, as the portal itself does: a tombstone does the withdrawing or erasing, and one
    /// that is there already changes nothing.
    pub fn statements(&self) -> Vec<String> {
        self.erasures.iter().map(Erasure::statement).collect()
    }
}

impl Erasure {
    fn is_sound(&self) -> bool {
        is_receipt_hash(&self.receipt_hash) && !self.who.is_empty()
    }

    fn statement(&self) -> String {
        let what = match self.what {
            What::Submission => "submission",
            What::Identity => "identity",
        };
        let (hash, at, who) = (&self.receipt_hash, self.at, text_literal(&self.who));
        format!(
            "INSERT INTO tombstone (receipt_hash, what, at, who) VALUES ('{hash}', '{what}', {at}, {who});"
        )
    }
}

pub fn is_receipt_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// All tombstones of the database.
fn read(storage: &Storage, progress: &mut Progress) -> Result<Vec<Erasure>> {
    let mut erasures = Vec::new();
    let mut after = "0".to_owned();
    loop {
        let sql = format!(
            "SELECT CAST(rowid AS TEXT) AS position, receipt_hash, what, CAST(at AS TEXT) AS at, who \
             FROM tombstone WHERE rowid > {after} ORDER BY rowid LIMIT {ROWS_AT_ONCE}"
        );
        let rows = storage.query(Database::Db, &sql, progress)?.pop().unwrap_or_default();
        for row in &rows {
            let what = match text(row, "what").as_str() {
                "identity" => What::Identity,
                _ => What::Submission,
            };
            let at = text(row, "at").parse().unwrap_or_default();
            let (receipt_hash, who) = (text(row, "receipt_hash"), text(row, "who"));
            erasures.push(Erasure { receipt_hash, what, at, who });
        }
        match rows.last() {
            Some(last) if rows.len() == ROWS_AT_ONCE => after = text(last, "position"),
            _ => return Ok(erasures),
        }
    }
}

/// What either has, the oldest first. Of one that both have, the list keeps its own.
fn merged(before: Vec<Erasure>, read: Vec<Erasure>) -> Vec<Erasure> {
    let all = read.into_iter().chain(before);
    let all: BTreeMap<_, _> =
        all.map(|erasure| ((erasure.receipt_hash.clone(), erasure.what), erasure)).collect();
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by_key(|erasure| erasure.at);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn erasure(hash: char, what: What, at: i64) -> Erasure {
        let receipt_hash = hash.to_string().repeat(64);
        Erasure { receipt_hash, what, at, who: "sender".into() }
    }

    #[test]
    fn a_list_only_grows() {
        let (a, b) = (erasure('a', What::Submission, 5), erasure('b', What::Identity, 3));
        let c = erasure('a', What::Identity, 9);
        assert_eq!(merged(vec![a.clone(), b.clone()], Vec::new()), [b.clone(), a.clone()]);
        assert_eq!(merged(vec![a.clone()], vec![b.clone(), a.clone(), c.clone()]), [b, a, c]);
    }

    #[test]
    fn nothing_but_a_whole_list_is_read_as_one() {
        let path = std::env::temp_dir().join(format!("cong-erasures-{}", std::process::id()));
        let list = |erasures| Erasures { format: FORMAT, made_at: 1, erasures };
        list(vec![erasure('a', What::Submission, 5)]).write(&path).unwrap();
        assert_eq!(Erasures::read(&path).unwrap().erasures.len(), 1);
        let written = fs::read_to_string(&path).unwrap();
        for broken in [
            &written[..written.len() / 2],
            "[]",
            &written.replace("\"format\": 1", "\"format\": 2"),
            &written.replace("aaaa", "'--a"),
            &written.replace("sender", ""),
        ] {
            fs::write(&path, broken).unwrap();
            assert!(Erasures::read(&path).is_err(), "{broken}");
        }
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_statement_cannot_be_broken_out_of() {
        let erasure = Erasure { who: "O'Hà; --".into(), ..erasure('a', What::Identity, 7) };
        let statement = erasure.statement();
        assert!(statement.ends_with(", 'identity', 7, CAST(X'4F2748C3A03B202D2D' AS TEXT));"));
    }
}
