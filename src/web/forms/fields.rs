//! The fields of a form as they were sent.

use cong_core::vietnamese::{nfc, unix_lines, without_bidi_controls};

use super::declaration::{FormField, MAX_LINE_CHARS};

/// The maximum number of fields that are read from a form. Further ones are dropped. The forms of the portal have
/// fewer.
const MAX_FIELDS: usize = 2_000;

/// The maximum number of Unicode characters of a Vietnamese letter in decomposed form: a base letter and two combining
/// marks.
const CHARS_PER_LETTER: usize = 3;

/// The fields of a form, in the order received. Line breaks are `\n`, and bidirectional control characters are removed.
/// The values are in Unicode normal form C only after `normalised`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentFields(Vec<(String, String)>);

/// A field that is too long, whatever Unicode normal form its value is converted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLongField {
    pub name: String,
    /// The length of the value as received, in characters.
    pub chars: usize,
    /// The maximum length of the value in normal form C, in characters.
    pub max_chars: usize,
}

impl SentFields {
    /// Reads the body of a form, of the type `application/x-www-form-urlencoded`. Invalid UTF-8 is replaced.
    pub fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body).take(MAX_FIELDS);
        let pairs = pairs.map(|(name, value)| {
            let lines = unix_lines(&value);
            (name.into_owned(), without_bidi_controls(lines))
        });
        Self(pairs.collect())
    }

    /// Returns the fields that are too long, whatever Unicode normal form their values are converted to. `declared`
    /// must contain the fields whose limit is not the usual one of 200 characters.
    pub fn too_long(&self, declared: &[FormField<'_>]) -> Vec<TooLongField> {
        let check = |(name, value): (&str, &str)| {
            let field = FormField::find(declared, name);
            let max_chars = field.map_or(MAX_LINE_CHARS, |field| field.max_chars);
            let max_received = CHARS_PER_LETTER * max_chars;
            // A value has at least as many bytes as characters, so short values need not be counted.
            let chars = if value.len() > max_received { value.chars().count() } else { 0 };
            let name = name.to_owned();
            (chars > max_received).then_some(TooLongField { name, chars, max_chars })
        };
        self.iter().filter_map(check).collect()
    }

    /// Returns the fields with all values in Unicode normal form C.
    pub fn normalised(self) -> Self {
        let pairs = self.0.into_iter();
        Self(pairs.map(|(name, value)| (name, nfc(&value).into_owned())).collect())
    }

    /// The value of the first field with this name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.iter().find(|(own, _)| *own == name).map_or("", |(_, value)| value)
    }

    /// The value that was sent for `field`; empty if none was sent.
    pub fn value(&self, field: &FormField<'_>) -> &str {
        self.get(&field.id())
    }

    /// The values of all fields with this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(own, _)| *own == name).map(|(_, value)| value)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(body: &[u8]) -> SentFields {
        SentFields::parse(body).normalised()
    }

    #[test]
    fn fields_are_read_in_order_and_text_is_made_uniform() {
        let fields = parse("a=1&tra_loi=D%C3%B2ng+1%0D%0ADo%CC%80ng&a=2&sai=%FF".as_bytes());
        assert_eq!(fields.get("tra_loi"), "Dòng 1\nDòng");
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.get("sai"), "\u{FFFD}");
        assert_eq!(fields.get("không có"), "");
    }

    #[test]
    fn bidirectional_control_characters_are_dropped() {
        let fields = parse("ten=%E2%80%AEabc%E2%80%AC%E2%81%A9%D8%9C%E2%80%8F".as_bytes());
        assert_eq!(fields.get("ten"), "abc");
    }

    #[test]
    fn a_field_is_too_long_where_no_normal_form_of_it_fits() {
        let too_long = |name: &str, value: &str| {
            let fields = SentFields(vec![(name.to_owned(), value.to_owned())]);
            fields.too_long(&[
                FormField { max_chars: 10, ..FormField::text("noi_dung", "", 2) },
                FormField { max_chars: 5, ..FormField::line("so_2", "") },
            ])
        };
        let letters = "e\u{302}\u{301}".repeat(10);
        assert_eq!(too_long("noi_dung", &letters), []);
        let found =
            |name: &str, chars, max_chars| [TooLongField { name: name.into(), chars, max_chars }];
        for name in ["noi_dung", "noi_dung_7", "noi_dung_50"] {
            assert_eq!(too_long(name, &format!("{letters}x")), found(name, 31, 10));
        }
        assert_eq!(too_long("so_2", &"x".repeat(16)), found("so_2", 16, 5));
        assert_eq!(too_long("khac", &"x".repeat(600)), []);
        assert_eq!(too_long("khac", &"x".repeat(601)), found("khac", 601, 200));
    }

    proptest! {
        #[test]
        fn a_form_is_read_as_it_was_sent(
            fields in prop::collection::vec(("[a-z_]{1,4}", "[^\r\u{61c}\u{200e}-\u{2069}]{0,12}"), 0..8)
        ) {
            let mut body = form_urlencoded::Serializer::new(String::new());
            let read = parse(body.extend_pairs(&fields).finish().as_bytes());
            let sent: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), nfc(value))).collect();
            prop_assert_eq!(read.iter().count(), sent.len());
            for ((name, value), (own_name, own_value)) in read.iter().zip(&sent) {
                prop_assert_eq!((name, value), (*own_name, own_value.as_ref()));
                let first = sent.iter().find(|(other, _)| *other == name).unwrap();
                prop_assert_eq!(read.get(name), first.1.as_ref());
            }
        }

        #[test]
        fn whatever_was_sent_is_text_in_normal_form_c(body: Vec<u8>) {
            for (_, value) in parse(&body).iter() {
                prop_assert_eq!(nfc(value), value);
                prop_assert!(!value.contains('\r'));
            }
        }
    }
}
