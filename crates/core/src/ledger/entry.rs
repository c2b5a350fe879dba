//! Entries of the ledger. An entry is a line of JSON. Its text is written once, and this same text is stored, hashed
//! and exported.

use serde::{Deserialize, Serialize};

use super::commitment::LedgerField;
use super::hash::Hash;
use super::written::moment;
use crate::codes;
use crate::consultation::Capacity;
use crate::vietnamese::Timestamp;

const VERSION: u8 = 1;

/// One event of a consultation. Fields are declared in the order of the keys in the JSON text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum LedgerEntry {
    Comment(CommentEntry),
    Answer(AnswerEntry),
    Removal(RemovalEntry),
}

/// The entry for a comment that was received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentEntry {
    pub draft: String,
    #[serde(with = "moment")]
    pub received: Timestamp,
    /// The id of the clause's heading; empty for a comment on the whole draft.
    pub clause: String,
    #[serde(rename = "as")]
    pub sender: Capacity,
    /// The commitment to the text of the comment.
    pub text: Hash,
    /// The commitment to the sender's name, or to the empty text if there is no name.
    pub name: Hash,
}

/// The entry for an answer that the office released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerEntry {
    pub draft: String,
    /// The leaf hash (see `tree::leaf`) of the entry of the comment that is answered.
    pub to: Hash,
    pub decision: Decision,
    #[serde(with = "moment")]
    pub released: Timestamp,
    /// The commitment to the text of the answer.
    pub answer: Hash,
    /// The commitment to the text that says where the draft was changed, or to the empty text if it was not changed.
    pub changed: Hash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    Accepted,
    Partly,
    Explained,
}

// The codes in the database and in forms.
codes!(Decision { Accepted = "accepted", Partly = "partly", Explained = "explained" });

impl Decision {
    /// The name of the decision for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Accepted => "Tiếp thu",
            Self::Partly => "Tiếp thu một phần",
            Self::Explained => "Giải trình",
        }
    }
}

/// The entry for a removal: a value to which an earlier entry commits was erased together with its salt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalEntry {
    pub draft: String,
    /// The leaf hash (see `tree::leaf`) of the earlier entry.
    pub of: Hash,
    pub field: LedgerField,
    #[serde(with = "moment")]
    pub removed: Timestamp,
    pub reason: RemovalRequester,
}

/// The requester of the erasure of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RemovalRequester {
    Sender,
    Office,
}

/// The error for a text that is not an entry in exactly the spelling that this module writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCanonical;

#[derive(Serialize)]
struct VersionedEntry<'a> {
    v: u8,
    #[serde(flatten)]
    entry: &'a LedgerEntry,
}

impl LedgerEntry {
    /// The JSON text that is stored and hashed.
    pub fn content(&self) -> String {
        // Serialising strings and numbers under fixed keys cannot fail.
        serde_json::to_string(&VersionedEntry { v: VERSION, entry: self }).unwrap_or_default()
    }

    /// Reads the text of an entry.
    ///
    /// # Errors
    /// The text differs from what [`LedgerEntry::content`] writes. An entry may have only one spelling, because another
    /// spelling would have another hash.
    pub fn parse(content: &str) -> Result<Self, NotCanonical> {
        let entry: Self = serde_json::from_str(content).map_err(|_| NotCanonical)?;
        if entry.content() == content { Ok(entry) } else { Err(NotCanonical) }
    }

    pub fn draft(&self) -> &str {
        match self {
            Self::Comment(comment) => &comment.draft,
            Self::Answer(answer) => &answer.draft,
            Self::Removal(removal) => &removal.draft,
        }
    }

    /// The time of the event that the entry records.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Comment(comment) => comment.received,
            Self::Answer(answer) => answer.released,
            Self::Removal(removal) => removal.removed,
        }
    }

    /// The fields that the entry contains as commitments, each with its commitment.
    pub fn commitments(&self) -> Vec<(LedgerField, Hash)> {
        match self {
            Self::Comment(comment) => {
                vec![(LedgerField::Text, comment.text), (LedgerField::Name, comment.name)]
            }
            Self::Answer(answer) => {
                vec![(LedgerField::Answer, answer.answer), (LedgerField::Changed, answer.changed)]
            }
            Self::Removal(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> [LedgerEntry; 3] {
        let hash = |text: &str| Hash::of(&[text.as_bytes()]);
        let draft = || "du-thao-1".to_owned();
        [
            LedgerEntry::Comment(CommentEntry {
                draft: draft(),
                received: Timestamp(1_795_500_000),
                clause: "dieu-5".into(),
                sender: Capacity::Individual,
                text: hash("abc"),
                name: hash(""),
            }),
            LedgerEntry::Answer(AnswerEntry {
                draft: draft(),
                to: hash("abc"),
                decision: Decision::Partly,
                released: Timestamp(1_795_500_001),
                answer: hash(""),
                changed: hash(""),
            }),
            LedgerEntry::Removal(RemovalEntry {
                draft: draft(),
                of: hash("abc"),
                field: LedgerField::Name,
                removed: Timestamp(1_795_500_002),
                reason: RemovalRequester::Sender,
            }),
        ]
    }

    #[test]
    fn entries_are_written_in_canonical_form() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let expected = [
            format!(
                r#"{{"v":1,"kind":"comment","draft":"du-thao-1","received":"2026-11-24T13:00:00+07:00","clause":"dieu-5","as":"individual","text":"{abc}","name":"{nothing}"}}"#
            ),
            format!(
                r#"{{"v":1,"kind":"answer","draft":"du-thao-1","to":"{abc}","decision":"partly","released":"2026-11-24T13:00:01+07:00","answer":"{nothing}","changed":"{nothing}"}}"#
            ),
            format!(
                r#"{{"v":1,"kind":"removal","draft":"du-thao-1","of":"{abc}","field":"name","removed":"2026-11-24T13:00:02+07:00","reason":"sender"}}"#
            ),
        ];
        assert_eq!(entries().map(|entry| entry.content()), expected);
    }

    #[test]
    fn entries_survive_a_round_trip() {
        for entry in entries() {
            assert_eq!(LedgerEntry::parse(&entry.content()), Ok(entry));
        }
    }

    #[test]
    fn noncanonical_entries_are_refused() {
        let [comment, ..] = entries().map(|entry| entry.content());
        for other in [
            comment.replace(',', ", "),
            comment.replace(r#""v":1,"#, ""),
            comment.replace(r#""v":1"#, r#""v":2"#),
            comment.replace(r#""kind""#, r#""Kind""#),
            comment.replace("13:00:00+07:00", "06:00:00Z"),
            comment.replace("dieu-5", r"dieu\u002d5"),
            comment.replace("ba78", "BA78"),
            comment.replace('}', r#","more":1}"#),
            comment.replace(r#""clause":"dieu-5","#, r#""clause":"dieu-5","clause":"dieu-5","#),
            comment.replace(r#""clause":"dieu-5","#, ""),
            comment.replace("individual", "both"),
            format!("{comment}\n"),
            String::new(),
        ] {
            assert_eq!(LedgerEntry::parse(&other), Err(NotCanonical), "{other}");
        }
    }
}
