//! SHA-256 in hexadecimal: ETags, the hashes of documents, the hashes of receipts.

use sha2::{Digest, Sha256};

/// The first `bytes` of the SHA-256 of the content (at most 32), in hexadecimal.
pub fn hex(content: &[u8], bytes: usize) -> String {
    Sha256::digest(content).iter().take(bytes).flat_map(|&byte| hex_digits(byte)).collect()
}

fn hex_digits(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 0xF].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_digest_is_sha_256_cut_to_length() {
        assert_eq!(super::hex(b"abc", 4), "ba7816bf");
        assert_eq!(super::hex(b"", 32).len(), 64);
    }
}
