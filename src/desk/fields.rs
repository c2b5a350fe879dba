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
}
