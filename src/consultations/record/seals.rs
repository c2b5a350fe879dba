//! Reads the seals of a ledger from the database.

use chrono::NaiveDate;
use cong_core::ledger::{Hash, Seal, written};
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

/// The seal of one day, and the id of its row in the table `seal`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(from = "SealRow")]
pub struct StoredSeal {
    pub id: i64,
    pub seal: Seal,
}

#[derive(Deserialize)]
struct SealRow {
    id: i64,
    #[serde(with = "written::day")]
    day: NaiveDate,
    size: u64,
    root: Hash,
    chain: Hash,
}

impl From<SealRow> for StoredSeal {
    fn from(SealRow { id, day, size, root, chain }: SealRow) -> Self {
        Self { id, seal: Seal { day, size, root, chain } }
    }
}

/// All sealed days of a ledger, and the number of entries that wait for the next seal (`waiting`).
#[derive(Clone, Debug)]
pub struct SealedDays {
    /// The seals, oldest day first.
    pub days: Vec<StoredSeal>,
    pub waiting: u64,
}

#[derive(Deserialize)]
struct Waiting {
    waiting: u64,
}

/// Reads all sealed days of a draft's ledger. Answers that are not released at `now` do not count as waiting entries.
pub async fn sealed_days(
    db: &Database,
    slug: &str,
    now: Timestamp,
) -> Result<SealedDays, DatabaseError> {
    let read = db
        .batch(&[
            Statement::new(
                "SELECT id, day, size, root, chain FROM seal WHERE slug = ?1 ORDER BY day",
                [slug.into()],
            ),
            Statement::new(
                "SELECT count(*) AS waiting FROM ledger
                 WHERE slug = ?1 AND seal_id IS NULL AND (kind <> 'answer' OR at <= ?2)",
                [slug.into(), now.0.into()],
            ),
        ])
        .await?;
    let [days, waiting] = read.as_slice() else { return Err(DatabaseError::unexpected()) };
    let waiting = waiting.parse::<Waiting>()?.first().map_or(0, |row| row.waiting);
    Ok(SealedDays { days: days.parse()?, waiting })
}
