//! The signing key of the stand-in for Cloudflare Access, and the tokens that are signed with it.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use cong_core::digest;
use rsa::PrivateKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use rsa::sha2::Sha256;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

use crate::language::say;

/// The length of the signing key, in bits. It is that of the keys of Access.
const KEY_BITS: usize = 2048;

pub struct Signer {
    key: PrivateKey,
    key_id: String,
}

impl Signer {
    /// Loads the signing key from `file`. If the file is missing or has no valid key, makes a new key and stores it
    /// there.
    pub fn load_or_make(file: &Path) -> Result<Self> {
        let kept = fs::read_to_string(file).ok();
        if let Some(key) = kept.and_then(|pem| PrivateKey::from_pkcs8_pem(&pem).ok()) {
            return Ok(Self::new(key));
        }
        let key = PrivateKey::new(&mut getrandom::SysRng, KEY_BITS).with_context(|| {
            say!("Không tạo được khóa đăng nhập", "The key of the sign-in cannot be made")
        })?;
        let pem = key.to_pkcs8_pem(LineEnding::LF)?;
        private_file(file).and_then(|mut file| file.write_all(pem.as_bytes())).with_context(
            || say!("Không lưu được khóa đăng nhập", "The key of the sign-in cannot be kept"),
        )?;
        Ok(Self::new(key))
    }

    fn new(key: PrivateKey) -> Self {
        let key_id = digest::hex(&key.n_bytes(), 32);
        Self { key, key_id }
    }

    /// The public key as a JSON Web Key Set, in the form that Access publishes.
    pub fn key_set(&self) -> Value {
        json!({
            "keys": [{
                "kid": self.key_id,
                "kty": "RSA",
                "alg": "RS256",
                "use": "sig",
                "e": BASE64_URL_SAFE_NO_PAD.encode(self.key.e_bytes()),
                "n": BASE64_URL_SAFE_NO_PAD.encode(self.key.n_bytes()),
            }],
        })
    }

    /// Makes a signed JSON Web Token with these claims.
    pub fn token(&self, claims: &Value) -> Result<String> {
        let header = json!({ "alg": "RS256", "kid": self.key_id, "typ": "JWT" });
        let [header, payload] =
            [&header, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{payload}");
        let signature = self.key.pkcs1v15_sign::<Sha256>(signed.as_bytes())?;
        Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// Creates an empty file that only its owner can read.
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
