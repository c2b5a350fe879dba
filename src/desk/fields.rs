//! What came with a form of the desk.

use crate::vietnamese::nfc;

/// The fields in the order of the form: text in normal form C, lines that end in `\n`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a body of the type `application/x-www-form-urlencoded`; what is not UTF-8 is replaced.
    pub fn parse(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body);
        Self(pairs.map(|(name, value)| (name.into_owned(), clean(&value))).collect())
    }

    /// The first field of this name; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.iter().find(|(own, _)| *own == name).map_or("", |(_, value)| value)
    }

    /// Every field of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(own, _)| *own == name).map(|(_, value)| value)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn clean(value: &str) -> String {
    nfc(&value.replace("\r\n", "\n").replace('\r', "\n")).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fields_are_read_in_order_and_text_is_made_uniform() {
        let fields =
            Fields::parse("a=1&tra_loi=D%C3%B2ng+1%0D%0ADo%CC%80ng&a=2&sai=%FF".as_bytes());
        assert_eq!(fields.get("tra_loi"), "Dòng 1\nDòng");
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.get("sai"), "\u{FFFD}");
        assert_eq!(fields.get("không có"), "");
    }

    proptest! {
        #[test]
        fn a_form_of_the_desk_is_read_as_it_was_sent(
            fields in prop::collection::vec(("[a-z_]{1,4}", "[^\r]{0,12}"), 0..8)
        ) {
            let mut body = form_urlencoded::Serializer::new(String::new());
            let read = Fields::parse(body.extend_pairs(&fields).finish().as_bytes());
            let sent: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), nfc(value))).collect();
            prop_assert_eq!(read.iter().collect::<Vec<_>>().len(), sent.len());
            for ((name, value), (own_name, own_value)) in read.iter().zip(&sent) {
                prop_assert_eq!((name, value), (*own_name, own_value.as_ref()));
                let first = sent.iter().find(|(other, _)| *other == name).unwrap();
                prop_assert_eq!(read.get(name), first.1.as_ref());
            }
        }

        #[test]
        fn whatever_was_sent_is_text_in_normal_form_c(body: Vec<u8>) {
            for (_, value) in Fields::parse(&body).iter() {
                prop_assert_eq!(nfc(value), value);
                prop_assert!(!value.contains('\r'));
            }
        }
    }
}
