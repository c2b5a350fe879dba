//! The token of Cloudflare Access in a request: a JSON Web Token (RFC 7519) in compact serialization (RFC 7515).

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;

use super::claims::Claims;
use super::refusal::TokenRefusal;
use crate::desk::editor::Editor;
use crate::site::Access;

/// The maximum length of a token, in bytes. A longer token is refused. In a cookie, a token has at most 4 KB, because
/// browsers keep no larger cookies. In the header, it may be longer, because identity providers add claims.
const MAX_BYTES: usize = 8 * 1024;

const COOKIE: &str = "CF_Authorization";

/// A token split into its parts. No part can be trusted before the signature has been checked.
#[derive(Debug)]
pub struct Token<'a> {
    /// The id of the key that the token claims to be signed with.
    pub key_id: String,
    /// The signed part of the token: header and payload.
    pub signed: &'a str,
    pub signature: Vec<u8>,
    payload: Vec<u8>,
}

#[derive(Deserialize)]
struct TokenHeader {
    alg: String,
    #[serde(default)]
    kid: String,
    crit: Option<serde::de::IgnoredAny>,
}

/// Returns the token of a request. `assertion` is the header `Cf-Access-Jwt-Assertion`, `cookies` the header `Cookie`.
/// If `assertion` is present, it is the token, and the cookies are ignored, because Access itself sets this header. If
/// there are several cookies `CF_Authorization`, the first one that is not empty counts, because browsers send the
/// cookie with the longest path first (RFC 6265, section 5.4).
pub fn presented(assertion: Option<String>, cookies: Option<&str>) -> Option<String> {
    assertion.or_else(|| {
        let mut pairs = cookies?.split(';').filter_map(|pair| pair.trim().split_once('='));
        let (_, token) = pairs.find(|(name, token)| *name == COOKIE && !token.is_empty())?;
        Some(token.to_owned())
    })
}

impl<'a> Token<'a> {
    /// Splits a token into its parts.
    ///
    /// # Errors
    /// The token is too long or malformed, has critical header parameters, or is signed with another algorithm than
    /// RS256, which Access uses. No other algorithm is accepted, so a forged token cannot choose a weaker one.
    pub fn parse(text: &'a str) -> Result<Self, TokenRefusal> {
        if text.len() > MAX_BYTES {
            return Err(TokenRefusal::TooLong);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(TokenRefusal::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenRefusal::Malformed)?;
        let header: TokenHeader =
            serde_json::from_slice(&decode(header)?).map_err(|_| TokenRefusal::Malformed)?;
        if header.alg != "RS256" {
            return Err(TokenRefusal::Algorithm);
        }
        if header.crit.is_some() {
            return Err(TokenRefusal::Critical);
        }
        Ok(Self {
            key_id: header.kid,
            signed,
            signature: decode(signature)?,
            payload: decode(payload)?,
        })
    }

    /// Returns the editor whom the token signs in. The caller must have checked the signature of the token.
    ///
    /// # Errors
    /// The token is malformed, is for another application, is not valid now, or does not belong to a person.
    pub fn editor(
        &self,
        access: &Access,
        publishers: &[String],
        now: Timestamp,
    ) -> Result<Editor, TokenRefusal> {
        let claims: Claims =
            serde_json::from_slice(&self.payload).map_err(|_| TokenRefusal::Malformed)?;
        claims.check(access, now)?;
        Ok(claims.editor(publishers))
    }
}

/// Decodes base64url without padding. Any character outside its alphabet, such as `.` or `=`, is refused.
fn decode(part: &str) -> Result<Vec<u8>, TokenRefusal> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenRefusal::Malformed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encode(text: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(text)
    }

    fn with_header(header: &str) -> String {
        format!("{}.{}.{}", encode(header), encode("{}"), encode("chữ ký"))
    }

    fn refusal(text: &str) -> TokenRefusal {
        Token::parse(text).unwrap_err()
    }

    #[test]
    fn a_token_has_three_parts() {
        let text = with_header(r#"{"alg":"RS256","kid":"k1","typ":"JWT"}"#);
        let token = Token::parse(&text).unwrap();
        assert_eq!(token.key_id, "k1");
        assert_eq!(token.signature, "chữ ký".as_bytes());
        assert_eq!(text.rsplit_once('.').unwrap().0, token.signed);
    }

    #[test]
    fn what_has_another_form_is_refused() {
        let good = with_header(r#"{"alg":"RS256","kid":"k1"}"#);
        let (two_parts, signature) = good.rsplit_once('.').unwrap();
        let header = encode(r#"{"alg":"RS256","kid":"k1"}"#);
        for text in [
            "",
            ".",
            "..",
            "không phải token",
            two_parts,
            &format!("{good}."),
            &format!("{good}.{signature}"),
            &format!("{good}="),
            &format!(" {good}"),
            &format!("{good}, {good}"),
            &good.replacen('.', "+.", 1),
            &with_header("không phải JSON"),
            &with_header("[]"),
            &with_header("{}"),
            &with_header(r#"{"alg":null,"kid":"k1"}"#),
            &with_header(r#"{"alg":"RS256","alg":"RS256","kid":"k1"}"#),
            // Unused trailing bits of base64url must be zero. If they could be anything, one signature would have
            // several spellings.
            &format!("{header}.{}.QR", encode("{}")),
        ] {
            assert_eq!(refusal(text), TokenRefusal::Malformed, "{text}");
        }
    }

    #[test]
    fn no_other_algorithm_is_taken() {
        for alg in
            ["none", "None", "NONE", "HS256", "RS384", "RS512", "PS256", "ES256", "rs256", ""]
        {
            let text = with_header(&format!(r#"{{"alg":"{alg}","kid":"k1"}}"#));
            assert_eq!(refusal(&text), TokenRefusal::Algorithm, "{alg}");
        }
    }

    #[test]
    fn what_is_critical_and_not_understood_is_refused() {
        let text = with_header(r#"{"alg":"RS256","kid":"k1","crit":["b64"],"b64":false}"#);
        assert_eq!(refusal(&text), TokenRefusal::Critical);
    }

    #[test]
    fn a_long_token_is_not_read() {
        assert_eq!(refusal(&"a".repeat(8 * 1024 + 1)), TokenRefusal::TooLong);
    }

    #[test]
    fn the_header_counts_before_the_cookie() {
        let cookies =
            Some("a=b; CF_Authorization=banh; CF_Authorization=khac; c=CF_Authorization=x");
        assert_eq!(presented(Some("header".to_owned()), cookies).as_deref(), Some("header"));
        assert_eq!(presented(Some(String::new()), cookies).as_deref(), Some(""));
        assert_eq!(presented(None, cookies).as_deref(), Some("banh"));
        for none in [None, Some(""), Some("CF_Authorization="), Some("CF_AppSession=x"), Some("x")]
        {
            assert_eq!(presented(None, none), None, "{none:?}");
        }
    }

    proptest! {
        #[test]
        fn a_token_is_its_parts_and_no_other_text_has_the_same(
            key_id in "[a-zà-ỹ0-9]{0,12}", claims in "\\PC{0,40}",
            signature in prop::collection::vec(any::<u8>(), 0..40), at: prop::sample::Index, other in "[ -~]"
        ) {
            let header = serde_json::json!({ "alg": "RS256", "kid": key_id });
            let signature_text = BASE64_URL_SAFE_NO_PAD.encode(&signature);
            let text = format!("{}.{}.{signature_text}", encode(&header.to_string()), encode(&claims));
            let token = Token::parse(&text).unwrap();
            prop_assert_eq!((&token.key_id, &token.signature), (&key_id, &signature));
            prop_assert_eq!(&token.payload, claims.as_bytes());
            prop_assert_eq!(format!("{}.{signature_text}", token.signed), text.as_str());

            // A changed token that is well-formed has another signed part, or another signature, than the original.
            let at = at.index(text.len());
            let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            prop_assume!(changed != text);
            if let Ok(other) = Token::parse(&changed) {
                prop_assert!((other.signed, &other.signature) != (token.signed, &token.signature));
            }
        }

        #[test]
        fn only_the_cookie_of_access_is_a_token(cookies in "([ ;=]{0,2}[A-Za-z_]{0,8}|CF_Authorization|=){0,8}") {
            let token = presented(None, Some(&cookies));
            let named = token.map(|token| format!("CF_Authorization={token}"));
            prop_assert!(named.is_none_or(|named| cookies.contains(&named)), "{cookies}");
        }
    }
}
