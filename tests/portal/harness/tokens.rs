//! Makes tokens like those of Cloudflare Access, and the keys that sign them.

use std::fs;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use rsa::PrivateKey;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey, LineEnding};
use rsa::sha2::Sha256;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

use super::{Portal, now};

/// A key with which Cloudflare Access signs the tokens of signed-in editors. Keys belong to a team: an organisation's
/// account at Cloudflare Access.
pub struct TokenKey {
    pub id: String,
    key: PrivateKey,
}

impl TokenKey {
    pub fn new(id: &str) -> Self {
        let key = PrivateKey::new(&mut getrandom::SysRng, 2048).unwrap();
        Self { id: id.to_owned(), key }
    }

    /// Reads the signing key of a portal's stand-in for Cloudflare Access. `id` becomes the id of the key.
    pub fn of(portal: &Portal, id: &str) -> Self {
        let pem = fs::read_to_string(portal.state.join("cong-access.pem")).unwrap();
        Self { id: id.to_owned(), key: PrivateKey::from_pkcs8_pem(&pem).unwrap() }
    }

    /// The public key as a JSON Web Key.
    pub fn published(&self) -> Value {
        let [n, e] =
            [self.key.n_bytes(), self.key.e_bytes()].map(|n| BASE64_URL_SAFE_NO_PAD.encode(n));
        json!({ "kid": self.id, "kty": "RSA", "alg": "RS256", "use": "sig", "n": n, "e": e })
    }

    /// The public key in PEM.
    pub fn pem(&self) -> String {
        self.key.to_public_key().to_public_key_pem(LineEnding::LF).unwrap()
    }

    pub fn sign(&self, claims: &Value) -> String {
        let header = json!({ "alg": "RS256", "kid": self.id, "typ": "JWT" });
        token(&header, claims, |signed| self.key.pkcs1v15_sign::<Sha256>(signed).unwrap())
    }
}

/// Makes a token with this header and these claims. `sign` computes the signature.
pub fn token(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let [header, claims] =
        [header, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string()));
    let signed = format!("{header}.{claims}");
    let signature = BASE64_URL_SAFE_NO_PAD.encode(sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// The claims in the token of an editor who has just signed in.
pub fn claims(team: &str, audience: &str, email: &str) -> Value {
    let now = now().0;
    json!({
        "aud": [audience],
        "email": email,
        "exp": now + 24 * 3600,
        "iat": now,
        "nbf": now,
        "iss": team,
        "type": "app",
        "identity_nonce": "6ei69kawdKzMIAPF",
        "sub": format!("id of {email}"),
        "country": "VN",
    })
}
