//! D1: every call has a deadline, every failure is an error to be logged.

use std::time::Duration;

use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result, Env};

use super::deadline::within;

/// One of the databases, for one request.
pub struct Database {
    inner: D1Database,
    deadline: Duration,
}

/// A parameter of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Text(&'a str),
    /// At most 2^53 in size: D1 takes numbers as JavaScript does.
    Integer(i64),
    Null,
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

/// A statement with its parameters, numbered `?1` and on.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    pub sql: &'static str,
    pub values: Vec<Value<'a>>,
}

impl<'a> Statement<'a> {
    pub fn new(sql: &'static str, values: impl IntoIterator<Item = Value<'a>>) -> Self {
        Self { sql, values: values.into_iter().collect() }
    }
}

/// The rows that one statement of a batch gave.
pub struct Rows(D1Result);

impl Rows {
    /// # Errors
    /// The rows have another shape.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<Vec<T>, DatabaseError> {
        Ok(self.0.results()?)
    }

    /// How many rows the statement wrote, indexes included, as the platform counts them for its limits.
    pub fn written(&self) -> usize {
        self.0.meta().ok().flatten().and_then(|meta| meta.rows_written).unwrap_or_default()
    }
}

/// Why a database gave no answer. For the log, never for readers.
#[derive(Debug)]
pub enum DatabaseError {
    /// No answer within the deadline. A write may still be carried out later.
    Timeout(Duration),
    Failed(String),
}

impl std::fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Timeout(deadline) => write!(f, "no answer within {} ms", deadline.as_millis()),
            Self::Failed(cause) => f.write_str(cause),
        }
    }
}

impl DatabaseError {
    /// A batch gave another number of results than it has statements.
    pub fn unexpected() -> Self {
        Self::Failed("a batch gave another number of results than it has statements".to_owned())
    }
}

impl From<worker::Error> for DatabaseError {
    fn from(error: worker::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Database {
    /// # Errors
    /// Where the binding is missing.
    pub fn open(env: &Env, binding: &str, deadline: Duration) -> Result<Self, DatabaseError> {
        Ok(Self { inner: env.d1(binding)?, deadline })
    }

    /// All rows of one query.
    ///
    /// # Errors
    /// The query failed, took longer than the deadline, or gave rows of another shape.
    pub async fn rows<T: DeserializeOwned>(
        &self,
        statement: Statement<'_>,
    ) -> Result<Vec<T>, DatabaseError> {
        let prepared = self.prepare(&statement)?;
        let result = self.within_deadline(prepared.all()).await?;
        Ok(result.results()?)
    }

    /// Runs one statement, for its effect alone; gives the number of rows written.
    ///
    /// # Errors
    /// As for `rows`; after a timeout it may still take effect.
    pub async fn run(&self, statement: Statement<'_>) -> Result<usize, DatabaseError> {
        let prepared = self.prepare(&statement)?;
        Ok(Rows(self.within_deadline(prepared.all()).await?).written())
    }

    /// Runs the statements in one round trip and one transaction, and gives the rows of each.
    ///
    /// # Errors
    /// As for `rows`; then none of the statements has taken effect, or, after a timeout, all may
    /// still do.
    pub async fn batch(&self, statements: &[Statement<'_>]) -> Result<Vec<Rows>, DatabaseError> {
        let prepared = statements
            .iter()
            .map(|statement| self.prepare(statement))
            .collect::<Result<Vec<_>, _>>()?;
        let results = self.within_deadline(self.inner.batch(prepared)).await?;
        Ok(results.into_iter().map(Rows).collect())
    }

    fn prepare(&self, statement: &Statement<'_>) -> Result<D1PreparedStatement, DatabaseError> {
        let values: Vec<JsValue> = statement
            .values
            .iter()
            .map(|value| match *value {
                Value::Text(text) => JsValue::from_str(text),
                Value::Integer(number) => JsValue::from_f64(number as f64),
                Value::Null => JsValue::NULL,
            })
            .collect();
        Ok(self.inner.prepare(statement.sql).bind(&values)?)
    }

    async fn within_deadline<T>(
        &self,
        call: impl Future<Output = worker::Result<T>>,
    ) -> Result<T, DatabaseError> {
        let answered = within(self.deadline, call).await;
        Ok(answered.ok_or(DatabaseError::Timeout(self.deadline))??)
    }
}
