//! D1, the SQL databases. Every call has a deadline, and every failure is an error that is meant for the log. Rows come
//! from JavaScript as one JSON text, because the JavaScript engine serialises them faster than Wasm can read them value
//! by value.

use std::time::Duration;

use js_sys::{Array, JSON, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use worker::Env;
use worker::wasm_bindgen_futures::JsFuture;
use worker::worker_sys::types::{D1Database, D1PreparedStatement, D1Result};

use super::binding::bound;
use super::deadline::within;
use super::{rows, thrown};

/// A connection to one of the two D1 databases, with the deadline of its calls.
pub struct Database {
    inner: D1Database,
    deadline: Duration,
}

#[derive(Clone, Copy, Debug)]
pub enum SqlValue<'a> {
    Text(&'a str),
    /// At most 2^53 in magnitude, because D1 takes numbers as JavaScript numbers.
    Integer(i64),
    Null,
}

impl<'a> From<&'a str> for SqlValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<Option<&'a str>> for SqlValue<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<u32> for SqlValue<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<i64> for SqlValue<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

/// An SQL statement and its parameters, which the SQL names `?1`, `?2` and so on.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    pub sql: &'static str,
    pub values: Vec<SqlValue<'a>>,
}

impl<'a> Statement<'a> {
    pub fn new(sql: &'static str, values: impl IntoIterator<Item = SqlValue<'a>>) -> Self {
        Self { sql, values: values.into_iter().collect() }
    }
}

/// The rows that one statement of a batch returned.
pub struct Rows(D1Result);

impl Rows {
    /// Deserialises the rows.
    ///
    /// # Errors
    /// A row does not match `T`.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<Vec<T>, DatabaseError> {
        let rows = self.0.results()?.ok_or_else(DatabaseError::unexpected)?;
        let json: String = JSON::stringify(&rows)?.into();
        rows::parse(&json).map_err(DatabaseError::Failed)
    }

    /// The number of rows that the statement wrote, including those of indexes, as D1 counts them for its limits.
    pub fn written(&self) -> usize {
        let meta = self.0.meta().ok();
        let written = meta.and_then(|meta| Reflect::get(&meta, &"rows_written".into()).ok());
        written.and_then(|written| written.as_f64()).unwrap_or_default() as usize
    }
}

/// A failure of D1, for the log. Readers never see it.
#[derive(Debug)]
pub enum DatabaseError {
    /// D1 did not answer within the deadline. A write may still be carried out later.
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
    /// The error for a batch that returned more or fewer results than it has statements.
    pub fn unexpected() -> Self {
        Self::Failed("a batch gave another number of results than it has statements".to_owned())
    }
}

/// Serde fails in two cases: when it parses the JSON of rows, and when it writes parameters that are JSON lists.
impl From<serde_json::Error> for DatabaseError {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<JsValue> for DatabaseError {
    fn from(thrown: JsValue) -> Self {
        Self::Failed(thrown::message(thrown))
    }
}

impl Database {
    /// Opens the database with this binding.
    ///
    /// # Errors
    /// The binding is missing.
    pub fn open(env: &Env, binding: &str, deadline: Duration) -> Result<Self, DatabaseError> {
        let inner = bound(env, binding).map_err(DatabaseError::Failed)?;
        Ok(Self { inner, deadline })
    }

    /// Runs a query and returns all its rows.
    ///
    /// # Errors
    /// The query failed, took longer than the deadline, or returned rows that do not match `T`.
    pub async fn rows<T: DeserializeOwned>(
        &self,
        statement: Statement<'_>,
    ) -> Result<Vec<T>, DatabaseError> {
        self.all(&statement).await?.parse()
    }

    /// Runs a statement and returns the number of rows that it wrote.
    ///
    /// # Errors
    /// The statement failed or took longer than the deadline. After a timeout it may still take effect.
    pub async fn run(&self, statement: Statement<'_>) -> Result<usize, DatabaseError> {
        Ok(self.all(&statement).await?.written())
    }

    /// Runs statements in one round trip and one transaction. Returns the rows of each statement.
    ///
    /// # Errors
    /// A statement failed; then no statement has taken effect. Or the batch took longer than the deadline; then all
    /// statements may still take effect.
    pub async fn batch(&self, statements: &[Statement<'_>]) -> Result<Vec<Rows>, DatabaseError> {
        let prepared = Array::new();
        for statement in statements {
            prepared.push(&self.prepare(statement)?.into());
        }
        let results = self.within_deadline(self.inner.batch(prepared)).await?;
        let results: Array = results.dyn_into()?;
        Ok(results.iter().map(|result| Rows(result.unchecked_into())).collect())
    }

    async fn all(&self, statement: &Statement<'_>) -> Result<Rows, DatabaseError> {
        let result = self.within_deadline(self.prepare(statement)?.all()).await?;
        Ok(Rows(result.unchecked_into()))
    }

    fn prepare(&self, statement: &Statement<'_>) -> Result<D1PreparedStatement, DatabaseError> {
        let values: Array = statement
            .values
            .iter()
            .map(|value| match *value {
                SqlValue::Text(text) => JsValue::from_str(text),
                SqlValue::Integer(number) => JsValue::from_f64(number as f64),
                SqlValue::Null => JsValue::NULL,
            })
            .collect();
        self.inner.prepare(statement.sql)?.bind(values).map_err(Into::into)
    }

    async fn within_deadline(
        &self,
        call: Result<Promise, JsValue>,
    ) -> Result<JsValue, DatabaseError> {
        let answered = within(self.deadline, JsFuture::from(call?)).await;
        answered.ok_or(DatabaseError::Timeout(self.deadline))?.map_err(Into::into)
    }
}
