//! The stamp of a form: when it was handed out, signed. It is the form's nonce too, so the same form
//! sent twice with the same content is one submission.

use crate::signing::SigningKey;
use crate::vietnamese::Instant;

/// Nobody reads the form and writes into it in less, in seconds.
const MIN_AGE: i64 = 3;
/// A form left open over night can be sent; one kept for a week cannot, in seconds.
const MAX_AGE: i64 = 36 * 3600;
const CODE_BYTES: usize = 16;

/// Why a form is shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampProblem {
    /// Not one of ours, from before the key was changed, or from a time that is still to come.
    Invalid,
    /// In a few seconds it will serve.
    TooFast,
    TooOld,
}

/// A stamp for a form handed out now; `random` makes it the only one of its kind.
pub fn stamp(key: &SigningKey, now: Instant, random: &str) -> String {
    let issued = now.0.to_string();
    let code: String = key
        .hmac(&fields(&issued, random))
        .iter()
        .take(CODE_BYTES)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{issued}-{random}-{code}")
}

/// A stamp that may be sent at once: for a form whose sender has already taken their time.
pub fn ripe_stamp(key: &SigningKey, now: Instant, random: &str) -> String {
    stamp(key, Instant(now.0 - MIN_AGE), random)
}

/// Whether a stamp was made with this key, however long ago.
pub fn is_authentic_stamp(key: &SigningKey, stamp: &str) -> bool {
    issued_at(key, stamp).is_some()
}

/// When an authentic stamp was handed out, in seconds since 1970.
fn issued_at(key: &SigningKey, stamp: &str) -> Option<i64> {
    let mut parts = stamp.split('-');
    let (Some(issued), Some(random), Some(code), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let is_ours = key.verifies(&fields(issued, random), &code_bytes(code)?);
    issued.parse().ok().filter(|_| is_ours)
}

/// Whether a form with this stamp may be taken now.
///
/// # Errors
/// Why it may not.
pub fn check_stamp(key: &SigningKey, now: Instant, stamp: &str) -> Result<(), StampProblem> {
    let issued = issued_at(key, stamp).ok_or(StampProblem::Invalid)?;
    match now.0.saturating_sub(issued) {
        age if age < 0 => Err(StampProblem::Invalid),
        age if age < MIN_AGE => Err(StampProblem::TooFast),
        age if age > MAX_AGE => Err(StampProblem::TooOld),
        _ => Ok(()),
    }
}

/// The random part of a stamp that the platform's random UUID was given to, as that UUID again.
pub fn stamp_uuid(stamp: &str) -> String {
    let random = stamp.split('-').nth(1).unwrap_or_default();
    let part = |from, to| random.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

fn fields<'a>(issued: &'a str, random: &'a str) -> [&'a str; 3] {
    ["cong/stamp/1", issued, random]
}

/// Exactly so many bytes: of a shorter code, an attacker could guess all. In one spelling: another would be another stamp.
fn code_bytes(hex: &str) -> Option<[u8; CODE_BYTES]> {
    let mut code = [0; CODE_BYTES];
    if hex.len() != 2 * CODE_BYTES || !hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (byte, digits) in code.iter_mut().zip(hex.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Instant = Instant(1_800_000_000);

    fn key() -> SigningKey {
        SigningKey::accept("0123456789abcdef0123456789abcdef", "https://example.vn").unwrap()
    }

    fn check_after(seconds: i64) -> Result<(), StampProblem> {
        check_stamp(&key(), Instant(NOW.0 + seconds), &stamp(&key(), NOW, "a1"))
    }

    #[test]
    fn a_form_is_taken_between_a_few_seconds_and_a_day_and_a_half() {
        assert_eq!(check_after(-1), Err(StampProblem::Invalid), "a clock was wrong");
        assert_eq!(check_after(0), Err(StampProblem::TooFast));
        assert_eq!(check_after(2), Err(StampProblem::TooFast));
        assert_eq!(check_after(3), Ok(()));
        assert_eq!(check_after(36 * 3600), Ok(()));
        assert_eq!(check_after(36 * 3600 + 1), Err(StampProblem::TooOld));
        assert_eq!(check_stamp(&key(), NOW, &ripe_stamp(&key(), NOW, "a1")), Ok(()));
    }

    #[test]
    fn a_stamp_gives_its_uuid_back() {
        let made = stamp(&key(), NOW, "0123456789abcdef0123456789abcdef");
        assert_eq!(stamp_uuid(&made), "01234567-89ab-cdef-0123-456789abcdef");
        assert_eq!(stamp_uuid("ế-ế"), "----");
    }

    #[test]
    fn a_stamp_of_another_key_or_changed_anywhere_is_none() {
        let ours = stamp(&key(), NOW, "a1");
        let later = Instant(NOW.0 + 60);
        let other = SigningKey::accept(&"x".repeat(32), "https://example.vn").unwrap();
        assert_eq!(check_stamp(&other, later, &ours), Err(StampProblem::Invalid));
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
                check_stamp(&key(), later, &changed),
                Err(StampProblem::Invalid),
                "{changed}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_stamp_serves_as_it_was_made_and_in_no_other_spelling(
            issued in 0..2_000_000_000_i64, random in "[0-9a-f]{32}", at in 0..80_usize, other in "[ -~]"
        ) {
            let made = stamp(&key(), Instant(issued), &random);
            let now = Instant(issued + MIN_AGE);
            prop_assert_eq!(check_stamp(&key(), now, &made), Ok(()));
            let at = at % made.len();
            let changed = format!("{}{other}{}", &made[..at], &made[at + 1..]);
            prop_assume!(changed != made);
            prop_assert_eq!(check_stamp(&key(), now, &changed), Err(StampProblem::Invalid), "{}", changed);
        }

        #[test]
        fn what_was_not_made_here_is_no_stamp(
            text in "\\PC{0,60}|[0-9-]{0,12}-[0-9a-f]{0,32}-[0-9a-f]{32}", now in 0..2_000_000_000_i64
        ) {
            prop_assert_eq!(check_stamp(&key(), Instant(now), &text), Err(StampProblem::Invalid));
            let uuid = stamp_uuid(&text);
            prop_assert_eq!(uuid.matches('-').count(), 4, "{}", uuid);
        }
    }
}
