//! Addresses: each names at most one page, which has a single canonical address.

use cong_core::addresses::{
    AddressArea, Holder, Matched, NoRoute, RequestedAddress, Route, holder,
};
use cong_worker::search::{MAX_WORDS, Query};

/// Parses bytes as an address if they begin with a slash, and as a search query otherwise.
pub fn check(bytes: &[u8]) {
    let Ok(address) = std::str::from_utf8(bytes) else { return };
    if !address.starts_with('/') {
        return check_search(address);
    }
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    check_search(query);
    let RequestedAddress { parsed, area, .. } = RequestedAddress::read(path, query);
    match &parsed {
        Ok(Matched { route: Route::Desk(_), .. }) => assert_eq!(area, AddressArea::Desk, "{path}"),
        Ok(Matched { route: Route::Receipt { .. }, .. }) | Err(NoRoute::MistypedReceipt) => {
            assert_eq!(area, AddressArea::Receipt, "{path}");
        }
        Ok(_) => assert_eq!(area, AddressArea::Public, "{path}"),
        Err(NoRoute::Unknown) => {
            assert!(area == AddressArea::Desk || holder(address) == Holder::None, "{path}")
        }
        Err(NoRoute::Nonsense) => {}
    }
    let Ok(Matched { route, is_own_path, is_own_query }) = parsed else { return };
    let own = route.to_string();
    // Headers, links and feeds contain the address without escaping.
    assert!(own.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{own:?}");
    assert!(own.starts_with('/') && !own.starts_with("//"), "{own}");
    assert!(!own.contains(['<', '>', '"']), "{own}");
    assert!(own.len() <= 4_000, "{own}");
    if is_own_path && is_own_query && !matches!(route, Route::File { .. }) {
        assert_eq!(own, address.trim_end_matches('?'));
    }
    let (own_path, own_query) = own.split_once('?').unwrap_or((&own, ""));
    let again = Route::parse(own_path, own_query);
    assert_eq!(again, Ok(Matched { route, is_own_path: true, is_own_query: true }), "{own}");
}

/// Checks that the query for the full-text index, made from what a reader typed, contains only quoted words and the
/// operators AND and OR.
fn check_search(typed: &str) {
    let query = Query::parse(typed);
    assert!(query.phrases.iter().map(Vec::len).sum::<usize>() <= MAX_WORDS);
    let expressions = [query.expression(), query.wider_expression(&[])];
    for expression in
        expressions.into_iter().chain(query.all_adjacent()).chain(query.some_adjacent())
    {
        assert_eq!(expression.matches('"').count() % 2, 0, "{expression}");
        for (number, part) in expression.split('"').enumerate() {
            let is_within = number % 2 == 1;
            let is_word = |c: char| c == ' ' || c.is_alphanumeric();
            assert!(!is_within || !part.is_empty() && part.chars().all(is_word), "{expression}");
            let mut rest =
                part.split(['(', ')', ' ']).filter(|word| !is_within && !word.is_empty());
            assert!(rest.all(|word| matches!(word, "AND" | "OR")), "{expression}");
        }
        assert_eq!(expression.is_empty(), query.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::check;

    /// Addresses composed of parts of the portal's addresses and of other text.
    fn any_address() -> impl Strategy<Value = String> {
        let segment = "tin-bai|bai-viet|Bai-Viet|du-thao|chuyen-muc|tim-kiem|gop-y|da-nhan|tra-cuu|hoi-dap|tep|en|\
             bien-tap|y-kien(\\.csv)?|so-sanh|so-cai(\\.jsonl)?|tiep-thu(\\.csv)?|truoc|sau|danh-gia|xem-truoc|\
             dia_chi_cu|cong-bo|tra-loi|xoa|atom\\.xml|rss\\.xml|feed\\.json|sitemap(-2026-0?1|-trang)?\\.xml|\
             portal(\\.[0-9a-f]{16})?\\.css|manifest\\.webmanifest|robots\\.txt|so-do-trang|lien-he|\
             quyen-rieng-tu|(19|20)[0-9]{2}|0?[0-9]|1[0-9]|[a-zA-Z0-9-]{1,6}(\\.md)?|[0-9]{1,20}|\
             0{5}-?0{5}-?[0o]{5}%20?0{5}|%2[eEfF]|%5[cC]|%00|%[8-9a-f][0-9a-f]|%ZZ|%C4%91|\\.\\.?|\\\\|\
             [!-.0->@-~]{0,6}|\\PC{0,3}|";
        let pair = "(trang|q|chuyen-muc|nam|bai|du-thao|dieu|viec|da|loai|trang-thai|han|nghi-rac|kem|con|chon|[a-z]{0,3})\
             (=(rut|xoa|nguoi-gui|tat-ca|chua-tra-loi|dong-bo|cau-hoi|qua-han|co|rac|_|dieu-1|(19|20)[0-9]{2}|[0-9]{1,11}|\
             [a-z-]{0,6}|%[0-9a-fA-F]{2}|[+&;%!-~]{0,4}|\\PC{0,3}))?";
        let path =
            prop::collection::vec(segment, 0..5).prop_map(|parts| format!("/{}", parts.join("/")));
        let query = prop::collection::vec(pair, 0..4).prop_map(|pairs| pairs.join("&"));
        (path, query, any::<bool>()).prop_map(|(path, query, has_query)| {
            if has_query { format!("{path}?{query}") } else { path }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(384))]

        #[test]
        fn an_address_names_at_most_one_page_with_one_canonical_address(address in any_address()) {
            check(address.as_bytes());
        }

        #[test]
        fn arbitrary_text_is_parsed_as_an_address(address in any::<String>()) {
            check(format!("/{address}").as_bytes());
            check(address.as_bytes());
        }
    }
}
