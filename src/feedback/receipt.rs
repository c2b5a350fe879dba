//! Receipts: a code that only the sender of a submission has, and that people can write down, read out and type.
//!
//! The code is an HMAC of the form token and the fields, so the same submission has the same receipt, wherever and
//! however often it arrives. 18 characters of 5 bits each carry 90 bits of the HMAC; two more are a checksum.
//! more are a checksum.

use super::form::Submission;
use crate::digest;
use crate::signing::SigningKey;

/// Crockford's base 32: digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PAYLOAD_CHARS: usize = 18;
const CHECK_CHARS: usize = 2;
const GROUP: usize = 5;
/// The largest prime below 32². With a prime modulus, the checksum detects every single wrong character, and every
/// exchange of two neighbours.
const CHECK_PRIME: u32 = 1021;

/// The code of a receipt: 20 values below 32.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt([u8; PAYLOAD_CHARS + CHECK_CHARS]);

/// Why a text is not a receipt code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptError {
    /// It has a wrong length or invalid characters.
    Shape,
    /// The checksum is wrong, so the code was mistyped.
    Checksum,
}

impl Receipt {
    /// The receipt of a submission that was sent with this form token.
    pub fn new(key: &SigningKey, form_token: &str, submission: &Submission) -> Self {
        let mut values = [0; PAYLOAD_CHARS + CHECK_CHARS];
        let digest = hmac_of(key, form_token, submission);
        for (position, value) in values.iter_mut().take(PAYLOAD_CHARS).enumerate() {
            *value = five_bits(&digest, position * 5);
        }
        let check = checksum(&values);
        for (value, part) in values.iter_mut().skip(PAYLOAD_CHARS).zip(check) {
            *value = part;
        }
        Self(values)
    }

    /// Reads a code as people write it: in upper or lower case, with or without spaces and hyphens, with `O` for `0`,
    /// and with `I` or `L` for `1`.
    pub fn parse(text: &str) -> Result<Self, ReceiptError> {
        let mut values = [0; PAYLOAD_CHARS + CHECK_CHARS];
        let mut written = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        for value in &mut values {
            let c = written.next().ok_or(ReceiptError::Shape)?;
            *value = value_of(c).ok_or(ReceiptError::Shape)?;
        }
        if written.next().is_some() {
            return Err(ReceiptError::Shape);
        }
        if !values.ends_with(&checksum(&values)) {
            return Err(ReceiptError::Checksum);
        }
        Ok(Self(values))
    }

    /// The hash that the database stores instead of the code.
    pub fn hash(&self) -> String {
        digest::hex(self.to_string().as_bytes(), 32)
    }
}

/// Writes the code in groups of five: `7K2QM-…`.
impl std::fmt::Display for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, &value) in self.0.iter().enumerate() {
            if position > 0 && position % GROUP == 0 {
                f.write_str("-")?;
            }
            let c = ALPHABET.get(usize::from(value)).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(c))?;
        }
        Ok(())
    }
}

/// Hides the code, which gives access to the submission, from logs.
impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Receipt(…)")
    }
}

fn hmac_of(key: &SigningKey, form_token: &str, submission: &Submission) -> [u8; 32] {
    let Submission { kind, about, subject, text, comments, identity, .. } = submission;
    let (name, address, phone, email) = identity.as_ref().map_or(("", "", "", ""), |identity| {
        (&identity.name, &identity.address, &identity.phone, &identity.email)
    });
    let about = about.as_deref().unwrap_or_default();
    if comments.is_empty() {
        return key.hmac(&[
            "cong/receipt/1",
            form_token,
            kind.code(),
            about,
            subject,
            text,
            name,
            address,
            phone,
            email,
        ]);
    }
    // The title of a clause is left out: it may change between two attempts to send the same form.
    let capacity = submission.capacity.unwrap_or_default().code();
    let is_named = if submission.is_named { "1" } else { "" };
    let mut fields =
        vec!["cong/receipt/2", form_token, about, capacity, is_named, name, address, phone, email];
    for comment in comments {
        fields.extend([comment.clause.as_str(), comment.text.as_str()]);
    }
    key.hmac(&fields)
}

/// Five bits of the digest, starting at the bit with index `bit`.
fn five_bits(digest: &[u8; 32], bit: usize) -> u8 {
    let byte = |index: usize| u16::from(digest.get(index).copied().unwrap_or(0));
    let window = byte(bit / 8) << 8 | byte(bit / 8 + 1);
    (window >> (11 - bit % 8) & 0b1_1111) as u8
}

fn checksum(values: &[u8]) -> [u8; CHECK_CHARS] {
    let payload = values.iter().take(PAYLOAD_CHARS);
    let remainder = payload.fold(0, |sum, &value| (sum * 32 + u32::from(value)) % CHECK_PRIME);
    [(remainder / 32) as u8, (remainder % 32) as u8]
}

fn value_of(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|&known| char::from(known) == c).map(|position| position as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::form::FeedbackInput;
    use super::*;

    fn key() -> SigningKey {
        SigningKey::accept("0123456789abcdef0123456789abcdef", "https://example.vn").unwrap()
    }

    fn typed() -> FeedbackInput {
        FeedbackInput {
            kind: "gop-y".into(),
            subject: "Một".into(),
            text: "Hai".into(),
            ..FeedbackInput::default()
        }
    }

    fn receipt(form_token: &str, typed: &FeedbackInput) -> String {
        Receipt::new(&key(), form_token, &typed.validate(&[]).unwrap()).to_string()
    }

    #[test]
    fn the_same_submission_has_the_same_receipt_and_another_has_another() {
        let base = receipt("n", &typed());
        assert_eq!(receipt("n", &typed()), base);
        assert_ne!(receipt("m", &typed()), base);
        for other in [
            FeedbackInput { text: "Hai ".repeat(2), ..typed() },
            FeedbackInput { kind: "cau-hoi".into(), ..typed() },
            FeedbackInput { about: "bai".into(), ..typed() },
            FeedbackInput { name: "An".into(), consent: true, ..typed() },
            FeedbackInput { email: "an@example.vn".into(), consent: true, ..typed() },
        ] {
            assert_ne!(receipt("n", &other), base, "{other:?}");
        }
    }

    #[test]
    fn text_moved_from_one_field_to_the_next_gives_another_receipt() {
        let one = FeedbackInput { subject: "ab".into(), text: "c".into(), ..typed() };
        let two = FeedbackInput { subject: "a".into(), text: "bc".into(), ..typed() };
        assert_ne!(receipt("n", &one), receipt("n", &two));
    }

    #[test]
    fn a_receipt_has_four_groups_of_letters_and_digits_that_cannot_be_confused() {
        let code = receipt("n", &typed());
        let groups: Vec<_> = code.split('-').collect();
        assert_eq!(groups.len(), 4);
        assert!(groups.iter().all(|group| group.len() == 5));
        assert!(!code.contains(['I', 'L', 'O', 'U']));
    }

    #[test]
    fn a_receipt_is_read_however_it_is_written() {
        let code = receipt("n", &typed());
        let expected = Receipt::parse(&code).unwrap();
        for written in [
            code.to_lowercase(),
            code.replace('-', ""),
            code.replace('-', " "),
            code.replace('0', "o").replace('1', "l"),
        ] {
            assert_eq!(Receipt::parse(&written).as_ref(), Ok(&expected), "{written}");
        }
        assert_eq!(expected.hash().len(), 64);
    }

    #[test]
    fn every_single_mistyped_character_is_noticed() {
        let code = receipt("n", &typed()).replace('-', "");
        for position in 0..code.len() {
            for &wrong in ALPHABET {
                let mut mistyped = code.clone().into_bytes();
                if mistyped[position] == wrong {
                    continue;
                }
                mistyped[position] = wrong;
                let mistyped = String::from_utf8(mistyped).unwrap();
                assert_eq!(Receipt::parse(&mistyped), Err(ReceiptError::Checksum), "{mistyped}");
            }
        }
    }

    #[test]
    fn every_two_exchanged_neighbours_are_noticed() {
        let code = receipt("n", &typed()).replace('-', "");
        for position in 1..code.len() {
            let mut exchanged = code.clone().into_bytes();
            exchanged.swap(position - 1, position);
            let exchanged = String::from_utf8(exchanged).unwrap();
            if exchanged != code {
                assert_eq!(Receipt::parse(&exchanged), Err(ReceiptError::Checksum), "{exchanged}");
            }
        }
    }

    #[test]
    fn what_is_no_receipt_is_told_from_one_mistyped() {
        for text in
            ["", "ABC", "khong-phai", &"0".repeat(19), &"0".repeat(21), "UUUUU-UUUUU-UUUUU-UUUUU"]
        {
            assert_eq!(Receipt::parse(text), Err(ReceiptError::Shape), "{text}");
        }
    }

    #[test]
    fn a_receipt_is_never_printed_by_debug() {
        let parsed = Receipt::parse(&receipt("n", &typed())).unwrap();
        assert_eq!(format!("{parsed:?}"), "Receipt(…)");
    }

    /// Codes of valid receipts.
    fn any_code() -> impl Strategy<Value = String> {
        ("[0-9a-f]{8}", "\\PC{1,20}").prop_filter_map("blank", |(form_token, text)| {
            let submission = FeedbackInput { text, ..typed() }.validate(&[]).ok()?;
            Some(Receipt::new(&key(), &form_token, &submission).to_string())
        })
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_it_is_written(code in any_code()) {
            prop_assert_eq!(Receipt::parse(&code).unwrap().to_string(), code);
        }

        #[test]
        fn one_wrong_letter_or_two_exchanged_ones_are_never_another_receipt(
            code in any_code(), at in 0..20_usize, letter in "[0-9A-HJKMNP-TV-Z]"
        ) {
            let code = code.replace('-', "").into_bytes();
            let mut mistyped = code.clone();
            mistyped[at] = letter.as_bytes()[0];
            let mut exchanged = code.clone();
            exchanged.swap(at, (at + 1) % code.len());
            for wrong in [mistyped, exchanged] {
                // The last letter and the first are not neighbours.
                prop_assume!(wrong != code && (at < 19 || wrong[0] == code[0]));
                let wrong = String::from_utf8(wrong).unwrap();
                prop_assert_eq!(Receipt::parse(&wrong), Err(ReceiptError::Checksum), "{}", wrong);
            }
        }

        #[test]
        fn whatever_is_read_as_a_receipt_is_written_as_one(
            text in "\\PC{0,30}|([0-9A-Za-z]{5}[- ]?){4}|0{18}[0-9A-Za-z]{2}"
        ) {
            if let Ok(receipt) = Receipt::parse(&text) {
                let written = receipt.to_string();
                prop_assert_eq!(Receipt::parse(&written), Ok(receipt));
                let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).count();
                prop_assert_eq!((letters(&written), letters(&text)), (20, 20));
            }
        }
    }
}
