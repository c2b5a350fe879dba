//! Commitments. A ledger entry does not contain a name or a text itself, but a commitment to it: the hash of the value
//! together with a random salt. Once value and salt are erased, nobody can find out the value, not even by trying every
//! possible name.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hash::Hash;
use crate::codes;

/// The length of a salt, in hexadecimal digits. They encode 128 random bits.
const SALT_DIGITS: usize = 32;

/// A field that ledger entries do not contain in clear, but as a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LedgerField {
    /// The text of a comment.
    Text,
    /// The name of the sender.
    Name,
    /// The text of an answer.
    Answer,
    /// Where the draft was changed because of the comment, in the office's words; empty if it was not changed.
    Changed,
}

// The codes in entries, in exports, and in the text that is hashed for a commitment.
codes!(LedgerField { Text = "text", Name = "name", Answer = "answer", Changed = "changed" });

/// Writes the name of the field for readers.
impl fmt::Display for LedgerField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "nội dung ý kiến",
            Self::Name => "tên người gửi",
            Self::Answer => "nội dung trả lời",
            Self::Changed => "chỗ đã sửa trong dự thảo",
        })
    }
}

/// A value, and the salt of its commitment. With both, anybody can recompute the commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitmentOpening {
    pub salt: String,
    pub value: String,
}

impl CommitmentOpening {
    /// Whether `expected` is the commitment to this value. The salt must be well-formed: otherwise the hashed text
    /// `<salt>:<field>:<value>` could be split in several ways, and one commitment would fit several values.
    pub fn opens(&self, field: LedgerField, expected: Hash) -> bool {
        is_salt(&self.salt) && commitment(field, &self.salt, &self.value) == expected
    }
}

/// Computes the commitment to a value: the SHA-256 of the text `<salt>:<field>:<value>`, as `printf '%s'
/// '<salt>:<field>:<value>' | sha256sum` prints it. `salt` must have 32 hexadecimal digits.
pub fn commitment(field: LedgerField, salt: &str, value: &str) -> Hash {
    Hash::of(&[salt.as_bytes(), b":", field.code().as_bytes(), b":", value.as_bytes()])
}

/// Whether a text is a salt: 32 lower-case hexadecimal digits.
pub fn is_salt(text: &str) -> bool {
    text.len() == SALT_DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: &str = "00112233445566778899aabbccddeeff";

    #[test]
    fn commitment_equals_the_output_of_sha256sum() {
        // printf '%s' '00112233445566778899aabbccddeeff:text:Đề nghị bỏ khoản 2.' | sha256sum
        assert_eq!(
            commitment(LedgerField::Text, SALT, "Đề nghị bỏ khoản 2.").to_string(),
            "dd3f24f602149308dda13a21c7c9eaed6359bd6f59eb055a2b74727bd31984f4"
        );
    }

    #[test]
    fn commitment_opens_only_with_its_salt_field_and_value() {
        let made = commitment(LedgerField::Text, SALT, "Bỏ khoản 2.");
        let opened =
            |salt: &str, value: &str| CommitmentOpening { salt: salt.into(), value: value.into() };
        assert!(opened(SALT, "Bỏ khoản 2.").opens(LedgerField::Text, made));
        assert!(!opened(SALT, "Bỏ khoản 2.").opens(LedgerField::Name, made));
        assert!(!opened(SALT, "Bỏ khoản 3.").opens(LedgerField::Text, made));
        assert!(!opened(&SALT.replace('0', "1"), "Bỏ khoản 2.").opens(LedgerField::Text, made));
    }

    #[test]
    fn commitment_has_a_unique_split() {
        let longer = format!("{SALT}:text:a");
        let made = commitment(LedgerField::Text, &longer, "b");
        assert_eq!(made, commitment(LedgerField::Text, SALT, "a:text:b"));
        assert!(
            !CommitmentOpening { salt: longer, value: "b".into() }.opens(LedgerField::Text, made)
        );
    }
}
