//! Old addresses, in the normal form in which they are stored and looked up.

use percent_encoding::percent_decode_str;

use crate::vietnamese::nfc;

/// The normal form of an old address from the field `aliases` of a document. An old slug becomes the path of an
/// article. Percent-encoding is decoded, so that all spellings of an address have the same normal form.
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
