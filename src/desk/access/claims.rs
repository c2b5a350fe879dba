//! The claims of a token of Cloudflare Access (such as its issuer, audience and expiry), and their checks. Claims can
//! be trusted only after the signature of the token has been checked.

use cong_core::digest;
use cong_core::vietnamese::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::refusal::TokenRefusal;
use crate::desk::editor::{Editor, Role};
use crate::site::Access;

/// The maximum difference between the clocks of Access and of the portal, in seconds. A token is accepted this long
/// before it becomes valid, and this long after it expires.
const LEEWAY: i64 = 10;

/// The claims of a token. A missing claim has its default value, which is empty or 0. `check` refuses tokens without
/// `iss`, `aud`, `exp`, `type`, `sub` or `email`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Claims {
    iss: String,
    /// The audience tag of one application, or a list of such tags.
    aud: Value,
    exp: i64,
    nbf: i64,
    iat: i64,
    #[serde(rename = "type")]
    kind: String,
    sub: String,
    email: String,
    /// The name of a service token; empty if the token belongs to a person.
    common_name: String,
    identity_nonce: String,
}

impl Claims {
    /// Checks that the token was issued for this desk, is valid now, and belongs to a person.
    ///
    /// # Errors
    /// The first reason for which the token is refused.
    pub fn check(&self, access: &Access, now: Timestamp) -> Result<(), TokenRefusal> {
        let is_ours = |aud: &Value| aud.as_str() == Some(&access.audience);
        let refusals = [
            (self.iss != access.team, TokenRefusal::Issuer),
            (
                !(is_ours(&self.aud)
                    || self.aud.as_array().is_some_and(|all| all.iter().any(is_ours))),
                TokenRefusal::Audience,
            ),
            (self.kind != "app", TokenRefusal::Kind),
            (self.exp.saturating_add(LEEWAY) <= now.0, TokenRefusal::Expired),
            (self.nbf.max(self.iat).saturating_sub(LEEWAY) > now.0, TokenRefusal::NotYetValid),
            (!self.common_name.is_empty() || self.sub.is_empty(), TokenRefusal::ServiceToken),
            (!self.email.contains('@'), TokenRefusal::NoEmail),
        ];
        match refusals.into_iter().find(|(is_so, _)| *is_so) {
            Some((_, refusal)) => Err(refusal),
            None => Ok(()),
        }
    }

    /// The editor whom the claims name. Only ASCII letters of the e-mail address are converted to lower case. A
    /// conversion of all letters would turn, for example, the Kelvin sign into a `k`, and so could turn one person's
    /// address into another person's.
    pub fn editor(&self, publishers: &[String]) -> Editor {
        let email = self.email.trim().to_ascii_lowercase();
        let role = if publishers.contains(&email) { Role::Publisher } else { Role::Editor };
        Editor { email, role, session: self.session() }
    }

    /// An identifier of the sign-in session, for form tokens. Access renews the token during a session, which changes
    /// the claims `iat`, `nbf` and `exp`, but forms that were opened before must stay valid. So the identifier is a
    /// hash of claims that stay the same throughout a session: the team (`iss`), the user (`sub`), and the key under
    /// which Access stores the user's identity (`identity_nonce`).
    fn session(&self) -> String {
        let named = [&self.iss, &self.sub, &self.identity_nonce];
        let named: String = named.iter().map(|part| format!("{}:{part};", part.len())).collect();
        digest::hex(named.as_bytes(), 16)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000);

    fn claims(changes: Value) -> Claims {
        let mut claims = json!({
            "iss": "https://son-lam.cloudflareaccess.com",
            "aud": ["32eafc76"],
            "exp": NOW.0 + 3600,
            "nbf": NOW.0,
            "iat": NOW.0,
            "type": "app",
            "sub": "7335d417",
            "email": "Van.Ha@Cong.example",
            "identity_nonce": "6ei69kaw",
            "country": "VN",
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        serde_json::from_value(claims).unwrap()
    }

    fn check(changes: Value) -> Result<(), TokenRefusal> {
        let access = Access::accept("son-lam", "32eafc76", "https://cong.example").unwrap();
        claims(changes).check(&access, NOW)
    }

    #[test]
    fn a_token_of_the_team_for_this_application_opens_the_desk() {
        assert_eq!(check(json!({})), Ok(()));
        assert_eq!(check(json!({ "aud": "32eafc76" })), Ok(()));
        assert_eq!(check(json!({ "aud": ["khac", "32eafc76"] })), Ok(()));
    }

    #[test]
    fn another_issuer_or_audience_is_refused() {
        for iss in
            ["https://khac.cloudflareaccess.com", "https://son-lam.cloudflareaccess.com/", ""]
        {
            assert_eq!(check(json!({ "iss": iss })), Err(TokenRefusal::Issuer), "{iss}");
        }
        for aud in [
            json!("khac"),
            json!(["khac"]),
            json!([]),
            json!(null),
            json!({}),
            json!([["32eafc76"]]),
        ] {
            assert_eq!(check(json!({ "aud": aud })), Err(TokenRefusal::Audience), "{aud}");
        }
    }

    #[test]
    fn a_token_holds_from_its_first_to_its_last_second_and_ten_more() {
        assert_eq!(check(json!({ "exp": NOW.0 - 9 })), Ok(()));
        assert_eq!(check(json!({ "exp": NOW.0 - 10 })), Err(TokenRefusal::Expired));
        assert_eq!(check(json!({ "exp": i64::MIN })), Err(TokenRefusal::Expired));
        for name in ["nbf", "iat"] {
            assert_eq!(check(json!({ name: NOW.0 + 10 })), Ok(()), "{name}");
            assert_eq!(
                check(json!({ name: NOW.0 + 11 })),
                Err(TokenRefusal::NotYetValid),
                "{name}"
            );
            assert_eq!(check(json!({ name: i64::MAX })), Err(TokenRefusal::NotYetValid), "{name}");
        }
    }

    #[test]
    fn only_people_come_in() {
        assert_eq!(check(json!({ "type": "org" })), Err(TokenRefusal::Kind));
        assert_eq!(check(json!({ "sub": "" })), Err(TokenRefusal::ServiceToken));
        assert_eq!(check(json!({ "common_name": "x.access" })), Err(TokenRefusal::ServiceToken));
        assert_eq!(check(json!({ "email": "" })), Err(TokenRefusal::NoEmail));
    }

    #[test]
    fn a_missing_claim_is_refused() {
        let access = Access::accept("son-lam", "32eafc76", "https://cong.example").unwrap();
        let none: Claims = serde_json::from_str("{}").unwrap();
        assert_eq!(none.check(&access, NOW), Err(TokenRefusal::Issuer));
        let without_end =
            r#"{"iss":"https://son-lam.cloudflareaccess.com","aud":"32eafc76","type":"app"}"#;
        let without_end: Claims = serde_json::from_str(without_end).unwrap();
        assert_eq!(without_end.check(&access, NOW), Err(TokenRefusal::Expired));
    }

    #[test]
    fn publishers_are_named_by_their_address_in_any_case() {
        let publishers = ["van.ha@cong.example".to_owned(), "kien@cong.example".to_owned()];
        let editor = claims(json!({})).editor(&publishers);
        assert_eq!((editor.email.as_str(), editor.role), ("van.ha@cong.example", Role::Publisher));
        let other = claims(json!({ "email": "lan@cong.example" })).editor(&publishers);
        assert_eq!(other.role, Role::Editor);
        let kelvin = claims(json!({ "email": "\u{212A}ien@cong.example" })).editor(&publishers);
        assert_eq!(kelvin.role, Role::Editor);
    }

    #[test]
    fn a_session_outlives_a_renewed_token_and_is_nobody_elses() {
        let session = |changes| claims(changes).editor(&[]).session;
        let first = session(json!({}));
        assert_eq!(first, session(json!({ "iat": NOW.0 + 900, "exp": NOW.0 + 9000 })));
        assert_ne!(first, session(json!({ "identity_nonce": "khac" })));
        assert_ne!(first, session(json!({ "sub": "khac" })));
    }
}
