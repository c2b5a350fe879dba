//! Numbers the links of an article for print, where the addresses are listed after the text.

use std::collections::HashMap;

use pulldown_cmark::LinkType;

/// The numbered links of one body, in the order of the text.
#[derive(Debug, Default)]
pub struct PrintLinks {
    addresses: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl PrintLinks {
    /// Returns the number of a link. Links to the same address have the same number. Returns `None` if the printed page
    /// does not need the address: it is the text of the link, leads to the same page, or is an e-mail address or
    /// telephone number.
    pub fn number(&mut self, link: LinkType, address: &str) -> Option<usize> {
        let is_text = matches!(link, LinkType::Autolink | LinkType::Email);
        let is_page = !address.is_empty() && !address.starts_with('#') && !is_contact(address);
        if is_text || !is_page {
            return None;
        }
        if let Some(number) = self.numbers.get(address) {
            return Some(*number);
        }
        self.addresses.push(address.to_owned());
        let number = self.addresses.len();
        self.numbers.insert(address.to_owned(), number);
        Some(number)
    }

    /// The addresses in the order of their numbers, as written in the document. The first address has the number 1.
    pub fn into_addresses(self) -> Vec<String> {
        self.addresses
    }
}

fn is_contact(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    ["mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_same_address_share_a_number() {
        let mut links = PrintLinks::default();
        let mut number = |address| links.number(LinkType::Inline, address);
        assert_eq!(
            ["/a", "https://x.vn/b", "/a", "#dieu-1", "", "MAILTO:a@x.vn", "tel:+84", "c"]
                .map(&mut number),
            [Some(1), Some(2), Some(1), None, None, None, None, Some(3)]
        );
        assert_eq!(links.number(LinkType::Autolink, "https://x.vn/d"), None);
        assert_eq!(links.into_addresses(), ["/a", "https://x.vn/b", "c"]);
    }
}
