//! Receipts: each has a code that only the sender of the submission knows, and that people can write down, read out and
//! type.
//!
//! The code is made from an HMAC of the form token and the form's fields. A form that arrives several times with the
//! same content therefore always has the same code. 18 characters of 5 bits each contain 90 bits of the HMAC; two more
//! characters are a checksum.

use crate::digest;

/// Crockford's base 32: digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PAYLOAD_CHARS: usize = 18;
const CHECK_CHARS: usize = 2;
const GROUP: usize = 5;
/// The modulus of the checksum: the largest prime below 32². A prime modulus makes the checksum detect every single
/// wrong character, and every exchange of two adjacent characters.
const CHECK_PRIME: u32 = 1021;

/// The code of a receipt: for each of its 20 characters, the index in `ALPHABET`.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt([u8; PAYLOAD_CHARS + CHECK_CHARS]);

/// Why a text is not a receipt code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptError {
    /// The text has a wrong length or invalid characters.
    Shape,
    /// The checksum is wrong, so the code was mistyped.
    Checksum,
}

impl Receipt {
    /// Makes the code from the first 90 bits of an HMAC.
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        let mut values = [0; PAYLOAD_CHARS + CHECK_CHARS];
        for (position, value) in values.iter_mut().take(PAYLOAD_CHARS).enumerate() {
            *value = five_bits(digest, position * 5);
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

    /// The SHA-256 of the code, in hexadecimal. The database stores this hash instead of the code.
    pub fn hash(&self) -> String {
        digest::hex(self.to_string().as_bytes(), 32)
    }
}

/// Writes the code in groups of five characters: `7K2QM-…`.
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

/// Hides the code, so that it does not appear in logs: whoever has the code can read the submission.
impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Receipt(…)")
    }
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

    use super::*;

    fn code() -> String {
        Receipt::from_digest(&std::array::from_fn(|index| (index * 37) as u8)).to_string()
    }

    #[test]
    fn receipt_has_four_groups_of_unambiguous_characters() {
        let code = code();
        let groups: Vec<_> = code.split('-').collect();
        assert_eq!(groups.len(), 4);
        assert!(groups.iter().all(|group| group.len() == 5));
        assert!(!code.contains(['I', 'L', 'O', 'U']));
    }

    #[test]
    fn receipt_is_parsed_in_every_spelling() {
        let code = code();
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
    fn checksum_detects_every_wrong_character() {
        let code = code().replace('-', "");
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
    fn checksum_detects_exchanged_neighbours() {
        let code = code().replace('-', "");
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
    fn texts_of_another_shape_are_not_mistyped_receipts() {
        for text in
            ["", "ABC", "khong-phai", &"0".repeat(19), &"0".repeat(21), "UUUUU-UUUUU-UUUUU-UUUUU"]
        {
            assert_eq!(Receipt::parse(text), Err(ReceiptError::Shape), "{text}");
        }
    }

    #[test]
    fn debug_output_hides_the_receipt() {
        let parsed = Receipt::parse(&code()).unwrap();
        assert_eq!(format!("{parsed:?}"), "Receipt(…)");
    }

    /// Codes of valid receipts.
    fn any_code() -> impl Strategy<Value = String> {
        any::<[u8; 32]>().prop_map(|digest| Receipt::from_digest(&digest).to_string())
    }

    proptest! {
        #[test]
        fn receipts_survive_a_round_trip(code in any_code()) {
            prop_assert_eq!(Receipt::parse(&code).unwrap().to_string(), code);
        }

        #[test]
        fn checksum_detects_errors_in_every_receipt(
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
        fn parsed_receipts_are_written_in_canonical_form(
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
