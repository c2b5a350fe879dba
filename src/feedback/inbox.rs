//! `INBOX`: submissions that were acknowledged while `DB` was away, until they are moved there.
//!
//! KV gives no transactions and its lists lag, so nothing here relies on either: what is moved twice
//! is stored once, because the database knows receipts, and a key is deleted only after its submission
//! is stored.

use super::receipt::Receipt;
use super::record::Record;
use super::store;
use crate::edge::{BULK_KEYS, Database, DatabaseError, Store, StoreError};

/// Each takes one call to delete; together with listing, reading and storing they stay within the
/// 50 calls that a run may make on the free plan.
const MOVED_PER_RUN: usize = 30;
/// How often a run halves a batch that the database refuses: enough to find the one submission that it
/// does not take, and few enough for the 50 queries that a run may make.
const HALVINGS_PER_RUN: usize = 6;
/// D1 takes parameters of up to 2 MB.
const MAX_BYTES_AT_ONCE: usize = 1_000_000;

/// How a run went.
#[derive(Debug, Default)]
pub struct Moved {
    pub moved: usize,
    /// Keys whose value is no submission: an operator has to look.
    pub unreadable: usize,
    /// Submissions that the database does not take, and what it last said.
    pub refused: usize,
    pub refusal: Option<DatabaseError>,
}

#[derive(Debug)]
pub enum MoveError {
    Inbox(StoreError),
    Database(DatabaseError),
}

impl std::fmt::Display for MoveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Inbox(error) => write!(f, "INBOX: {error}"),
            Self::Database(error) => write!(f, "DB: {error}"),
        }
    }
}

impl From<StoreError> for MoveError {
    fn from(error: StoreError) -> Self {
        Self::Inbox(error)
    }
}

impl From<DatabaseError> for MoveError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}

/// Keeps a submission until the database is back. One that waits already stays as it is: its time of
/// receipt is the first.
///
/// # Errors
/// KV did not take it.
pub async fn hold(inbox: &Store, record: &Record) -> Result<(), StoreError> {
    // Asked by a list, because a read of a key that is not there yet would be remembered by KV, and
    // the receipt would not be found for a minute.
    if is_waiting(inbox, &record.receipt_hash).await.unwrap_or(false) {
        return Ok(());
    }
    let value = serde_json::to_string(record).map_err(|error| StoreError(error.to_string()))?;
    match inbox.put(&record.receipt_hash, &value).await {
        Ok(()) => Ok(()),
        // KV takes one write a second for each key: the same form, sent twice at once.
        Err(error) => match is_waiting(inbox, &record.receipt_hash).await {
            Ok(true) => Ok(()),
            _ => Err(error),
        },
    }
}

async fn is_waiting(inbox: &Store, key: &str) -> Result<bool, StoreError> {
    Ok(inbox.first_keys(key, 1).await?.iter().any(|listed| listed == key))
}

/// The waiting submission of a receipt.
///
/// # Errors
/// KV did not answer, or the value is no submission.
pub async fn find_waiting(inbox: &Store, receipt: &Receipt) -> Result<Option<Record>, StoreError> {
    let Some(value) = inbox.text(&receipt.hash()).await? else { return Ok(None) };
    serde_json::from_str(&value)
        .map(Some)
        .map_err(|_| StoreError("a value is no submission".into()))
}

/// Moves one submission that waits, before something is done with it.
///
/// # Errors
/// Either store did not answer; nothing is lost, and the next run tries again.
pub async fn move_one(inbox: &Store, db: &Database, record: &Record) -> Result<(), MoveError> {
    store::store(db, std::slice::from_ref(record)).await?;
    inbox.delete(&record.receipt_hash).await?;
    Ok(())
}

/// Moves what waits into the database, as much as one run may. What cannot be moved keeps nothing else
/// waiting.
///
/// # Errors
/// Either store did not answer; nothing is lost, and the next run tries again.
pub async fn move_waiting(inbox: &Store, db: &Database) -> Result<Moved, MoveError> {
    let listed = inbox.first_keys("", BULK_KEYS as u64).await?;
    let mut outcome = Moved::default();
    if listed.is_empty() {
        return Ok(outcome);
    }
    let keys: Vec<&str> = listed.iter().map(String::as_str).collect();
    let mut records: Vec<Record> = Vec::new();
    // A key that is listed and has no value was moved before; the list lags.
    for value in inbox.texts(&keys).await?.into_values() {
        match serde_json::from_str(&value) {
            Ok(record) => records.push(record),
            Err(_) => outcome.unreadable += 1,
        }
    }
    records.truncate(MOVED_PER_RUN);
    let mut parts = in_parts(records);
    let mut halvings = HALVINGS_PER_RUN;
    while let Some(mut part) = parts.pop() {
        match store::store(db, &part).await {
            Ok(()) => {
                for record in &part {
                    inbox.delete(&record.receipt_hash).await?;
                    outcome.moved += 1;
                }
            }
            Err(DatabaseError::Failed(_)) if part.len() > 1 && halvings > 0 => {
                halvings -= 1;
                parts.push(part.split_off(part.len() / 2));
                parts.push(part);
            }
            Err(error @ DatabaseError::Failed(_)) => {
                outcome.refused += part.len();
                outcome.refusal = Some(error);
            }
            Err(error @ DatabaseError::Timeout(_)) => return Err(error.into()),
        }
    }
    match outcome.refusal {
        // It takes nothing at all, so it is not what was sent that is wrong.
        Some(error) if outcome.moved == 0 && outcome.refused > 1 => Err(error.into()),
        _ => Ok(outcome),
    }
}

/// As few parts as the size of a parameter allows.
fn in_parts(records: Vec<Record>) -> Vec<Vec<Record>> {
    let mut parts: Vec<Vec<Record>> = Vec::new();
    let mut bytes = 0;
    for record in records {
        // JSON writes a line break or a quote in two bytes, and everything else as it is.
        bytes += 2 * record.text.len();
        match parts.last_mut().filter(|_| bytes <= MAX_BYTES_AT_ONCE) {
            Some(part) => part.push(record),
            None => {
                bytes = 2 * record.text.len();
                parts.push(vec![record]);
            }
        }
    }
    parts
}
