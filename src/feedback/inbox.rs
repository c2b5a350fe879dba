//! `INBOX`: submissions that were acknowledged while `DB` was away, until they are moved there.
//!
//! KV gives no transactions and its lists lag, so nothing here relies on either: what is moved twice
//! is stored once, because the database knows receipts, and a key is deleted only after its submission
//! is stored.

use super::receipt::Receipt;
use super::record::Record;
use super::store;
use crate::platform::{Database, DatabaseError, Store, StoreError};

/// Read and stored at once. Their texts stay well below the 2 MB that D1 takes as one parameter.
const BATCH: usize = 10;
/// Each submission takes a call to delete; with one to list, two for each batch, and the halvings, a run
/// stays within the 50 calls that the free plan allows.
const MOVED_PER_RUN: usize = 20;
const BATCHES_PER_RUN: usize = 5;
/// How often a run halves a batch that the database refuses: enough to find the one submission that it
/// does not take.
const HALVINGS_PER_RUN: usize = 4;

/// How a run went.
#[derive(Debug, Default)]
pub struct Moved {
    pub moved: usize,
    /// Keys whose value is no submission: an operator has to look.
    pub unreadable: usize,
    /// Submissions that the database does not take, and what it last said.
    pub refused: usize,
    pub refusal: Option<DatabaseError>,
    halvings: usize,
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

/// Keeps a submission until the database is back. One that is seen to wait already stays as it is, with
/// its first time of receipt.
///
/// # Errors
/// KV did not take it.
pub async fn enqueue(inbox: &Store, record: &Record) -> Result<(), StoreError> {
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

/// Lets go of a submission that is stored, or must not come back. One that does not wait is no error.
///
/// # Errors
/// KV did not answer; then the next run finds the key again, and it changes nothing.
pub async fn dequeue(inbox: &Store, receipt: &Receipt) -> Result<(), StoreError> {
    inbox.delete(&receipt.hash()).await
}

/// Moves what waits into the database, as much as one run may. What cannot be moved keeps nothing else
/// waiting.
///
/// # Errors
/// Either store did not answer; nothing is lost, and the next run tries again.
pub async fn move_waiting(inbox: &Store, db: &Database) -> Result<Moved, MoveError> {
    let listed = inbox.first_keys("", (BATCH * BATCHES_PER_RUN) as u32).await?;
    let mut outcome = Moved::default();
    for keys in listed.chunks(BATCH) {
        if outcome.moved >= MOVED_PER_RUN {
            break;
        }
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut records: Vec<Record> = Vec::new();
        // A key that is listed and has no value was moved before; the list lags.
        for value in inbox.texts(&keys).await?.into_values() {
            match serde_json::from_str(&value) {
                Ok(record) => records.push(record),
                Err(_) => outcome.unreadable += 1,
            }
        }
        move_batch(inbox, db, records, &mut outcome).await?;
    }
    match outcome.refusal {
        // It takes nothing at all, so it is not what was sent that is wrong.
        Some(error) if outcome.moved == 0 && outcome.refused > 1 => Err(error.into()),
        _ => Ok(outcome),
    }
}

/// Moves a batch, or of one that the database refuses the halves that it does not.
async fn move_batch(
    inbox: &Store,
    db: &Database,
    records: Vec<Record>,
    outcome: &mut Moved,
) -> Result<(), MoveError> {
    let mut parts = vec![records];
    while let Some(mut part) = parts.pop().filter(|part| !part.is_empty()) {
        match store::store(db, &part).await {
            Ok(()) => {
                for record in &part {
                    inbox.delete(&record.receipt_hash).await?;
                    outcome.moved += 1;
                }
            }
            Err(DatabaseError::Failed(_))
                if part.len() > 1 && outcome.halvings < HALVINGS_PER_RUN =>
            {
                outcome.halvings += 1;
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
    Ok(())
}
