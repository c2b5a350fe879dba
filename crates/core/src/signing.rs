//! The secret key with which the portal signs receipts and form tokens.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::host::is_localhost;

/// A signing key that [`SigningKey::accept`] has checked.
#[derive(Clone)]
pub struct SigningKey(String);

/// The prefix of the signing keys for development, which are in the repository. Keys with this prefix are accepted on
/// localhost only.
const TEST_KEY_MARK: &str = "test-key-";
const MIN_KEY_BYTES: usize = 32;

impl SigningKey {
    /// Checks a key. Returns `None` if it is shorter than 32 bytes, or if it is a development key and `base_url` is not
    /// an address on localhost.
    pub fn accept(key: &str, base_url: &str) -> Option<Self> {
        let usable = key.len() >= MIN_KEY_BYTES
            && (!key.starts_with(TEST_KEY_MARK) || is_localhost(base_url));
        usable.then(|| Self(key.to_owned()))
    }

    /// Computes the HMAC of a list of fields. The length of each field is hashed before the field, so different lists
    /// never give the same input. The first field names the purpose, so a signature for one purpose is not valid for
    /// another.
    pub fn hmac(&self, fields: &[&str]) -> [u8; 32] {
        self.mac(fields).map_or([0; 32], |mac| mac.finalize().into_bytes().into())
    }

    /// Whether `code` is not empty and is the beginning of the HMAC of the fields. Compares in constant time.
    pub fn verifies(&self, fields: &[&str], code: &[u8]) -> bool {
        self.mac(fields).is_some_and(|mac| mac.verify_truncated_left(code).is_ok())
    }

    /// Starts the HMAC of the fields. Never returns `None`, because HMAC accepts keys of any length (RFC 2104).
    fn mac(&self, fields: &[&str]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).ok()?;
        for field in fields {
            mac.update(&(field.len() as u64).to_be_bytes());
            mac.update(field.as_bytes());
        }
        Some(mac)
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST_KEY: &str = "test-key-for-localhost-only-0123456789";

    #[test]
    fn test_key_is_accepted_on_localhost_only() {
        assert!(SigningKey::accept(TEST_KEY, "http://localhost:8787").is_some());
        assert!(SigningKey::accept(TEST_KEY, "http://127.0.0.1").is_some());
        for public in [
            "https://example.vn",
            "https://localhost.example.vn",
            "https://example.vn/localhost",
            "",
        ] {
            assert!(SigningKey::accept(TEST_KEY, public).is_none(), "{public}");
        }
    }

    #[test]
    fn short_keys_are_refused() {
        assert!(SigningKey::accept("", "http://localhost").is_none());
        assert!(SigningKey::accept("0123456789abcdef", "https://example.vn").is_none());
        assert!(
            SigningKey::accept("0123456789abcdef0123456789abcdef", "https://example.vn").is_some()
        );
    }

    #[test]
    fn debug_output_hides_the_key() {
        let key = SigningKey::accept(TEST_KEY, "http://localhost").unwrap();
        assert!(!format!("{key:?}").contains("test-key"));
    }

    #[test]
    fn hmac_verifies_only_for_its_fields() {
        let key = SigningKey::accept(TEST_KEY, "http://localhost").unwrap();
        let code = key.hmac(&["stamp", "ab", "c"]);
        assert!(key.verifies(&["stamp", "ab", "c"], &code));
        assert!(key.verifies(&["stamp", "ab", "c"], &code[..16]));
        assert!(!key.verifies(&["stamp", "a", "bc"], &code));
        assert!(!key.verifies(&["stamp", "ab", "c"], &[]));
    }
}
