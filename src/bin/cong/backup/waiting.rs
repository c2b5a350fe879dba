//! What of a waiting submission may be put back into `INBOX`. The database would let nothing in that has a
//! tombstone; here not even a copy of it gets that far.

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

/// Of hashes in one query.
const HASHES_AT_ONCE: usize = 500;

/// Takes out of the values what was erased. A submission that was withdrawn stays as an empty one, so that it is
/// counted when it is moved into the database, as it was when its sender withdrew it.
pub fn without_what_was_erased(
    storage: &Storage,
    pairs: &mut [Pair],
    progress: &mut Progress,
) -> Result<()> {
    let hashes: Vec<_> =
        pairs.iter().map(|pair| pair.key).filter(|key| is_receipt_hash(key)).collect();
    let mut withdrawn: HashMap<String, bool> = HashMap::new();
    for hashes in hashes.chunks(HASHES_AT_ONCE) {
        let list: Vec<_> = hashes.iter().map(|hash| format!("'{hash}'")).collect();
        let sql = format!(
            "SELECT receipt_hash, what FROM tombstone WHERE receipt_hash IN ({})",
            list.join(", ")
        );
        for row in storage.query(Database::Db, &sql, progress)?.into_iter().flatten() {
            let is_withdrawn = text(&row, "what") == "submission";
            *withdrawn.entry(text(&row, "receipt_hash")).or_default() |= is_withdrawn;
        }
    }
    for pair in pairs {
        if let Some(is_withdrawn) = withdrawn.get(pair.key) {
            let bytes = fs::read(pair.path).with_context(|| cannot_read(pair.path))?;
            let left = what_is_left(&bytes, *is_withdrawn);
            pair.size = left.len() as u64;
            pair.bytes = Some(Cow::Owned(left));
        }
    }
    Ok(())
}

/// The fields are those of `feedback::Record`.
fn what_is_left(bytes: &[u8], is_withdrawn: bool) -> Vec<u8> {
    // What is no submission is found to be none when it is to be moved.
    let Ok(Value::Object(mut record)) = serde_json::from_slice(bytes) else {
        return b"{}".to_vec();
    };
    record.insert("identity".to_owned(), Value::Null);
    record.insert("name_salt".to_owned(), Value::Null);
    if is_withdrawn {
        // The database takes no submission without a text, and empties this one at once.
        for (field, value) in [
            ("subject", json!("")),
            ("text", json!("-")),
            ("text_hash", json!("")),
            ("comments", json!([])),
        ] {
            record.insert(field.to_owned(), value);
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
            "name_salt": "2e", "comments": [{"text": "Góp ý"}],
        })
    }

    #[test]
    fn of_an_erased_sender_nothing_is_left_and_of_the_text_all() {
        let left = what_is_left(record().to_string().as_bytes(), false);
        let left: Value = serde_json::from_slice(&left).unwrap();
        assert_eq!(left["text"], "Nội dung");
        assert_eq!(left["comments"], record()["comments"]);
        assert!(left["identity"].is_null() && left["name_salt"].is_null());
    }

    #[test]
    fn of_a_withdrawn_submission_neither_is_left() {
        let left = String::from_utf8(what_is_left(record().to_string().as_bytes(), true)).unwrap();
        for gone in ["Nội dung", "Tiêu đề", "1f", "Mai", "2e", "Góp ý"] {
            assert!(!left.contains(gone), "{gone}: {left}");
        }
        let left: Value = serde_json::from_str(&left).unwrap();
        assert_eq!((&left["kind"], &left["received_at"]), (&json!("bao-sai"), &json!(1)));
    }

    #[test]
    fn what_is_no_submission_is_not_put_back_at_all() {
        assert_eq!(what_is_left(b"Mai, 0912 345 678", true), b"{}");
    }
}
