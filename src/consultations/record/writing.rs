//! Completes ledger entries that triggers of the database created: those for answers, for removals (erased values), and
//! for comments that were written with SQL. SQL cannot compute SHA-256, so Rust computes the content and the hash of
//! these entries.

use std::collections::HashMap;

use cong_core::consultation::Capacity;
use cong_core::ledger::{
    AnswerEntry, CommentEntry, Decision, Hash, LedgerEntry, LedgerField, RemovalEntry,
    RemovalRequester, commitment, leaf,
};
use cong_core::vietnamese::Timestamp;
use serde::{Deserialize, Serialize};

use crate::platform::{Database, DatabaseError, Statement};

/// The maximum number of entries that are read and written at once.
const BATCH: usize = 250;

#[derive(Deserialize)]
struct UnwrittenRow {
    id: i64,
    slug: String,
    kind: String,
    at: Timestamp,
    field: Option<LedgerField>,
    reason: Option<RemovalRequester>,
    /// In an entry about a removal, the id of the entry whose value was erased; `of_leaf` is the hash of that entry.
    /// `comment_entry` and `comment_leaf` are the id and hash of the entry of the comment itself.
    of_id: Option<i64>,
    of_leaf: Option<Hash>,
    comment_entry: Option<i64>,
    comment_leaf: Option<Hash>,
    clause: String,
    capacity: Option<Capacity>,
    text: Option<String>,
    text_salt: Option<String>,
    name: Option<String>,
    name_salt: Option<String>,
    decision: Option<Decision>,
    answer: Option<String>,
    answer_salt: Option<String>,
    changed: Option<String>,
    changed_salt: Option<String>,
}

#[derive(Serialize)]
struct WrittenEntry<'a> {
    id: i64,
    content: String,
    leaf: Hash,
    /// The salts of the comment's values (text, name, answer, changed place) when the entry was read. A salt changes
    /// whenever its value does, so they show whether the values changed before the entry was written.
    salts: [Option<&'a str>; 4],
}

/// Completes entries that have no content yet, at most 250 at once. Returns the number of entries that it computed. An
/// entry whose values change in the meantime is left for the next call. Answers whose release is still to come are left
/// out: until then an editor can take them back, and they must not leave a trace in the ledger.
pub async fn write_entries(db: &Database, now: Timestamp) -> Result<usize, DatabaseError> {
    let rows: Vec<UnwrittenRow> = db
        .rows(Statement::new(
            "SELECT entry.id, entry.slug, entry.kind, entry.at, entry.field, entry.reason,
                    entry.of_id, removed.leaf AS of_leaf, own.id AS comment_entry,
                    own.leaf AS comment_leaf, clause, capacity, c.text, text_salt, name, name_salt,
                    decision, c.answer, answer_salt, changed, changed_salt
             FROM ledger AS entry
                  JOIN comment AS c ON c.id = entry.comment_id
                  JOIN submission AS s ON s.id = c.submission_id
                  LEFT JOIN identity AS i ON i.submission_id = s.id
                  LEFT JOIN ledger AS removed ON removed.id = entry.of_id
                  LEFT JOIN ledger AS own ON own.comment_id = c.id AND own.kind = 'comment'
             WHERE entry.leaf IS NULL AND (entry.kind <> 'answer' OR entry.at <= ?2)
             ORDER BY entry.id LIMIT ?1",
            [(BATCH as i64).into(), now.0.into()],
        ))
        .await?;
    let written = written(&rows);
    if written.is_empty() {
        return Ok(0);
    }
    let json = serde_json::to_string(&written)?;
    db.batch(&[Statement::new(
        "UPDATE ledger SET content = w.value ->> 'content', leaf = w.value ->> 'leaf'
         FROM json_each(?1) AS w WHERE ledger.id = w.value ->> 'id' AND ledger.leaf IS NULL
             AND EXISTS (
                 SELECT 1 FROM comment AS c WHERE c.id = ledger.comment_id
                     AND text_salt IS w.value ->> '$.salts[0]' AND name_salt IS w.value ->> '$.salts[1]'
                     AND answer_salt IS w.value ->> '$.salts[2]'
                     AND changed_salt IS w.value ->> '$.salts[3]'
             )",
        [json.as_str().into()],
    )])
    .await?;
    Ok(written.len())
}

/// Computes the contents of the entries in the order of `rows`, because an answer or a removal may contain the hash of
/// an earlier entry.
fn written(rows: &[UnwrittenRow]) -> Vec<WrittenEntry<'_>> {
    let mut leaves: HashMap<i64, Hash> = HashMap::new();
    let mut written = Vec::with_capacity(rows.len());
    for row in rows {
        let known = |leaf: Option<Hash>, id: Option<i64>| {
            leaf.or_else(|| id.and_then(|id| leaves.get(&id).copied()))
        };
        let of = known(row.of_leaf, row.of_id);
        let comment = known(row.comment_leaf, row.comment_entry);
        // An entry cannot be completed before the entries to which it refers.
        let Some(content) = entry(row, of, comment).map(|entry| entry.content()) else { continue };
        let leaf = leaf(&content);
        leaves.insert(row.id, leaf);
        let salts = [&row.text_salt, &row.name_salt, &row.answer_salt, &row.changed_salt];
        let salts = salts.map(Option::as_deref);
        written.push(WrittenEntry { id: row.id, content, leaf, salts });
    }
    written
}

fn entry(row: &UnwrittenRow, of: Option<Hash>, comment: Option<Hash>) -> Option<LedgerEntry> {
    let committed = |field, salt: &Option<String>, value: &Option<String>| {
        let value = value.as_deref().unwrap_or_default();
        commitment(field, salt.as_deref().unwrap_or_default(), value)
    };
    let draft = row.slug.clone();
    Some(match row.kind.as_str() {
        "comment" => LedgerEntry::Comment(CommentEntry {
            draft,
            received: row.at,
            clause: row.clause.clone(),
            sender: row.capacity.unwrap_or_default(),
            text: committed(LedgerField::Text, &row.text_salt, &row.text),
            name: committed(LedgerField::Name, &row.name_salt, &row.name),
        }),
        "answer" => LedgerEntry::Answer(AnswerEntry {
            draft,
            to: comment?,
            decision: row.decision?,
            released: row.at,
            answer: committed(LedgerField::Answer, &row.answer_salt, &row.answer),
            changed: committed(LedgerField::Changed, &row.changed_salt, &row.changed),
        }),
        _ => LedgerEntry::Removal(RemovalEntry {
            draft,
            of: of?,
            field: row.field?,
            removed: row.at,
            reason: row.reason?,
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, kind: &str) -> UnwrittenRow {
        UnwrittenRow {
            id,
            slug: "du-thao".into(),
            kind: kind.into(),
            at: Timestamp(1_795_500_000),
            field: None,
            reason: None,
            of_id: None,
            of_leaf: None,
            comment_entry: None,
            comment_leaf: None,
            clause: "dieu-1".into(),
            capacity: None,
            text: Some("Một.".into()),
            text_salt: Some("0".repeat(32)),
            name: None,
            name_salt: Some("1".repeat(32)),
            decision: Some(Decision::Partly),
            answer: Some("Hai.".into()),
            answer_salt: Some("2".repeat(32)),
            changed: None,
            changed_salt: Some("3".repeat(32)),
        }
    }

    #[test]
    fn an_answer_and_a_removal_name_entries_that_are_written_with_them() {
        let removal = UnwrittenRow {
            of_id: Some(2),
            field: Some(LedgerField::Answer),
            reason: Some(RemovalRequester::Office),
            ..row(3, "removal")
        };
        let rows = [
            row(1, "comment"),
            UnwrittenRow { comment_entry: Some(1), ..row(2, "answer") },
            removal,
        ];
        let written = written(&rows);
        let leaves: Vec<_> = written.iter().map(|written| written.leaf).collect();
        let entries: Vec<_> =
            written.iter().map(|written| LedgerEntry::parse(&written.content).unwrap()).collect();
        assert!(matches!(&entries[1], LedgerEntry::Answer(answer) if answer.to == leaves[0]));
        assert!(matches!(&entries[2], LedgerEntry::Removal(removal) if removal.of == leaves[1]));
    }

    #[test]
    fn what_belongs_to_an_entry_that_is_not_written_waits() {
        assert!(written(&[row(2, "answer"), row(3, "removal")]).is_empty());
    }
}
