//! The list of erasures: reading it from a file, writing it to one, and merging it with the erasures of a database.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use cong_core::vietnamese::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::sql::text_literal;
use crate::language::{cannot_read, say};

const FORMAT: u32 = 1;

/// A list of erasures, as it is stored in a file.
#[derive(Debug, Deserialize, Serialize)]
pub struct Erasures {
    format: u32,
    /// When the list was made, in seconds since 1970. The time is taken before the database is read.
    pub made_at: i64,
    pub erasures: Vec<Erasure>,
}

/// One erasure, with the columns of the table `tombstone`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Erasure {
    pub receipt_hash: String,
    /// The kind of the erased data, such as `submission` or `identity`: the column `what` of the table `tombstone`.
    pub what: String,
    pub at: i64,
    /// The requester of the erasure: `sender`, `portal` (the period for keeping personal data was over), or the editor
    /// who carried it out.
    pub who: String,
}

impl Erasures {
    pub fn new(now: Timestamp, erasures: Vec<Erasure>) -> Self {
        Self { format: FORMAT, made_at: now.0, erasures }
    }

    /// Reads a list of erasures from a file.
    ///
    /// # Errors
    /// The file is not a list of erasures, is incomplete, or is damaged.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| cannot_read(path))?;
        let no_list = || {
            say!(
                "{0} không phải là danh sách do cargo run erasures ghi, hoặc đã hỏng",
                "{0} is not a list that cargo run erasures wrote, or it is damaged",
                path.display()
            )
        };
        let list: Self = serde_json::from_slice(&bytes).with_context(no_list)?;
        if list.format != FORMAT || !list.erasures.iter().all(Erasure::is_sound) {
            bail!(no_list());
        }
        Ok(list)
    }

    /// Writes the list to a new file, then renames that file, so that an earlier list is never lost.
    pub fn write(&self, path: &Path) -> Result<()> {
        let cannot_write = || say!("Không ghi được {0}", "{0} cannot be written", path.display());
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        fs::write(&beside, serde_json::to_vec_pretty(self)?).with_context(cannot_write)?;
        fs::rename(&beside, path).with_context(cannot_write)
    }

    /// SQL statements that withdraw submissions and erase identities. Other kinds of erasures are left out: the schema
    /// of an old backup may not know them, while every schema knows these two.
    pub fn statements(&self) -> Vec<String> {
        let whole = |erasure: &&Erasure| ["submission", "identity"].contains(&&*erasure.what);
        let inserts = self.erasures.iter().filter(whole);
        inserts.map(|erasure| format!("{INSERT} {};", erasure.values())).collect()
    }
}

/// The beginning of an SQL statement that inserts tombstones. A trigger then erases the data. A tombstone that exists
/// already is ignored.
pub const INSERT: &str = "INSERT INTO tombstone (receipt_hash, what, at, who) VALUES";

impl Erasure {
    fn is_sound(&self) -> bool {
        let is_comment = |what: &str| {
            let position = what.strip_prefix("comment ").unwrap_or_default();
            !position.starts_with('0')
                && position.bytes().all(|byte| byte.is_ascii_digit())
                && position.parse::<u32>().is_ok()
        };
        let is_known = match self.what.as_str() {
            "submission" | "identity" | "name" | "release" => true,
            what => is_comment(what.strip_prefix("public ").unwrap_or(what)),
        };
        is_receipt_hash(&self.receipt_hash) && is_known && !self.who.is_empty()
    }

    /// Whether the erasure only took a text back from the public. The same text can be released and taken back again
    /// later, so the time of such an erasure matters.
    fn is_dated(&self) -> bool {
        self.what == "release" || self.what.starts_with("public ")
    }

    fn key(&self) -> (&str, &str) {
        (&self.receipt_hash, &self.what)
    }

    /// The erasure as the values of one row in an `INSERT`.
    pub fn values(&self) -> String {
        let Self { receipt_hash, what, at, who } = self;
        format!("('{receipt_hash}', '{what}', {at}, {})", text_literal(who))
    }
}

pub fn is_receipt_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The erasures in `list` that are missing in `there`, the erasures of the database. A [dated](Erasure::is_dated)
/// erasure is also missing if `there` contains it only with an earlier time.
pub fn missing(list: &[Erasure], there: &[Erasure]) -> Vec<Erasure> {
    let mut latest = HashMap::new();
    for erasure in there {
        let at = latest.entry(erasure.key()).or_insert(erasure.at);
        *at = erasure.at.max(*at);
    }
    let is_missing = |erasure: &&Erasure| match latest.get(&erasure.key()) {
        Some(at) => erasure.is_dated() && *at < erasure.at,
        None => true,
    };
    list.iter().filter(is_missing).cloned().collect()
}

/// Merges the list `before` and the erasures `there` of the database, sorted by time. If both contain an erasure, that
/// of `before` is kept, or the later one if it is [dated](Erasure::is_dated).
pub fn merged(before: Vec<Erasure>, there: Vec<Erasure>) -> Vec<Erasure> {
    let mut all: BTreeMap<(String, String), Erasure> = BTreeMap::new();
    for erasure in there.into_iter().chain(before) {
        let key = (erasure.receipt_hash.clone(), erasure.what.clone());
        match all.get(&key) {
            Some(other) if erasure.is_dated() && other.at > erasure.at => {}
            _ => drop(all.insert(key, erasure)),
        }
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by_key(|erasure| erasure.at);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn erasure(hash: char, what: &str, at: i64) -> Erasure {
        let receipt_hash = hash.to_string().repeat(64);
        Erasure { receipt_hash, what: what.into(), at, who: "sender".into() }
    }

    #[test]
    fn merging_keeps_all_erasures_of_the_list() {
        let (a, b) = (erasure('a', "submission", 5), erasure('b', "identity", 3));
        let c = erasure('a', "identity", 9);
        assert_eq!(merged(vec![a.clone(), b.clone()], Vec::new()), [b.clone(), a.clone()]);
        assert_eq!(merged(vec![a.clone()], vec![b.clone(), a.clone(), c.clone()]), [b, a, c]);
    }

    #[test]
    fn of_a_text_taken_back_twice_the_later_time_is_listed() {
        let [early, late] = [4, 8].map(|at| erasure('a', "release", at));
        let both = vec![early.clone(), late.clone()];
        assert_eq!(merged(vec![early.clone()], both.clone()), std::slice::from_ref(&late));
        assert_eq!(merged(both.clone(), vec![early.clone()]), std::slice::from_ref(&late));
        assert_eq!(missing(&both, std::slice::from_ref(&early)), std::slice::from_ref(&late));
        assert!(missing(&both, &[late]).is_empty());
        // A permanent erasure is complete whatever its time, so an earlier one is enough.
        let [early, late] = [4, 8].map(|at| erasure('a', "comment 2", at));
        assert!(missing(&[late], &[early]).is_empty());
    }

    #[test]
    fn incomplete_and_altered_lists_are_refused() {
        let path = std::env::temp_dir().join(format!("cong-erasures-{}", std::process::id()));
        let kinds = ["submission", "identity", "name", "release", "comment 2", "public comment 10"];
        let all = kinds.map(|what| erasure('a', what, 5)).to_vec();
        Erasures::new(Timestamp(1), all.clone()).write(&path).unwrap();
        assert_eq!(Erasures::read(&path).unwrap().erasures, all);
        let written = fs::read_to_string(&path).unwrap();
        for broken in [
            &written[..written.len() / 2],
            "[]",
            &written.replace("\"format\": 1", "\"format\": 2"),
            &written.replace("aaaa", "'--a"),
            &written.replace("aaaa", "AAAA"),
            &written.replace("sender", ""),
            &written.replace("comment 2", "comment 0"),
            &written.replace("comment 2", "comment +2"),
            &written.replace("comment 2", "comment "),
            &written.replace("\"release\"", "\"public\""),
            &written.replace("\"name\"", "\"name'\""),
        ] {
            assert_ne!(broken, written);
            fs::write(&path, broken).unwrap();
            assert!(Erasures::read(&path).is_err(), "{broken}");
        }
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn quotes_in_values_cannot_end_a_statement() {
        let erasure = Erasure { who: "O'Hà; --".into(), ..erasure('a', "identity", 7) };
        let values = erasure.values();
        assert!(values.ends_with(", 'identity', 7, CAST(X'4F2748C3A03B202D2D' AS TEXT))"));
    }
}
