//! Removes erased data from the submissions of a backup that waited in `INBOX`, before they are put back. The database
//! would refuse a submission that has a tombstone, but its data must not come back into `INBOX` either.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::database::text;
use super::erasures::is_receipt_hash;
use crate::console::Progress;
use crate::language::cannot_read;
use crate::storage::{Database, Pair, Storage};

/// The maximum number of receipt hashes in one query.
const HASHES_AT_ONCE: usize = 500;

/// Removes erased data from the submissions in `pairs`. A withdrawn submission is kept without its content, so that
/// it is still counted when it is moved into the database.
pub fn without_what_was_erased(
    storage: &Storage,
    pairs: &mut [Pair],
    progress: &mut Progress,
) -> Result<()> {
    let hashes: Vec<_> =
        pairs.iter().map(|pair| pair.key).filter(|key| is_receipt_hash(key)).collect();
    let mut erased: HashMap<String, Vec<String>> = HashMap::new();
    for hashes in hashes.chunks(HASHES_AT_ONCE) {
        let list: Vec<_> = hashes.iter().map(|hash| format!("'{hash}'")).collect();
        let sql = format!(
            "SELECT receipt_hash, what FROM tombstone WHERE receipt_hash IN ({})",
            list.join(", ")
        );
        for row in storage.query(Database::Db, &sql, progress)?.into_iter().flatten() {
            erased.entry(text(&row, "receipt_hash")).or_default().push(text(&row, "what"));
        }
    }
    for pair in pairs {
        if let Some(erased) = erased.get(pair.key) {
            let bytes = fs::read(pair.path).with_context(|| cannot_read(pair.path))?;
            let left = what_is_left(&bytes, erased);
            pair.size = left.len() as u64;
            pair.bytes = Some(Cow::Owned(left));
        }
    }
    Ok(())
}

/// Returns a submission without the data that its tombstones name. `erased` contains the values of `what` of these
/// tombstones. The fields are those of `feedback::Record` in the Worker.
fn what_is_left(bytes: &[u8], erased: &[String]) -> Vec<u8> {
    // A value that is not a submission is rejected later, when it would be moved into the database.
    let Ok(Value::Object(mut record)) = serde_json::from_slice(bytes) else {
        return b"{}".to_vec();
    };
    let is_erased = |what: &str| erased.iter().any(|erased| erased == what);
    let is_withdrawn = is_erased("submission");
    let mut set = |field: &str, value| record.insert(field.to_owned(), value);
    if is_withdrawn || is_erased("identity") {
        set("identity", Value::Null);
        set("name_salt", Value::Null);
    }
    if is_erased("name") {
        set("is_named", json!(false));
    }
    if is_withdrawn {
        // The database takes no submission without a text. It empties the text of this one at once, because the
        // submission has a tombstone.
        set("subject", json!(""));
        set("text", json!("-"));
        set("text_hash", json!(""));
        set("comments", json!([]));
    }
    let comments = record.get_mut("comments").and_then(Value::as_array_mut);
    for (number, comment) in comments.into_iter().flatten().enumerate() {
        if is_erased(&format!("comment {}", number + 1)) {
            // The database takes no comment without a text either.
            for (field, value) in [("text", "-"), ("text_salt", ""), ("content", ""), ("leaf", "")]
            {
                comment[field] = json!(value);
            }
        }
    }
    Value::Object(record).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Value {
        json!({
            "receipt_hash": "a".repeat(64), "kind": "bao-sai", "about": null, "subject": "Tiêu đề",
            "text": "Nội dung", "text_hash": "1f", "received_at": 1, "identity": {"name": "Lò Thị Mai"},
            "name_salt": "2e", "is_named": true,
            "comments": [{"text": "Góp ý", "text_salt": "3d"}, {"text": "Ý khác", "text_salt": "4c"}],
        })
    }

    fn left(erased: &[&str]) -> Value {
        let erased: Vec<_> = erased.iter().map(|what| (*what).to_owned()).collect();
        serde_json::from_slice(&what_is_left(record().to_string().as_bytes(), &erased)).unwrap()
    }

    #[test]
    fn an_erased_identity_is_removed_and_the_text_is_kept() {
        let left = left(&["identity"]);
        assert_eq!(left["text"], "Nội dung");
        assert_eq!(left["comments"], record()["comments"]);
        assert!(left["identity"].is_null() && left["name_salt"].is_null());
    }

    #[test]
    fn a_withdrawn_submission_loses_its_text_and_its_sender() {
        let left = left(&["submission"]);
        for gone in ["Nội dung", "Tiêu đề", "1f", "Mai", "2e", "Góp ý", "Ý khác"] {
            assert!(!left.to_string().contains(gone), "{gone}: {left}");
        }
        assert_eq!((&left["kind"], &left["received_at"]), (&json!("bao-sai"), &json!(1)));
    }

    #[test]
    fn a_removed_comment_loses_its_text_and_other_comments_are_kept() {
        let left = left(&["release", "comment 2", "name"]);
        for gone in ["Ý khác", "4c"] {
            assert!(!left.to_string().contains(gone), "{gone}: {left}");
        }
        assert_eq!(left["comments"][0], record()["comments"][0]);
        assert_eq!((&left["identity"], &left["is_named"]), (&record()["identity"], &json!(false)));
    }

    #[test]
    fn a_value_that_is_no_submission_is_emptied() {
        assert_eq!(what_is_left(b"Mai, 0912 345 678", &["submission".into()]), b"{}");
    }
}
