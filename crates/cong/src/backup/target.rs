//! The portal into which a backup is restored: which data it contains, and whether they come from the same backup.

use std::collections::{HashMap, HashSet};

use anyhow::{Result, bail};
use cong_core::vietnamese::grouped;

use super::database::{OWN, text};
use super::sql::{identifier, text_literal};
use crate::console::Progress;
use crate::language::say;
use crate::storage::{Database, Namespace, Storage};

/// The data that the portal contained before this run of the restore.
pub struct Target {
    /// The keys in each KV namespace, by the name of its binding.
    pub keys: HashMap<&'static str, HashSet<String>>,
    /// The name of each table, and how many rows it has.
    tables: Vec<(String, usize)>,
    views: Vec<String>,
    /// Whether an earlier run of the restore has begun to load the database of this backup.
    pub has_begun: bool,
    /// Whether an earlier run has restored the whole backup.
    pub has_ended: bool,
}

impl Target {
    pub fn read(storage: &Storage, id: &str, progress: &mut Progress) -> Result<Self> {
        let mut keys = HashMap::new();
        for namespace in [Namespace::Articles, Namespace::Files, Namespace::Inbox] {
            let listed = storage.list(namespace, progress)?;
            keys.insert(namespace.binding(), listed.into_iter().map(|key| key.name).collect());
        }
        let sql = format!(
            "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND {OWN}"
        );
        let made = storage.query(Database::Db, &sql, progress)?.pop().unwrap_or_default();
        let (tables, views): (Vec<_>, Vec<_>) =
            made.iter().partition(|row| text(row, "type") == "table");
        let mut target = Self {
            keys,
            tables: tables.iter().map(|row| (text(row, "name"), 0)).collect(),
            views: views.iter().map(|row| text(row, "name")).collect(),
            has_begun: false,
            has_ended: false,
        };
        if target.tables.is_empty() {
            return Ok(target);
        }
        let count =
            |(name, _): &(String, usize)| format!("SELECT count(*) AS n FROM {}", identifier(name));
        let mut sql: Vec<_> = target.tables.iter().map(count).collect();
        let has_trail = target.tables.iter().any(|(name, _)| name == "desk_audit");
        if has_trail {
            let lines = [begun(id), ended(id)].map(|what| text_literal(&what)).join(", ");
            sql.push(format!("SELECT what FROM desk_audit WHERE what IN ({lines})"));
        }
        let mut answers = storage.query(Database::Db, &sql.join(";\n"), progress)?;
        let lines = if has_trail { answers.pop().unwrap_or_default() } else { Vec::new() };
        let has = |what: String| lines.iter().any(|row| text(row, "what") == what);
        (target.has_begun, target.has_ended) = (has(begun(id)), has(ended(id)));
        for ((_, rows), answer) in target.tables.iter_mut().zip(answers) {
            let count = answer.first().and_then(|row| row.get("n")?.as_u64());
            *rows = count.and_then(|count| count.try_into().ok()).unwrap_or(usize::MAX);
        }
        Ok(target)
    }

    /// Fails unless the portal is empty or contains an incomplete restore of this backup. If it contains a complete
    /// restore of this backup, succeeds only if `may_erase`: there is a list of erasures to apply. `place` names the
    /// portal in messages.
    ///
    /// # Errors
    /// The portal contains other data, or nothing is left to do.
    pub fn refuse_what_is_there(&self, place: &str, may_erase: bool) -> Result<()> {
        if self.has_ended && !may_erase {
            bail!(say!(
                "Bản sao lưu này đã được khôi phục xong vào {place} rồi. Chưa ghi gì.",
                "This backup is restored into {place} already. Nothing was written."
            ));
        }
        if self.has_begun {
            return Ok(());
        }
        let rows = self.own_tables().map(|(name, rows)| (name.as_str(), *rows));
        let keys = self.keys.iter().map(|(binding, keys)| (*binding, keys.len()));
        let mut there: Vec<_> = rows.chain(keys).filter(|(_, count)| *count > 0).collect();
        there.sort_unstable();
        if !there.is_empty() {
            let there: Vec<_> =
                there.iter().map(|(name, count)| format!("{name}: {}", grouped(*count))).collect();
            let there = there.join(", ");
            bail!(say!(
                "Chỉ khôi phục vào chỗ trống, mà {place} đang có {there}. Chưa ghi gì. Hãy khôi phục vào một tài khoản hay một --state khác.",
                "A backup is only restored into empty storage, and {place} has {there}. Nothing was written. Restore it into another account or another --state."
            ));
        }
        Ok(())
    }

    /// The tables of the portal, without `d1_migrations`, which belongs to wrangler.
    fn own_tables(&self) -> impl Iterator<Item = &(String, usize)> {
        self.tables.iter().filter(|(name, _)| name != "d1_migrations")
    }

    /// SQL statements that drop all views and tables, so that the backup can create them. If somebody has written a row
    /// into one of the tables since they were found empty, the transaction fails and nothing is dropped.
    pub fn emptying(&self) -> Vec<String> {
        let counts: Vec<_> = self
            .own_tables()
            .map(|(name, _)| format!("(SELECT count(*) FROM {})", identifier(name)))
            .collect();
        let mut statements = vec!["PRAGMA defer_foreign_keys = TRUE;".to_owned()];
        if !counts.is_empty() {
            statements.extend([
                "CREATE TABLE restored_into_empty_tables (n INTEGER CHECK (n = 0));".to_owned(),
                format!("INSERT INTO restored_into_empty_tables SELECT {};", counts.join(" + ")),
                "DROP TABLE restored_into_empty_tables;".to_owned(),
            ]);
        }
        let views = self.views.iter().map(|name| format!("DROP VIEW {};", identifier(name)));
        let tables =
            self.tables.iter().map(|(name, _)| format!("DROP TABLE {};", identifier(name)));
        statements.into_iter().chain(views).chain(tables).collect()
    }
}

/// The text that is stored in `desk_audit` with the database of this backup.
pub fn begun(id: &str) -> String {
    format!("restore begun: backup {id}")
}

/// The text that is stored in `desk_audit` when everything of this backup is restored.
pub fn ended(id: &str) -> String {
    format!("restore ended: backup {id}")
}
