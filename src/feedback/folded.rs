//! The search words of submissions: their texts without accents, so that editors find submissions whether or not they
//! type accents. The search words never contain anything of the sender's identity. `desk` has the search itself.

use cong_core::vietnamese::fold;
use serde::{Deserialize, Serialize};

use super::record::Record;
use crate::platform::{Database, DatabaseError, Statement};

/// The maximum number of submissions whose search words one call makes, so that the call stays within its CPU time.
const PART: i64 = 50;

/// Makes the search words of a new submission: its subject, text and comments without accents.
pub fn folded_words(record: &Record) -> String {
    let comments = record.comments.iter().map(|comment| comment.text.as_str());
    let parts: Vec<_> =
        [record.subject.as_str(), record.text.as_str()].into_iter().chain(comments).collect();
    fold(&parts.join(" "))
}

#[derive(Deserialize)]
struct UnfoldedRow {
    id: i64,
    version: i64,
    words: String,
}

#[derive(Serialize)]
struct Folded {
    id: i64,
    version: i64,
    words: String,
}

/// Makes the search words of up to 50 submissions that have none, because they were written with SQL or one of their
/// comments changed. Further calls do the rest. A submission that changes in the meantime is left for the next call.
pub async fn fold_stored(db: &Database) -> Result<(), DatabaseError> {
    let rows: Vec<UnfoldedRow> = db
        .rows(Statement::new(
            "SELECT id, subject || ' ' || text || ' ' || coalesce(
                        (SELECT group_concat(c.text, ' ') FROM comment AS c WHERE c.submission_id = s.id), ''
                    ) AS words,
                    coalesce((SELECT max(id) FROM audit WHERE submission_id = s.id), 0) AS version
             FROM submission AS s WHERE folded IS NULL ORDER BY id LIMIT ?1",
            [PART.into()],
        ))
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let folded: Vec<Folded> = rows
        .into_iter()
        .map(|UnfoldedRow { id, version, words }| Folded { id, version, words: fold(&words) })
        .collect();
    let folded = serde_json::to_string(&folded)?;
    db.run(Statement::new(
        "UPDATE submission SET folded = f.value ->> 'words' FROM json_each(?1) AS f
         WHERE submission.id = f.value ->> 'id' AND folded IS NULL
             AND f.value ->> 'version' = coalesce(
                 (SELECT max(a.id) FROM audit AS a WHERE a.submission_id = submission.id), 0
             )",
        [folded.as_str().into()],
    ))
    .await?;
    Ok(())
}
