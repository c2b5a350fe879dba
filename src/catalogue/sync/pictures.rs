//! Measures the pictures that articles show. The dimensions are read from the beginning of each file. Editors can
//! replace a file at any time and the sync gets no notice of it, so pictures are measured again from time to time.

use cong_core::article::image_size;
use cong_core::vietnamese::Timestamp;
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};

use super::budget::SyncBudget;
use super::error::SyncError;
use super::lease::Lease;
use super::stores::SyncStores;
use crate::platform::{DatabaseError, Rows, SqlValue, Statement, Store, StoreError};

/// The number of bytes that are read from the beginning of a file. In a photograph, the dimensions come after an
/// embedded thumbnail of up to 64 KiB.
const BEGINNING_BYTES: u32 = 128 * 1024;

/// The time after which a picture with known dimensions is measured again, in seconds. Its file may have been replaced.
const KNOWN_AGAIN: i64 = 24 * 3600;

const UNKNOWN_AGAIN: i64 = 60;

#[derive(Deserialize)]
struct DuePicture {
    file: String,
}

#[derive(Serialize)]
struct Measured {
    file: String,
    width: Option<u32>,
    height: Option<u32>,
    due_at: Timestamp,
}

/// Measures pictures that are due: first those that were never measured, then those that were measured too long ago. If
/// reading the file of a picture fails, the picture stays due.
pub async fn measure(
    lease: &mut Lease,
    stores: &SyncStores,
    share: &SyncBudget,
    now: Timestamp,
) -> Result<(), SyncError> {
    let limit = share.pictures.min(lease.reads_left(share));
    let limit = SqlValue::Integer(i64::try_from(limit).unwrap_or(i64::MAX));
    let due: Vec<DuePicture> = stores
        .db
        .rows(Statement::new(
            // A picture is due again after `KNOWN_AGAIN` seconds at the latest. A later due time was written while the
            // clock ran ahead, so such a picture is due now.
            "SELECT DISTINCT file FROM (
                 SELECT file FROM (SELECT file FROM picture WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2)
                 UNION ALL
                 SELECT file FROM (SELECT file FROM picture WHERE due_at > ?1 + ?3 LIMIT ?2)
             ) LIMIT ?2",
            [now.0.into(), limit, KNOWN_AGAIN.into()],
        ))
        .await?;
    if due.is_empty() {
        return Ok(());
    }
    lease.count_reads(due.len());
    let measured = due.into_iter().map(|due| measured(&stores.files, due.file, now));
    let measured: Vec<_> = join_all(measured).await.into_iter().filter_map(Result::ok).collect();
    let json = serde_json::to_string(&measured).map_err(DatabaseError::from)?;
    let written = stores
        .db
        .batch(&[Statement::new(
            "UPDATE picture SET width = measured.width, height = measured.height,
                 due_at = measured.due_at
             FROM (SELECT value ->> 'file' AS file, value ->> 'width' AS width,
                       value ->> 'height' AS height, value ->> 'due_at' AS due_at
                   FROM json_each(?1)) AS measured
             WHERE picture.file = measured.file",
            [json.as_str().into()],
        )])
        .await?;
    lease.count_written(written.iter().map(Rows::written).sum());
    Ok(())
}

async fn measured(files: &Store, file: String, now: Timestamp) -> Result<Measured, StoreError> {
    let beginning = files.beginning(&file, BEGINNING_BYTES).await?;
    let size = beginning.as_deref().and_then(image_size);
    let again = if size.is_some() { KNOWN_AGAIN } else { UNKNOWN_AGAIN };
    Ok(Measured {
        file,
        width: size.map(|size| size.width),
        height: size.map(|size| size.height),
        due_at: Timestamp(now.0 + again),
    })
}
