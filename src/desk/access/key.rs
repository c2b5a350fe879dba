//! The public keys of a Cloudflare Access team, from its JSON Web Key Set (RFC 7517).

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde::Deserialize;
use serde_json::Value;

/// The maximum number of keys that are read from a key set. Further keys are ignored. A team publishes two keys: the
/// one with which it signs now, and the previous one.
const MAX_KEYS: usize = 16;

/// The accepted lengths of an RSA modulus, in bytes: from 256 (2048 bits, the minimum of RFC 7518, section 3.3) to 1024
/// (8192 bits).
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 256..=1024;

/// A public key for the signature algorithm RS256 (RSA with SHA-256).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub id: String,
    modulus: String,
    exponent: String,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct PublishedKey {
    kid: String,
    kty: String,
    n: String,
    e: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
}

/// Parses a JSON Web Key Set. Returns the keys that can be used for RS256, and skips all others.
///
/// # Errors
/// The input is not a key set, or the set has no key for RS256.
pub fn parse_keys(json: &[u8]) -> Result<Vec<Key>, &'static str> {
    let set: KeySet = serde_json::from_slice(json).map_err(|_| "what came is no key set")?;
    let keys: Vec<Key> = set.keys.into_iter().take(MAX_KEYS).filter_map(usable).collect();
    if keys.is_empty() { Err("no key for RS256 in the set") } else { Ok(keys) }
}

fn usable(key: Value) -> Option<Key> {
    let key: PublishedKey = serde_json::from_value(key).ok()?;
    let modulus = BASE64_URL_SAFE_NO_PAD.decode(&key.n).ok()?;
    let exponent = BASE64_URL_SAFE_NO_PAD.decode(&key.e).ok()?;
    let is_usable = key.kty == "RSA"
        && key.usage.is_none_or(|usage| usage == "sig")
        && key.alg.is_none_or(|alg| alg == "RS256")
        && MODULUS_BYTES.contains(&modulus.len())
        && (1..=8).contains(&exponent.len());
    is_usable.then_some(Key { id: key.kid, modulus: key.n, exponent: key.e })
}

impl Key {
    /// The key as a JSON Web Key with the members `kty`, `alg`, `n` and `e`.
    pub fn jwk(&self) -> String {
        // Modulus and exponent are base64url, which needs no escaping in JSON.
        format!(r#"{{"kty":"RSA","alg":"RS256","n":"{}","e":"{}"}}"#, self.modulus, self.exponent)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;

    pub fn key(id: &str) -> Key {
        parse_keys(json!({ "keys": [published(id)] }).to_string().as_bytes()).unwrap().remove(0)
    }

    fn published(id: &str) -> Value {
        let modulus = BASE64_URL_SAFE_NO_PAD.encode([0xC5; 256]);
        json!({ "kid": id, "kty": "RSA", "alg": "RS256", "use": "sig", "e": "AQAB", "n": modulus })
    }

    fn changed(name: &str, value: Value) -> Value {
        let mut key = published("k");
        key[name] = value;
        key
    }

    #[test]
    fn a_set_gives_its_keys_for_rs256_and_leaves_others_out() {
        let short = BASE64_URL_SAFE_NO_PAD.encode([0xC5; 255]);
        let set = json!({
            "keys": [
                published("k1"),
                changed("kty", json!("EC")),
                changed("kty", json!("oct")),
                changed("use", json!("enc")),
                changed("alg", json!("RS512")),
                changed("alg", json!("HS256")),
                changed("n", json!(short)),
                changed("n", json!("\"}")),
                changed("e", json!("")),
                changed("kid", json!(null)),
                json!("không phải khóa"),
                published("k2"),
            ],
            "public_cert": { "kid": "k1", "cert": "-----BEGIN CERTIFICATE-----" },
        });
        let keys = parse_keys(set.to_string().as_bytes()).unwrap();
        assert_eq!(keys.iter().map(|key| key.id.as_str()).collect::<Vec<_>>(), ["k1", "k2"]);
        let jwk: Value = serde_json::from_str(&keys[0].jwk()).unwrap();
        assert_eq!(jwk["n"], published("k1")["n"]);
    }

    #[test]
    fn what_is_no_set_or_an_empty_one_is_an_error() {
        for json in
            ["", "<html>", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[]}"#, r#"{"keys":[1]}"#]
        {
            assert!(parse_keys(json.as_bytes()).is_err(), "{json}");
        }
    }
}
