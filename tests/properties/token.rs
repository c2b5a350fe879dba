//! Tokens of the desk's sign-in: parsing loses nothing, and only a token that names an editor signs that editor in.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use cong_core::vietnamese::Timestamp;
use cong_worker::desk::access::{Token, parse_keys, presented};
use cong_worker::site::Access;

/// Parses bytes as the keys of a Cloudflare Access team, as a cookie header and as a token.
pub fn check(bytes: &[u8]) {
    if let Ok(keys) = parse_keys(bytes) {
        for key in keys {
            let jwk: serde_json::Value = serde_json::from_str(&key.jwk()).unwrap();
            let mut names: Vec<_> = jwk.as_object().unwrap().keys().collect();
            names.sort();
            assert_eq!(names, ["alg", "e", "kty", "n"]);
        }
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(token) = presented(None, Some(text)) {
        assert!(text.contains(&format!("CF_Authorization={token}")), "{text}");
        assert!(!token.is_empty() && !token.contains(';'));
    }
    let Ok(token) = Token::parse(text) else { return };
    // A token has only one encoding.
    assert_eq!(
        format!("{}.{}", token.signed, BASE64_URL_SAFE_NO_PAD.encode(&token.signature)),
        text
    );
    let access = Access::accept("son-lam", "32eafc76", "https://cong.example").unwrap();
    if let Ok(editor) = token.editor(&access, &[], Timestamp(1_800_000_000)) {
        let claims = token.signed.split_once('.').unwrap().1;
        let claims = BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        let named = claims["email"].as_str().unwrap().trim().to_ascii_lowercase();
        assert_eq!(editor.email, named);
        assert_eq!((&claims["iss"], &claims["type"]), (&access.team.into(), &"app".into()));
        assert!(claims["exp"].as_i64().unwrap() >= 1_800_000_000 - 10);
        assert!(claims["aud"].to_string().contains("\"32eafc76\""));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn encode(part: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(part)
    }

    proptest! {
        #[test]
        fn a_token_signs_in_only_the_editor_that_it_names(
            alg in "RS256|RS256|RS256|none|HS256|rs256|", kid in "\\PC{0,6}",
            iss in "https://son-lam\\.cloudflareaccess\\.com|https://\\PC{0,6}",
            aud in "32eafc76|[a-z0-9]{0,8}", kind in "app|org|", email in "[a-zA-Z ]{0,3}@?[a-z.]{0,6}",
            sub in "[0-9a-f]{0,3}", common_name in "|x", exp in 1_799_999_000..1_800_001_000_i64,
            iat: i64, changes in "|,\"aud\":\\[\"32eafc76\"\\]|,\"exp\":null|,\"email\":1|\\PC{0,3}"
        ) {
            let header = json!({ "alg": alg, "kid": kid }).to_string();
            let claims = json!({
                "iss": iss, "aud": aud, "type": kind, "email": email, "sub": sub, "common_name": common_name,
                "exp": exp, "iat": iat.clamp(0, 1_800_000_100),
            });
            let claims = claims.to_string().replacen('}', &format!("{changes}}}"), 1);
            let token = format!("{}.{}.{}", encode(&header), encode(&claims), encode("chữ ký"));
            check(token.as_bytes());
            check(format!("a=b; CF_Authorization={token}; c").as_bytes());
        }

        #[test]
        fn arbitrary_bytes_pass_the_check(bytes: Vec<u8>, text in "[A-Za-z0-9_=;. -]{0,60}|CF_Authorization=[a-z.]{0,9};?") {
            check(&bytes);
            check(text.as_bytes());
        }

        #[test]
        fn only_valid_keys_of_a_team_are_accepted(
            kty in "RSA|EC|oct", n in "[A-Za-z0-9_-]{342}|[A-Za-z0-9_\"-]{0,9}", e in "AQAB|[A-Z=]{0,3}",
            usage in prop::option::of("sig|enc"), alg in prop::option::of("RS256|HS256")
        ) {
            let key = json!({ "kid": "k1", "kty": kty, "n": n, "e": e, "use": usage, "alg": alg });
            check(json!({ "keys": [key] }).to_string().as_bytes());
        }
    }
}
