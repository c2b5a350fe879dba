//! The D1 databases.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::Storage;
use crate::console::Progress;
use crate::language::say;

#[derive(Clone, Copy, Debug)]
pub enum Database {
    /// What citizens sent.
    Db,
    /// The lists, derived from the articles.
    Catalogue,
}

impl Database {
    /// Its binding in wrangler.toml.
    fn binding(self) -> &'static str {
        match self {
            Self::Db => "DB",
            Self::Catalogue => "CATALOGUE",
        }
    }
}

/// Columns by name.
pub type Row = HashMap<String, Value>;

#[derive(Deserialize)]
struct Answer {
    results: Vec<Row>,
}

impl Storage<'_> {
    /// The rows of each of several queries with semicolons between, carried out as one transaction. It is given on a
    /// command line, so some 100,000 bytes are the most.
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

    /// Carries out a file of SQL, all of it or nothing.
    pub fn execute(&self, database: Database, file: &Path, progress: &mut Progress) -> Result<()> {
        let binding = database.binding();
        let what = say!("ghi vào cơ sở dữ liệu {binding}", "write to the database {binding}");
        let args = ["d1", "execute", binding, "--yes", "--json"];
        let operands = ["--file".as_ref(), file.as_ref()];
        self.printed(&args, &operands, &what, progress)?;
        Ok(())
    }

    /// Brings a database to the newest schema.
    pub fn migrate(&self, database: Database, progress: &mut Progress) -> Result<()> {
        let binding = database.binding();
        let what = say!("cập nhật lược đồ của {binding}", "apply the migrations of {binding}");
        self.run(&["d1", "migrations", "apply", binding], &[], &what, progress)?;
        Ok(())
    }
}
