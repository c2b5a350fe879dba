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
    /// The data that citizens sent, and the editors' work on it.
    Db,
    /// The lists and the search index, derived from the articles.
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

/// A row of a table: from the name of a column to its value.
pub type Row = HashMap<String, Value>;

#[derive(Deserialize)]
struct Answer {
    results: Vec<Row>,
}

impl Storage<'_> {
    /// Runs several queries, separated by semicolons, in one transaction, and returns the rows of each. The SQL
    /// is a command-line argument, so it can have at most about 100,000 bytes.
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

    /// Runs all statements of an SQL file, or none if one of them fails.
    pub fn execute(&self, database: Database, file: &Path, progress: &mut Progress) -> Result<()> {
        let binding = database.binding();
        let what = say!("ghi vào cơ sở dữ liệu {binding}", "write to the database {binding}");
        let args = ["d1", "execute", binding, "--yes", "--json"];
        let operands = ["--file".as_ref(), file.as_ref()];
        self.printed(&args, &operands, &what, progress)?;
        Ok(())
    }

    /// Applies the migrations that a database lacks.
    pub fn migrate(&self, database: Database, progress: &mut Progress) -> Result<()> {
        let binding = database.binding();
        let what = say!("cập nhật lược đồ của {binding}", "apply the migrations of {binding}");
        self.run(&["d1", "migrations", "apply", binding], &[], &what, progress)?;
        Ok(())
    }
}
