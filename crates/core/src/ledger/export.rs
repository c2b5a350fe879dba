//! The export of a ledger in JSON Lines, which the Worker writes as a stream: a header, each sealed day (its seal, then
//! its entries), the number of entries that are not sealed yet, and an end line, which shows that the download is
//! complete.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::commitment::{CommitmentOpening, LedgerField};
use super::seal::Seal;
use super::written;
use crate::vietnamese::Timestamp;

const FORMAT: &str = "cong/so-cai/1";

/// One line of an export. `to_string` writes it without the line break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ExportLine {
    Header(ExportHeader),
    Seal {
        seal: Seal,
    },
    Entry(EntryLine),
    /// The number of entries that are not sealed yet. These entries are not in the export.
    Unsealed {
        unsealed: u64,
    },
    End {
        end: ExportEnd,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportHeader {
    record: String,
    pub draft: String,
    #[serde(with = "written::moment")]
    pub exported: Timestamp,
}

/// An entry in an export, with the values of its commitments that are public.
///
/// The value of each commitment is public (in `values`), withheld or erased. If it was erased, a later entry of the
/// ledger records the removal. While that later entry is not sealed yet, it is not in the export; `removed` then names
/// the field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryLine {
    /// The text of the entry, as it was hashed.
    pub entry: String,
    pub values: PublicValues,
    /// Fields whose values exist but are not public, or are public only in part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<LedgerField>,
    /// Fields whose values were erased, and whose removal is recorded by an entry that is not sealed yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<LedgerField>,
}

/// The public values of an entry. A field is `None` if its value is not public, or if the entry has no such field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicValues {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<CommitmentOpening>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<CommitmentOpening>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<CommitmentOpening>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<CommitmentOpening>,
}

/// The last line of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportEnd {
    pub entries: u64,
}

impl ExportLine {
    pub fn header(draft: &str, exported: Timestamp) -> Self {
        Self::Header(ExportHeader { record: FORMAT.to_owned(), draft: draft.to_owned(), exported })
    }

    pub fn end(entries: u64) -> Self {
        Self::End { end: ExportEnd { entries } }
    }

    /// Reads a line, with or without its line break. `None` if it is not a line of an export.
    pub fn parse(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }
}

impl fmt::Display for ExportLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl ExportHeader {
    /// Whether this module can read the format of the export.
    pub fn is_known(&self) -> bool {
        self.record == FORMAT
    }
}

impl PublicValues {
    pub fn get(&self, field: LedgerField) -> Option<&CommitmentOpening> {
        match field {
            LedgerField::Text => self.text.as_ref(),
            LedgerField::Name => self.name.as_ref(),
            LedgerField::Answer => self.answer.as_ref(),
            LedgerField::Changed => self.changed.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::leaf;
    use super::*;
    use chrono::NaiveDate;

    fn lines() -> [ExportLine; 6] {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let opened = CommitmentOpening { salt: "a1".into(), value: "Một \"hai\"\nba".into() };
        [
            ExportLine::header("du-thao-1", Timestamp(1_795_500_000)),
            ExportLine::Seal { seal: Seal::next(None, day, &[leaf("{}")]) },
            ExportLine::Entry(EntryLine {
                entry: r#"{"v":1}"#.into(),
                values: PublicValues { text: Some(opened), ..PublicValues::default() },
                withheld: vec![LedgerField::Name],
                removed: Vec::new(),
            }),
            ExportLine::Entry(EntryLine {
                removed: vec![LedgerField::Changed],
                ..EntryLine::default()
            }),
            ExportLine::Unsealed { unsealed: 3 },
            ExportLine::end(2),
        ]
    }

    #[test]
    fn lines_are_written_in_the_export_format() {
        let [header, _, entry, removed, unsealed, end] = lines().map(|line| line.to_string());
        assert_eq!(
            header,
            r#"{"record":"cong/so-cai/1","draft":"du-thao-1","exported":"2026-11-24T13:00:00+07:00"}"#
        );
        assert_eq!(
            entry,
            r#"{"entry":"{\"v\":1}","values":{"text":{"salt":"a1","value":"Một \"hai\"\nba"}},"withheld":["name"]}"#
        );
        assert_eq!(removed, r#"{"entry":"","values":{},"removed":["changed"]}"#);
        assert_eq!((&*unsealed, &*end), (r#"{"unsealed":3}"#, r#"{"end":{"entries":2}}"#));
    }

    #[test]
    fn lines_survive_a_round_trip() {
        for line in lines() {
            assert_eq!(ExportLine::parse(format!("{line}\r\n").as_bytes()), Some(line));
        }
    }

    #[test]
    fn invalid_lines_are_refused() {
        for text in [
            &b""[..],
            b"{}",
            b"null",
            br#"{"end":{"entries":2}"#,
            br#"{"end":{"entries":2,"more":1}}"#,
            br#"{"entry":"","values":{"text":{"salt":"","value":"1"},"text":{"salt":"","value":"2"}}}"#,
            br#"{"entry":"","values":{"title":{"salt":"","value":"1"}}}"#,
            b"{\"unsealed\":\"\xff\"}",
        ] {
            assert_eq!(ExportLine::parse(text), None, "{}", String::from_utf8_lossy(text));
        }
    }
}
