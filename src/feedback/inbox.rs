//! `INBOX`: submissions that were acknowledged while `DB` was away, until they are moved there.
//!
//! KV gives no transactions and its lists lag, so nothing here relies on either: what is moved twice
//! is stored once, because the database knows receipts, and a key is deleted only after its submission
//! is stored.

use super::receipt::Receipt;
use super::record::Record;
use super::store;
use crate::edge::{Database, DatabaseError, Store, StoreError};

/// Each takes one call to delete; together with listing, reading and storing they stay within the
/// 50 calls that a run may make on the free plan.
const MOVED_PER_RUN: u64 = 40;
/// D1 takes parameters of up to 2 MB.
const MAX_BYTES_AT_ONCE: usize = 1_000_000;

/// How a run went.
#[derive(Debug, Default)]
pub struct Moved {
    pub moved: usize,
    /// Keys whose value is no submission: an operator has to look.
    pub unreadable: usize,
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

/// Moves what waits into the database, as much as one run may.
///
/// # Errors
/// Either store did not answer; nothing is lost, and the next run tries again.
pub async fn move_waiting(inbox: &Store, db: &Database) -> Result<Moved, MoveError> {
    let listed = inbox.first_keys("", MOVED_PER_RUN).await?;
    let mut outcome = Moved::default();
    if listed.is_empty() {
        return Ok(outcome);
    }
    let keys: Vec<&str> = listed.iter().map(String::as_str).collect();
    let mut part = Vec::new();
    let mut part_bytes = 0;
    // A key that is listed and has no value was moved before; the list lags.
    for value in inbox.texts(&keys).await?.into_values() {
        let Ok(record) = serde_json::from_str::<Record>(&value) else {
            outcome.unreadable += 1;
            continue;
        };
        if part_bytes + value.len() > MAX_BYTES_AT_ONCE {
            outcome.moved += move_part(inbox, db, &mut part).await?;
            part_bytes = 0;
        }
        part_bytes += value.len();
        part.push(record);
    }
    outcome.moved += move_part(inbox, db, &mut part).await?;
    Ok(outcome)
}

async fn move_part(
    inbox: &Store,
    db: &Database,
    records: &mut Vec<Record>,
) -> Result<usize, MoveError> {
    let records = std::mem::take(records);
    if records.is_empty() {
        return Ok(0);
    }
    store::store(db, &records).await?;
    for record in &records {
        inbox.delete(&record.receipt_hash).await?;
    }
    Ok(records.len())
}
