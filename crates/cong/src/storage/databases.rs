//! Queries, writes and migrates the D1 databases.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::portal_storage::Storage;
use crate::console::Progress;
use crate::language::say;

#[derive(Clone, Copy, Debug)]
pub enum Database {
    /// The database of what citizens sent, and of the editors' work on it.
    Db,
    /// The database of lists and of the search index, which the sync derives from the articles.
    Catalogue,
}

impl Database {
    /// The name of the database's binding in wrangler.toml.
    fn binding(self) -> &'static str {
        match self {
            Self::Db => "DB",
            Self::Catalogue => "CATALOGUE",
        }
    }
}

/// A row: maps the name of a column to its value.
pub type Row = HashMap<String, Value>;

#[derive(Deserialize)]
struct Answer {
    results: Vec<Row>,
}

impl Storage<'_> {
    /// Runs several queries, separated by semicolons, in one transaction, and returns the rows of each. `sql` becomes a
    /// command-line argument, so it can have at most about 100,000 bytes.
    pub fn query(
        &self,
        database: Database,
        sql: &str,
        progress: &mut Progress,
    ) -> Result<Vec<Vec<Row>>> {
        let binding = database.binding();
        let what = say!("hỏi cơ sở dữ liệu {binding}", "query the database {binding}");
        let args = ["d1", "execute", binding, "--yes", "--json", "--command", sql];
        let answers: Vec<Answer> = self.run_for_json(&args, &[], &what, progress)?;
        Ok(answers.into_iter().map(|answer| answer.results).collect())
    }

    /// Runs all statements of an SQL file. If one fails, none has an effect.
    pub fn execute(&self, database: Database, file: &Path, progress: &mut Progress) -> Result<()> {
        let binding = database.binding();
        let what = say!("ghi vào cơ sở dữ liệu {binding}", "write to the database {binding}");
        let args = ["d1", "execute", binding, "--yes", "--json"];
        let operands = ["--file".as_ref(), file.as_ref()];
        self.printed(&args, &operands, &what, progress)?;
        Ok(())
    }

    /// Applies the migrations that were not yet applied to a database.
    pub fn migrate(&self, database: Database, progress: &mut Progress) -> Result<()> {
        let binding = database.binding();
        let what = say!("cập nhật lược đồ của {binding}", "apply the migrations of {binding}");
        self.run(&["d1", "migrations", "apply", binding], &[], &what, progress)?;
        Ok(())
    }
}
