//! Form tokens. The token in a hidden field of a form contains the time at which the portal issued the form, a random
//! part, and a signature. It also identifies the form: sending one form several times with the same content makes only
//! one submission.

use crate::digest::{from_hex, to_hex};
use crate::signing::SigningKey;
use crate::vietnamese::Timestamp;

/// The minimum age of a token, in seconds. A form that is sent sooner was probably filled in by a program.
const MIN_AGE: i64 = 3;
/// The maximum age of a token, in seconds (36 hours), so that a form can stay open overnight.
const MAX_AGE: i64 = 36 * 3600;
const CODE_BYTES: usize = 16;

/// Why a form token is not accepted. The form is then shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormTokenProblem {
    /// The token was not signed with the key in use, or its time is in the future.
    Invalid,
    /// The token is younger than the minimum age. Sending the form again some seconds later succeeds.
    TooFast,
    TooOld,
}

/// Makes a token for a form that is issued now. The text `random` makes the token unique.
pub fn issue_form_token(key: &SigningKey, now: Timestamp, random: &str) -> String {
    let issued = now.0.to_string();
    let code = to_hex(key.hmac(&fields(&issued, random)).iter().take(CODE_BYTES));
    format!("{issued}-{random}-{code}")
}

/// Makes a token that is accepted at once, without the minimum age. It is for a form that comes back with errors: the
/// sender has already spent time on it.
pub fn issue_ripe_form_token(key: &SigningKey, now: Timestamp, random: &str) -> String {
    issue_form_token(key, Timestamp(now.0 - MIN_AGE), random)
}

/// Whether a token was made with this key, regardless of its age.
pub fn is_authentic_form_token(key: &SigningKey, token: &str) -> bool {
    issued_at(key, token).is_some()
}

/// The time at which an authentic token was issued, in seconds since 1970; `None` for any other token.
fn issued_at(key: &SigningKey, token: &str) -> Option<i64> {
    let mut parts = token.split('-');
    let (Some(issued), Some(random), Some(code), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let is_ours = key.verifies(&fields(issued, random), &code_bytes(code)?);
    issued.parse().ok().filter(|_| is_ours)
}

/// Checks that a token is authentic and neither too young nor too old.
pub fn check_form_token(
    key: &SigningKey,
    now: Timestamp,
    token: &str,
) -> Result<(), FormTokenProblem> {
    let issued = issued_at(key, token).ok_or(FormTokenProblem::Invalid)?;
    match now.0.saturating_sub(issued) {
        age if age < 0 => Err(FormTokenProblem::Invalid),
        age if age < MIN_AGE => Err(FormTokenProblem::TooFast),
        age if age > MAX_AGE => Err(FormTokenProblem::TooOld),
        _ => Ok(()),
    }
}

/// The random part of a form token, written as a UUID with hyphens. The random part is a UUID without hyphens, which
/// `random_hex` of the Worker makes.
pub fn form_token_uuid(token: &str) -> String {
    let random = token.split('-').nth(1).unwrap_or_default();
    let part = |from, to| random.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

fn fields<'a>(issued: &'a str, random: &'a str) -> [&'a str; 3] {
    ["cong/form-token/1", issued, random]
}

/// Decodes the signature at the end of a token. The signature must have its full length, because a shorter one could be
/// guessed. Upper-case digits are refused: otherwise one form could be sent with two tokens, which give two receipts.
fn code_bytes(hex: &str) -> Option<[u8; CODE_BYTES]> {
    let is_lower_case = !hex.bytes().any(|byte| byte.is_ascii_uppercase());
    from_hex(hex).filter(|_| is_lower_case)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000);

    fn key() -> SigningKey {
        SigningKey::accept("0123456789abcdef0123456789abcdef", "https://example.vn").unwrap()
    }

    fn check_after(seconds: i64) -> Result<(), FormTokenProblem> {
        check_form_token(&key(), Timestamp(NOW.0 + seconds), &issue_form_token(&key(), NOW, "a1"))
    }

    #[test]
    fn form_tokens_are_valid_from_3_seconds_to_36_hours() {
        assert_eq!(check_after(-1), Err(FormTokenProblem::Invalid), "a clock was wrong");
        assert_eq!(check_after(0), Err(FormTokenProblem::TooFast));
        assert_eq!(check_after(2), Err(FormTokenProblem::TooFast));
        assert_eq!(check_after(3), Ok(()));
        assert_eq!(check_after(36 * 3600), Ok(()));
        assert_eq!(check_after(36 * 3600 + 1), Err(FormTokenProblem::TooOld));
        assert_eq!(
            check_form_token(&key(), NOW, &issue_ripe_form_token(&key(), NOW, "a1")),
            Ok(())
        );
    }

    #[test]
    fn form_token_contains_its_uuid() {
        let made = issue_form_token(&key(), NOW, "0123456789abcdef0123456789abcdef");
        assert_eq!(form_token_uuid(&made), "01234567-89ab-cdef-0123-456789abcdef");
        assert_eq!(form_token_uuid("ế-ế"), "----");
    }

    #[test]
    fn changed_form_tokens_and_tokens_of_other_keys_are_invalid() {
        let ours = issue_form_token(&key(), NOW, "a1");
        let later = Timestamp(NOW.0 + 60);
        let other = SigningKey::accept(&"x".repeat(32), "https://example.vn").unwrap();
        assert_eq!(check_form_token(&other, later, &ours), Err(FormTokenProblem::Invalid));
        let (_, code) = ours.rsplit_once('-').unwrap();
        for changed in [
            String::new(),
            "a-b".into(),
            ours.replace("1800000000", "1800000001"),
            ours.replace("-a1-", "-a2-"),
            format!("{ours}-x"),
            ours[..ours.len() - 2].to_owned(),
            format!("1800000000-a1-{}", code.to_uppercase()),
            format!("1800000000-a1-{}", "+".repeat(code.len())),
            format!("1800000000-a1-{}", "ế".repeat(code.len())),
        ] {
            assert_eq!(
                check_form_token(&key(), later, &changed),
                Err(FormTokenProblem::Invalid),
                "{changed}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_changed_character_makes_a_form_token_invalid(
            issued in 0..2_000_000_000_i64, random in "[0-9a-f]{32}", at in 0..80_usize, other in "[ -~]"
        ) {
            let made = issue_form_token(&key(), Timestamp(issued), &random);
            let now = Timestamp(issued + MIN_AGE);
            prop_assert_eq!(check_form_token(&key(), now, &made), Ok(()));
            let at = at % made.len();
            let changed = format!("{}{other}{}", &made[..at], &made[at + 1..]);
            prop_assume!(changed != made);
            prop_assert_eq!(check_form_token(&key(), now, &changed), Err(FormTokenProblem::Invalid), "{}", changed);
        }

        #[test]
        fn arbitrary_texts_are_invalid_form_tokens(
            text in "\\PC{0,60}|[0-9-]{0,12}-[0-9a-f]{0,32}-[0-9a-f]{32}", now in 0..2_000_000_000_i64
        ) {
            prop_assert_eq!(check_form_token(&key(), Timestamp(now), &text), Err(FormTokenProblem::Invalid));
            let uuid = form_token_uuid(&text);
            prop_assert_eq!(uuid.matches('-').count(), 4, "{}", uuid);
        }
    }
}
