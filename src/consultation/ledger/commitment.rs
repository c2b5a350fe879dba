//! What the record says of a value without saying the value: its hash under a salt of its own.
//! Once value and salt are erased nobody can tell what it was, not even by trying every name.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hash::Hash;

/// Digits of a salt: 128 random bits.
const SALT_DIGITS: usize = 32;

/// What an entry commits to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// What the comment says.
    Text,
    /// Who sent it.
    Name,
    /// What the office answers.
    Answer,
    /// Where the draft was changed for it; empty where nowhere.
    Changed,
}

impl Field {
    pub const ALL: [Self; 4] = [Self::Text, Self::Name, Self::Answer, Self::Changed];

    /// As it stands in entries, in exports and in what is hashed.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Name => "name",
            Self::Answer => "answer",
            Self::Changed => "changed",
        }
    }
}

/// As readers know it.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "nội dung ý kiến",
            Self::Name => "tên người gửi",
            Self::Answer => "nội dung trả lời",
            Self::Changed => "chỗ đã sửa trong dự thảo",
        })
    }
}

/// A value with the salt that makes its commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    pub salt: String,
    pub value: String,
}

impl Opened {
    /// Whether this is what was committed to. With a salt of any other form `<salt>:<field>:` could
    /// be cut elsewhere, and one commitment have two values.
    pub fn opens(&self, field: Field, expected: Hash) -> bool {
        is_salt(&self.salt) && commitment(field, &self.salt, &self.value) == expected
    }
}

/// The SHA-256 of the text `<salt>:<field>:<value>`, which
/// `printf '%s' '<salt>:<field>:<value>' | sha256sum` makes too. The salt is 32 hexadecimal digits.
pub fn commitment(field: Field, salt: &str, value: &str) -> Hash {
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
    fn a_commitment_is_what_sha256sum_says() {
        // printf '%s' '00112233445566778899aabbccddeeff:text:Đề nghị bỏ khoản 2.' | sha256sum
        assert_eq!(
            commitment(Field::Text, SALT, "Đề nghị bỏ khoản 2.").to_string(),
            "dd3f24f602149308dda13a21c7c9eaed6359bd6f59eb055a2b74727bd31984f4"
        );
    }

    #[test]
    fn a_commitment_opens_with_its_own_salt_field_and_value_only() {
        let made = commitment(Field::Text, SALT, "Bỏ khoản 2.");
        let opened = |salt: &str, value: &str| Opened { salt: salt.into(), value: value.into() };
        assert!(opened(SALT, "Bỏ khoản 2.").opens(Field::Text, made));
        assert!(!opened(SALT, "Bỏ khoản 2.").opens(Field::Name, made));
        assert!(!opened(SALT, "Bỏ khoản 3.").opens(Field::Text, made));
        assert!(!opened(&SALT.replace('0', "1"), "Bỏ khoản 2.").opens(Field::Text, made));
    }

    #[test]
    fn a_commitment_cannot_be_cut_elsewhere() {
        let longer = format!("{SALT}:text:a");
        let made = commitment(Field::Text, &longer, "b");
        assert_eq!(made, commitment(Field::Text, SALT, "a:text:b"));
        assert!(!Opened { salt: longer, value: "b".into() }.opens(Field::Text, made));
    }
}
