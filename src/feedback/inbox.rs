//! `INBOX`: submissions that were received while `DB` was down, until they are moved to `DB`.
//!
//! KV has no transactions, and lists of keys may lack the latest changes. The code relies on neither: a submission that
//! is moved twice is stored once, because receipts are unique in `DB`, and a key is deleted only after its submission
//! is stored.

use cong_core::submission::Receipt;

use super::record::Record;
use super::store;
use crate::platform::{Database, DatabaseError, Store, StoreError};

/// The maximum number of submissions that are read and stored together. Their JSON stays well below the 2 MB that D1
/// allows for one parameter.
const BATCH: usize = 10;

/// The number of moved submissions after which a run starts no further batch. A run may make 50 calls on the free plan:
/// one to list the keys, two for each batch, some for each batch that is halved, and one for each submission to delete
/// its key.
const MOVED_PER_RUN: usize = 20;

const BATCHES_PER_RUN: usize = 5;

/// The maximum number of times that one run halves a batch that the database refuses. It is enough to isolate one
/// faulty submission in a batch of ten.
const HALVINGS_PER_RUN: usize = 4;

/// What one run has moved from `INBOX`, and what it could not move.
#[derive(Debug, Default)]
pub struct Moved {
    pub moved: usize,
    /// The number of values in `INBOX` that are not submissions. An operator must look at them.
    pub unreadable: usize,
    /// The number of submissions that the database refused. `refusal` is the error of the last one.
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

/// Keeps a submission in `INBOX` until `DB` is back. If it is there already, the old value stays, because it has the
/// time when the submission was first received.
///
/// # Errors
/// KV did not store the submission.
pub async fn enqueue(inbox: &Store, record: &Record) -> Result<(), StoreError> {
    // Lists the key instead of reading it. After a read, KV remembers for a minute that the key is missing, and the
    // receipt would not be found in that time.
    if is_waiting(inbox, &record.receipt_hash).await.unwrap_or(false) {
        return Ok(());
    }
    let value = serde_json::to_string(record).map_err(|error| StoreError(error.to_string()))?;
    match inbox.put(&record.receipt_hash, &value).await {
        Ok(()) => Ok(()),
        // KV accepts one write a second for each key. The same form may have been sent twice at once.
        Err(error) => match is_waiting(inbox, &record.receipt_hash).await {
            Ok(true) => Ok(()),
            _ => Err(error),
        },
    }
}

async fn is_waiting(inbox: &Store, key: &str) -> Result<bool, StoreError> {
    Ok(inbox.first_keys(key, 1).await?.iter().any(|listed| listed == key))
}

/// Reads the submission with this receipt from `INBOX`; `None` if it does not wait there.
///
/// # Errors
/// KV did not answer, or the value is not a submission.
pub async fn find_waiting(inbox: &Store, receipt: &Receipt) -> Result<Option<Record>, StoreError> {
    let Some(value) = inbox.text(&receipt.hash()).await? else { return Ok(None) };
    serde_json::from_str(&value)
        .map(Some)
        .map_err(|_| StoreError("a value is no submission".into()))
}

/// Deletes a submission from `INBOX`, because it is stored in `DB`, or because it was withdrawn or erased. Does nothing
/// if it is not there.
///
/// # Errors
/// KV did not answer. If the submission is still there, the next run finds it again; storing it again changes nothing.
pub async fn dequeue(inbox: &Store, receipt: &Receipt) -> Result<(), StoreError> {
    inbox.delete(&receipt.hash()).await
}

/// Moves submissions from `INBOX` into `DB`, as many as one run may move. A submission that cannot be moved does not
/// block the others.
///
/// # Errors
/// One of the stores did not answer. Nothing is lost, and the next run tries again.
pub async fn move_waiting(inbox: &Store, db: &Database) -> Result<Moved, MoveError> {
    let listed = inbox.first_keys("", (BATCH * BATCHES_PER_RUN) as u32).await?;
    let mut outcome = Moved::default();
    for keys in listed.chunks(BATCH) {
        if outcome.moved >= MOVED_PER_RUN {
            break;
        }
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut records: Vec<Record> = Vec::new();
        // A key in the list may have no value: the submission was moved before, and the list is out of date.
        for value in inbox.texts(&keys).await?.into_values() {
            match serde_json::from_str(&value) {
                Ok(record) => records.push(record),
                Err(_) => outcome.unreadable += 1,
            }
        }
        move_batch(inbox, db, records, &mut outcome).await?;
    }
    match outcome.refusal {
        // The database refused all submissions, so the cause is not a single one of them.
        Some(error) if outcome.moved == 0 && outcome.refused > 1 => Err(error.into()),
        _ => Ok(outcome),
    }
}

/// Moves a batch of submissions. If the database refuses the batch, halves it repeatedly to isolate the faulty
/// submission.
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
