//! Old addresses, in the one form in which they are stored and looked up.

use percent_encoding::percent_decode_str;

use crate::vietnamese::nfc;

/// The address that an alias of a document stands for: an old slug is the path of an article.
/// Percent-encoding is undone, so that it does not matter how either side wrote it.
pub fn alias_address(alias: &str) -> String {
    let path = if alias.starts_with('/') { alias.to_owned() } else { format!("/bai-viet/{alias}") };
    nfc(&percent_decode_str(&path).decode_utf8_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::alias_address;

    #[test]
    fn an_old_slug_is_a_path_and_a_path_keeps_its_query() {
        assert_eq!(alias_address("bai-cu"), "/bai-viet/bai-cu");
        assert_eq!(
            alias_address("/SitePages/TinTuc.aspx?ItemID=512"),
            "/SitePages/TinTuc.aspx?ItemID=512"
        );
    }

    #[test]
    fn encoding_makes_no_difference() {
        assert_eq!(
            alias_address("/Tin%20t%E1%BB%A9c.aspx?a=%2F"),
            alias_address("/Tin tức.aspx?a=/")
        );
    }
}
