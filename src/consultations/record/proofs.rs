//! Proofs that the comments of a sender are in the ledger: the entries of the comments and of their answers, each with
//! the audit path, which consists of the hashes needed to compute the published Merkle root from the entry.

use std::collections::HashMap;

use cong_core::ledger::{AuditStep, Hash, Seal, audit_path};
use serde::Deserialize;

use super::seals::StoredSeal;
use crate::platform::{Database, DatabaseError, Statement};

/// A ledger entry about a comment, with its proof.
#[derive(Clone, Debug)]
pub struct EntryProof {
    /// The position of the comment within its submission, counted from 1.
    pub position: u32,
    /// The text of the entry, from which its hash `leaf` is computed.
    pub content: String,
    pub leaf: Hash,
    /// The seal of the entry; `None` until the entry is sealed.
    pub sealed: Option<Sealed>,
}

/// The seal that contains an entry, and the audit path, which leads from the entry's hash to the Merkle root of the
/// seal.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub seal: Seal,
    /// The position of the entry among the entries of the seal, counted from 0.
    pub place: u64,
    pub path: Vec<AuditStep>,
}

#[derive(Deserialize)]
struct ProofRow {
    position: u32,
    content: String,
    leaf: Hash,
    place: Option<u64>,
    seal_id: Option<i64>,
}

#[derive(Deserialize)]
struct ProofLeaf {
    seal_id: i64,
    leaf: Hash,
}

/// Reads the ledger entries of a submission's comments and their answers, with proofs, in the order of the comments.
pub async fn proofs(db: &Database, receipt_hash: &str) -> Result<Vec<EntryProof>, DatabaseError> {
    let rows: Vec<ProofRow> = db
        .rows(Statement::new(
            "SELECT c.position, content, leaf, entry.position AS place, seal_id
             FROM submission AS s
                  JOIN comment AS c ON c.submission_id = s.id
                  JOIN ledger AS entry ON entry.comment_id = c.id
             WHERE receipt_hash = ?1 AND leaf IS NOT NULL ORDER BY c.position, entry.id",
            [receipt_hash.into()],
        ))
        .await?;
    let mut seals: Vec<i64> = rows.iter().filter_map(|row| row.seal_id).collect();
    seals.sort_unstable();
    seals.dedup();
    if seals.is_empty() {
        return Ok(rows.into_iter().map(|row| proof(row, &HashMap::new())).collect());
    }
    let json = serde_json::to_string(&seals)?;
    let read = db
        .batch(&[
            Statement::new(
                "SELECT id, day, size, root, chain FROM seal
                 WHERE id IN (SELECT value FROM json_each(?1))",
                [json.as_str().into()],
            ),
            Statement::new(
                "SELECT seal_id, leaf FROM ledger
                 WHERE seal_id IN (SELECT value FROM json_each(?1)) ORDER BY seal_id, position",
                [json.as_str().into()],
            ),
        ])
        .await?;
    let [seals, leaves] = read.as_slice() else { return Err(DatabaseError::unexpected()) };
    let mut days: HashMap<i64, (Seal, Vec<Hash>)> = seals
        .parse()?
        .into_iter()
        .map(|StoredSeal { id, seal }| (id, (seal, Vec::new())))
        .collect();
    for ProofLeaf { seal_id, leaf } in leaves.parse()? {
        if let Some((_, leaves)) = days.get_mut(&seal_id) {
            leaves.push(leaf);
        }
    }
    Ok(rows.into_iter().map(|row| proof(row, &days)).collect())
}

fn proof(row: ProofRow, days: &HashMap<i64, (Seal, Vec<Hash>)>) -> EntryProof {
    let sealed = row.seal_id.zip(row.place).and_then(|(id, place)| {
        let (seal, leaves) = days.get(&id)?;
        let path = audit_path(leaves, usize::try_from(place).ok()?)?;
        Some(Sealed { seal: *seal, place, path })
    });
    EntryProof { position: row.position, content: row.content, leaf: row.leaf, sealed }
}
