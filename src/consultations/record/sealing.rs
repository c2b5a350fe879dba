//! Seals ledgers: when a day is over in Viet Nam, the entries made until then get a seal with one Merkle root.

use cong_core::ledger::{Hash, Seal};
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::seals::StoredSeal;
use crate::platform::{Database, DatabaseError, Statement};

/// The maximum number of drafts whose ledgers one run of the upkeep seals. The following runs seal the others.
const DRAFTS_PER_RUN: i64 = 3;

#[derive(Deserialize)]
struct DraftToSeal {
    slug: String,
}

#[derive(Deserialize)]
struct LeafToSeal {
    id: i64,
    leaf: Option<Hash>,
}

const LAST_SEAL: &str =
    "SELECT id, day, size, root, chain FROM seal WHERE slug = ?1 ORDER BY day DESC LIMIT 1";

/// Seals all entries that were made before today, in the ledgers of at most three drafts. Returns the number of seals
/// made.
///
/// An entry counts as made before today only if both the time in the entry and the time when the database stored it, by
/// the database's own clock, are before today. So no entry is later than the day under which it is sealed. Each seal is
/// made once, even if several runs try at the same time. An entry that misses the seal of its day goes into the next
/// one.
///
/// Seals nothing if `now` is a week or more ahead of the database's clock: a seal cannot be undone, and no seal can be
/// made for a day before the last sealed day.
///
/// # Errors
/// D1 did not answer in time or failed. Each seal is stored completely or not at all.
pub async fn seal_days(db: &Database, now: Timestamp) -> Result<usize, DatabaseError> {
    let midnight = Timestamp(now.0 - now.seconds_of_day());
    let day = Timestamp(midnight.0 - 1).day();
    let drafts: Vec<DraftToSeal> = db
        .rows(Statement::new(
            "SELECT DISTINCT slug FROM ledger AS waiting
             WHERE seal_id IS NULL AND entered_at < ?1 AND at < ?1
                 AND ?1 < unixepoch() + 604800
                 AND NOT EXISTS (SELECT 1 FROM seal WHERE seal.slug = waiting.slug AND day >= ?2)
             LIMIT ?3",
            [midnight.0.into(), day.to_string().as_str().into(), DRAFTS_PER_RUN.into()],
        ))
        .await?;
    let mut sealed = 0;
    for draft in drafts {
        let read = db
            .batch(&[
                Statement::new(LAST_SEAL, [draft.slug.as_str().into()]),
                Statement::new(
                    "SELECT id, leaf FROM ledger
                     WHERE slug = ?1 AND seal_id IS NULL AND entered_at < ?2 AND at < ?2
                     ORDER BY id",
                    [draft.slug.as_str().into(), midnight.0.into()],
                ),
            ])
            .await?;
        let [last, leaves] = read.as_slice() else { return Err(DatabaseError::unexpected()) };
        let leaves: Vec<LeafToSeal> = leaves.parse()?;
        let ids: Vec<i64> = leaves.iter().map(|leaf| leaf.id).collect();
        // A later run of `write_entries` computes the missing hash of an entry. The draft is sealed after that.
        let Some(leaves) = leaves.iter().map(|leaf| leaf.leaf).collect::<Option<Vec<Hash>>>()
        else {
            continue;
        };
        let seal =
            Seal::next(last.parse::<StoredSeal>()?.first().map(|last| &last.seal), day, &leaves);
        store_seal(db, &draft.slug, &seal, &ids).await?;
        sealed += 1;
    }
    Ok(sealed)
}

/// Stores a seal and assigns its entries to it. If another run has made a different seal for this day, writes nothing.
async fn store_seal(
    db: &Database,
    slug: &str,
    seal: &Seal,
    ids: &[i64],
) -> Result<(), DatabaseError> {
    let ids = serde_json::to_string(ids)?;
    let (day, root, chain) = (seal.day.to_string(), seal.root.to_string(), seal.chain.to_string());
    db.batch(&[
        Statement::new(
            "INSERT INTO seal (slug, day, size, root, chain) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
            [
                slug.into(),
                day.as_str().into(),
                i64::try_from(seal.size).unwrap_or(i64::MAX).into(),
                root.as_str().into(),
                chain.as_str().into(),
            ],
        ),
        Statement::new(
            "UPDATE ledger SET seal_id = seal.id, position = entry.key
             FROM json_each(?1) AS entry, seal
             WHERE ledger.id = entry.value AND ledger.seal_id IS NULL
                 AND seal.slug = ?2 AND seal.day = ?3 AND seal.chain = ?4",
            [ids.as_str().into(), slug.into(), day.as_str().into(), chain.as_str().into()],
        ),
    ])
    .await?;
    Ok(())
}
