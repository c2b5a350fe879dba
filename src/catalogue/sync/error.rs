use crate::platform::{DatabaseError, StoreError};

/// The reason why a run failed. The rows that it has written remain, and the next run continues from there.
#[derive(Debug)]
pub enum SyncError {
    Store(StoreError),
    Database(DatabaseError),
}

impl std::fmt::Display for SyncError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => write!(f, "KV: {error}"),
            Self::Database(error) => write!(f, "CATALOGUE: {error}"),
        }
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<DatabaseError> for SyncError {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}
