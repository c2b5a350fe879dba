use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

use crate::digest::to_hex;

const BYTES: usize = 32;

/// A SHA-256 hash, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; BYTES]);

/// The error for a text that is not a hash: not 64 digits from 0 to 9 and a to f.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseHashError;

impl Hash {
    /// The hash of the parts, joined together.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = ParseHashError;

    /// Parses 64 lower-case hexadecimal digits. Upper case is refused: texts that contain hashes are hashed themselves,
    /// so a hash may have only one spelling.
    fn from_str(text: &str) -> Result<Self, ParseHashError> {
        let mut bytes = [0; BYTES];
        if text.len() != 2 * BYTES {
            return Err(ParseHashError);
        }
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = digits.iter().try_fold(0, |sum, &digit| Ok(sum << 4 | value_of(digit)?))?;
        }
        Ok(Self(bytes))
    }
}

fn value_of(digit: u8) -> Result<u8, ParseHashError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(ParseHashError),
    }
}

impl fmt::Display for ParseHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not 64 lower-case hexadecimal digits")
    }
}

impl std::error::Error for ParseHashError {}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_survive_a_round_trip() {
        let hash = Hash::of(&[b"a", b"bc"]);
        let written = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash.to_string(), written);
        assert_eq!(written.parse(), Ok(hash));
    }

    #[test]
    fn other_spellings_of_a_hash_are_refused() {
        let written = Hash::of(&[]).to_string();
        for other in [
            written.to_uppercase(),
            format!(" {written}"),
            written[1..].to_owned(),
            format!("{written}00"),
            format!("+{}", &written[1..]),
            "ế".repeat(32),
            String::new(),
        ] {
            assert_eq!(other.parse::<Hash>(), Err(ParseHashError), "{other}");
        }
    }
}
