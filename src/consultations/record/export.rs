//! Reads the sealed entries of a ledger for its export. An entry does not contain texts, names and answers themselves,
//! but commitments to them: hashes of each value with a random salt. The export adds the values that are public, with
//! their salts, so that anybody can verify the commitments.

use cong_core::ledger::{CommitmentOpening, EntryLine, LedgerField, PublicValues};
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use crate::platform::{Database, DatabaseError, Statement};

/// The maximum number of entries that one query reads.
pub const ENTRIES_PER_PART: u64 = 200;

#[derive(Deserialize)]
struct LedgerRow {
    content: String,
    kind: String,
    /// The codes of the fields whose values were erased, separated by commas. The ledger gets an entry for each such
    /// removal. `removed` has the fields whose removal is in the export, `removed_later` those whose removal is in a
    /// later seal or not yet sealed.
    removed: Option<String>,
    removed_later: Option<String>,
    text: Option<String>,
    text_salt: Option<String>,
    name: Option<String>,
    name_salt: Option<String>,
    answer: Option<String>,
    answer_salt: Option<String>,
    changed: Option<String>,
    changed_salt: Option<String>,
}

/// Reads at most [`ENTRIES_PER_PART`] entries of a seal, beginning with the entry at position `from`, with the values
/// that are public at `now`. `seal` is the id of the seal, `last` that of the last seal in the export; entries about
/// removals (erased values) in later seals are not part of it.
pub async fn export_entries(
    db: &Database,
    seal: i64,
    from: u64,
    last: i64,
    now: Timestamp,
) -> Result<Vec<EntryLine>, DatabaseError> {
    let rows: Vec<LedgerRow> = db
        .rows(Statement::new(
            "SELECT content, entry.kind,
                    (SELECT group_concat(removal.field) FROM ledger AS removal
                     WHERE removal.of_id = entry.id AND removal.seal_id <= ?4) AS removed,
                    (SELECT group_concat(removal.field) FROM ledger AS removal
                     WHERE removal.of_id = entry.id
                         AND coalesce(removal.seal_id > ?4, true)) AS removed_later,
                    iif(public_text = c.text AND suspicion IS NOT 'confirmed', c.text, NULL) AS text, text_salt,
                    iif(public_text IS NOT NULL AND is_named = 1 AND name <> ''
                        AND suspicion IS NOT 'confirmed', name, NULL) AS name,
                    name_salt,
                    iif(r.slug IS NULL OR suspicion IS 'confirmed', NULL, c.answer) AS answer, answer_salt,
                    iif(r.slug IS NULL OR suspicion IS 'confirmed', NULL, coalesce(changed, '')) AS changed, changed_salt
             FROM ledger AS entry
                  JOIN comment AS c ON c.id = entry.comment_id
                  JOIN submission AS s ON s.id = c.submission_id
                  LEFT JOIN identity AS i ON i.submission_id = s.id
                  LEFT JOIN answers_released AS r ON r.slug = c.slug AND r.released_at <= ?5
             WHERE entry.seal_id = ?1 AND entry.position >= ?2 ORDER BY entry.position LIMIT ?3",
            [
                seal.into(),
                i64::try_from(from).unwrap_or(i64::MAX).into(),
                (ENTRIES_PER_PART as i64).into(),
                last.into(),
                now.0.into(),
            ],
        ))
        .await?;
    Ok(rows.into_iter().map(line).collect())
}

fn line(row: LedgerRow) -> EntryLine {
    let has = |list: &Option<String>, field: LedgerField| {
        list.as_deref().unwrap_or_default().split(',').any(|code| code == field.code())
    };
    let mut line = EntryLine { entry: row.content, ..EntryLine::default() };
    let mut opened = |field: LedgerField, salt: Option<String>, value: Option<String>| {
        if has(&row.removed, field) {
            return None;
        }
        if has(&row.removed_later, field) {
            line.removed.push(field);
            return None;
        }
        let opened = salt.zip(value).map(|(salt, value)| CommitmentOpening { salt, value });
        if opened.is_none() {
            line.withheld.push(field);
        }
        opened
    };
    line.values = match row.kind.as_str() {
        "comment" => PublicValues {
            text: opened(LedgerField::Text, row.text_salt, row.text),
            name: opened(LedgerField::Name, row.name_salt, row.name),
            ..PublicValues::default()
        },
        "answer" => PublicValues {
            answer: opened(LedgerField::Answer, row.answer_salt, row.answer),
            changed: opened(LedgerField::Changed, row.changed_salt, row.changed),
            ..PublicValues::default()
        },
        _ => PublicValues::default(),
    };
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: &str) -> LedgerRow {
        LedgerRow {
            content: "{}".into(),
            kind: kind.into(),
            removed: None,
            removed_later: None,
            text: None,
            text_salt: Some("0".repeat(32)),
            name: None,
            name_salt: Some("1".repeat(32)),
            answer: None,
            answer_salt: None,
            changed: None,
            changed_salt: None,
        }
    }

    #[test]
    fn what_is_not_public_is_withheld_with_its_salt() {
        let line = line(LedgerRow { text: Some("Một.".into()), ..row("comment") });
        assert_eq!(line.values.text.unwrap().value, "Một.");
        assert_eq!((line.values.name, line.withheld), (None, vec![LedgerField::Name]));
    }

    #[test]
    fn what_was_removed_is_said_beside_its_entry_until_the_record_has_it() {
        let gone = || LedgerRow { text_salt: None, name_salt: None, ..row("comment") };
        let line = line(LedgerRow {
            removed: Some("name".into()),
            removed_later: Some("text".into()),
            ..gone()
        });
        assert_eq!((line.values, line.withheld), (PublicValues::default(), vec![]));
        assert_eq!(line.removed, [LedgerField::Text]);
    }

    #[test]
    fn a_removal_commits_to_nothing() {
        assert_eq!(line(row("removal")).withheld, []);
    }
}
