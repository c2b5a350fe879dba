//! Two hash functions: SHA-256 for documents, receipts and the ETags of files; a fast hash for the ETags of pages and
//! for comparisons within an isolate.

use std::hash::{DefaultHasher, Hasher};

use sha2::{Digest, Sha256};

/// The first `bytes` bytes (at most 32) of the SHA-256 hash, in hexadecimal.
pub fn hex(content: &[u8], bytes: usize) -> String {
    to_hex(Sha256::digest(content).iter().take(bytes))
}

/// A fast 64-bit hash, by which two versions of the same content are told apart. It is not collision-resistant, and
/// another version of the portal may compute other values.
pub fn quick(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    hasher.finish()
}

/// Writes bytes as lower-case hexadecimal digits.
pub fn to_hex<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    bytes.into_iter().flat_map(|&byte| hex_digits(byte)).collect()
}

/// Decodes hexadecimal digits in upper or lower case. Returns `None` if the text contains anything else, or an odd
/// count of digits.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] if pair.iter().all(u8::is_ascii_hexdigit) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or(0) as u8;
                Some(digit(high) << 4 | digit(low))
            }
            _ => None,
        })
        .collect()
}

/// Whether two texts are equal. The hashes of the texts are compared, so the duration does not reveal how many leading
/// letters agree, and an attacker cannot guess a secret text letter by letter.
pub fn are_equal(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

fn hex_digits(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 0xF].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    #[test]
    fn hex_is_truncated_sha_256() {
        assert_eq!(super::hex(b"abc", 4), "ba7816bf");
        assert_eq!(super::hex(b"", 32).len(), 64);
    }

    #[test]
    fn are_equal_compares_texts() {
        assert!(super::are_equal("0912345678", "0912345678") && super::are_equal("", ""));
        assert!(!super::are_equal("0912345678", "0912345679") && !super::are_equal("a", ""));
    }

    #[test]
    fn from_hex_refuses_invalid_texts() {
        assert_eq!(super::from_hex(&super::to_hex(&[0, 0x7F, 0xFF])).unwrap(), b"\x00\x7f\xff");
        for other in ["a", "zz", "+1", "é"] {
            assert_eq!(super::from_hex(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn bytes_survive_a_round_trip(bytes: Vec<u8>) {
            let text = super::to_hex(&bytes);
            prop_assert_eq!(text.len(), 2 * bytes.len());
            prop_assert_eq!(super::from_hex(&text.to_uppercase()), Some(bytes.clone()));
            prop_assert_eq!(super::from_hex(&text), Some(bytes));
        }

        #[test]
        fn only_hexadecimal_is_decoded(text in "\\PC{0,6}|[0-9a-fA-F]{0,9}") {
            let is_hexadecimal = text.len() % 2 == 0 && text.bytes().all(|b| b.is_ascii_hexdigit());
            prop_assert_eq!(super::from_hex(&text).is_some(), is_hexadecimal);
        }
    }
}
