//! Exports `DB` as an SQL file that recreates it in an empty database: first the tables, then the rows, and last the
//! indexes, views and triggers, so that no trigger runs while rows are inserted.
//!
//! `wrangler d1 export` is not used: it turns a backslash followed by an n into a line break, and can read local
//! storage only in its default folder. Instead, rows are read with queries that return each value as an SQL literal
//! quoted by SQLite.

use std::io::Write;

use anyhow::{Context, Result, bail};

use super::folder::{DATABASE, Manifest, Unfinished};
use super::sql::{Value, expression, identifier, insert};
use crate::console::Progress;
use crate::interrupt::Interrupted;
use crate::language::say;
use crate::storage::{Database, Row, Storage};

/// The maximum number of rows of each table in one query. D1 does not document how large an answer may be, so a query
/// that fails is repeated with half as many rows, until there are at most `FEW_ROWS`.
const ROWS_AT_ONCE: usize = 1_000;
const FEW_ROWS: usize = 100;
/// The maximum number of attempts to export the database. An attempt fails if the database is changed while it is read.
const ATTEMPTS: usize = 4;

/// An SQL condition on the column `name` that excludes the internal tables of SQLite and of Cloudflare.
pub const OWN: &str = "substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '_cf_'";

/// A table, and how much of it has been read.
struct Table {
    name: String,
    columns: Vec<String>,
    has_rowid: bool,
    /// How many rows have been read so far.
    rows: usize,
    /// The rowid of the last row that was read; `None` once all rows are read.
    after: Option<i64>,
}

/// Writes the database into the backup, and its migrations and row counts into the manifest.
///
/// # Errors
/// The database has no tables, or it keeps changing while it is read.
pub fn save(
    storage: &Storage,
    folder: &Unfinished,
    manifest: &mut Manifest,
    progress: &mut Progress,
) -> Result<()> {
    let (tables, made, acting) = schema(storage, progress)?;
    if tables.is_empty() {
        bail!(say!(
            "Cơ sở dữ liệu DB còn trống, chưa có bảng nào: có đúng là cổng này không?",
            "The database DB is empty, without any table: is this the right portal?"
        ));
    }
    for _ in 0..ATTEMPTS {
        let mut file = std::io::BufWriter::new(folder.create(DATABASE)?);
        let mut tables: Vec<Table> = tables.iter().map(Table::begun).collect();
        // All tables are created before the first row, because rows may refer to tables that come later.
        writeln!(file, "PRAGMA defer_foreign_keys = TRUE;")?;
        made.iter().try_for_each(|sql| writeln!(file, "{sql};"))?;
        if copy_rows(storage, &mut tables, &mut file, progress)? {
            acting.iter().try_for_each(|sql| writeln!(file, "{sql};"))?;
            file.flush()?;
            manifest.rows = tables.into_iter().map(|table| (table.name, table.rows)).collect();
            manifest.migrations = migrations(storage, progress)?;
            return Ok(());
        }
    }
    bail!(say!(
        "Cơ sở dữ liệu thay đổi liên tục trong lúc sao lưu. Hãy chạy lại vào lúc vắng hơn.",
        "The database kept changing while it was read. Run this again at a quieter hour."
    ))
}

/// The names of the migrations that were applied.
///
/// # Errors
/// No migration was ever applied, so there is no table of migrations.
pub fn migrations(storage: &Storage, progress: &mut Progress) -> Result<Vec<String>> {
    let sql = "SELECT name FROM d1_migrations ORDER BY id";
    let rows = storage.query(Database::Db, sql, progress)?.into_iter().flatten();
    Ok(rows.map(|row| text(&row, "name")).collect())
}

/// The tables (each with the position up to which its rows have been read), the statements that create them, and the
/// statements that create indexes, views and triggers.
type Schema = (Vec<Table>, Vec<String>, Vec<String>);

fn schema(storage: &Storage, progress: &mut Progress) -> Result<Schema> {
    let sql = format!(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND {OWN} ORDER BY rowid;
         SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table';
         WITH own AS MATERIALIZED (
             SELECT name, rowid AS position FROM sqlite_master WHERE type = 'table' AND {OWN}
         )
         SELECT own.name AS owner, c.name FROM own CROSS JOIN pragma_table_info(own.name) AS c
         ORDER BY position, cid"
    );
    let [made, kinds, columns]: [Vec<Row>; 3] = storage
        .query(Database::Db, &sql, progress)?
        .try_into()
        .ok()
        .with_context(not_understood)?;
    let (tables, acting): (Vec<Row>, Vec<Row>) =
        made.into_iter().partition(|row| text(row, "type") == "table");
    let without_rowid = |name: &str| {
        kinds.iter().any(|row| text(row, "name") == name && row.get("wr") == Some(&1.into()))
    };
    let table = |row: &Row| {
        let name = text(row, "name");
        let columns = columns.iter().filter(|column| text(column, "owner") == name);
        Table {
            columns: columns.map(|column| text(column, "name")).collect(),
            has_rowid: !without_rowid(&name),
            name,
            rows: 0,
            after: Some(i64::MIN),
        }
    };
    let statements = |rows: &[Row]| rows.iter().map(|row| text(row, "sql")).collect();
    Ok((tables.iter().map(table).collect(), statements(&tables), statements(&acting)))
}

/// Copies all rows. Returns `false` if the database was changed while it was read. Each query runs in a transaction
/// that also computes a fingerprint of the whole database (see `Table::mark`). If all queries return the same
/// fingerprint, the database was not changed.
fn copy_rows(
    storage: &Storage,
    tables: &mut [Table],
    file: &mut impl Write,
    progress: &mut Progress,
) -> Result<bool> {
    let marks: Vec<_> = tables.iter().map(Table::mark).collect();
    let mark = format!("SELECT {}", marks.join(", "));
    let (mut first_mark, mut limit) = (None, ROWS_AT_ONCE);
    loop {
        let due: Vec<_> = tables.iter_mut().filter(|table| table.after.is_some()).collect();
        if due.is_empty() {
            return Ok(true);
        }
        let rows = due.iter().map(|table| table.query(limit));
        let queries: Vec<_> = std::iter::once(mark.clone()).chain(rows).collect();
        let mut answers = match storage.query(Database::Db, &queries.join(";\n"), progress) {
            Err(error) if limit > FEW_ROWS && !error.is::<Interrupted>() => {
                limit /= 2;
                continue;
            }
            answers => answers?.into_iter(),
        };
        let mark = answers.next().with_context(not_understood)?;
        if answers.len() != due.len() {
            bail!(not_understood());
        }
        if first_mark.get_or_insert_with(|| mark.clone()) != &mark {
            return Ok(false);
        }
        for (table, rows) in due.into_iter().zip(answers) {
            table.write(rows, limit, file)?;
        }
    }
}

impl Table {
    fn begun(&self) -> Self {
        Self { name: self.name.clone(), columns: self.columns.clone(), ..*self }
    }

    /// The SQL query for the next rows of the table, at most `limit` of them.
    fn query(&self, limit: usize) -> String {
        let columns = self.columns.iter().enumerate();
        let columns: Vec<_> =
            columns.map(|(n, name)| format!("{} AS c{n}", expression(name))).collect();
        let (columns, table) = (columns.join(", "), identifier(&self.name));
        match self.after {
            Some(after) if self.has_rowid => format!(
                "SELECT CAST(rowid AS TEXT) AS at, {columns} FROM {table} WHERE rowid > {after} \
                 ORDER BY rowid LIMIT {limit}"
            ),
            // A table without a rowid is small, with one row for each draft, and is read at once.
            _ => format!("SELECT {columns} FROM {table}"),
        }
    }

    /// An SQL expression for a fingerprint of the table: the number of its rows and the total length of their values.
    /// It misses a change that keeps both, but every change by a person also adds a row to an audit trail, which is a
    /// table too.
    fn mark(&self) -> String {
        let length = |name: &String| format!("coalesce(length({}), -1)", identifier(name));
        let lengths: Vec<_> = self.columns.iter().map(length).collect();
        let (lengths, table) = (lengths.join(" + "), identifier(&self.name));
        format!("(SELECT count(*) || ':' || coalesce(sum({lengths}), 0) FROM {table})")
    }

    fn write(&mut self, rows: Vec<Row>, limit: usize, file: &mut impl Write) -> Result<()> {
        self.after = match rows.last() {
            Some(last) if self.has_rowid && rows.len() == limit => {
                Some(text(last, "at").parse().ok().with_context(not_understood)?)
            }
            _ => None,
        };
        self.rows += rows.len();
        for row in rows {
            let value = |n| Value::parse(&text(&row, &format!("c{n}")));
            let values: Option<Vec<_>> = (0..self.columns.len()).map(value).collect();
            let values = values.with_context(not_understood)?;
            for statement in insert(&self.name, &self.columns, &values) {
                writeln!(file, "{statement}")?;
            }
        }
        Ok(())
    }
}

/// The text in a column of a row; empty if the column contains no text.
pub fn text(row: &Row, column: &str) -> String {
    row.get(column).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}

fn not_understood() -> String {
    say!("Không hiểu được câu trả lời của cơ sở dữ liệu", "The database's answer cannot be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: usize) -> Row {
        let at = id.to_string();
        Row::from([("at".into(), at.clone().into()), ("c0".into(), at.into())])
    }

    fn table() -> Table {
        let columns = vec!["id".to_owned()];
        Table { name: "t".into(), columns, has_rowid: true, rows: 0, after: Some(i64::MIN) }
    }

    #[test]
    fn each_query_continues_after_the_last_row_until_none_is_left() {
        let (mut table, mut file) = (table(), Vec::new());
        table.write((1..=50).map(row).collect(), 50, &mut file).unwrap();
        assert!(table.query(70).contains("WHERE rowid > 50 ORDER BY rowid LIMIT 70"));
        table.write(vec![row(2_000)], 70, &mut file).unwrap();
        assert_eq!((table.after, table.rows), (None, 51));
        let written = String::from_utf8(file).unwrap();
        assert_eq!(written.lines().last(), Some("INSERT INTO \"t\" VALUES (2000);"));
    }

    #[test]
    fn a_malformed_row_is_an_error() {
        let broken = Row::from([("at".into(), "1".into()), ("c0".into(), "abc".into())]);
        assert!(table().write(vec![broken], 1, &mut Vec::new()).is_err());
    }
}
