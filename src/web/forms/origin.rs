use cong_core::host::is_localhost;

/// Whether `origin`, the value of the header `Origin`, is the portal's own scheme and host.
///
/// `asked` is the origin of the request's URL, whose host comes from the header `Host`. It is trusted only on
/// localhost, or if the setting `BASE_URL` (`base_url`) is blank. If it is not trusted, `asked` must have the host of
/// `base_url`, and `origin` must equal `base_url`, including scheme and port.
pub fn is_own_origin(origin: &str, base_url: &str, asked: &str) -> bool {
    let own = if base_url.is_empty() || is_localhost(asked) { asked } else { base_url };
    origin.eq_ignore_ascii_case(own) && host(asked).eq_ignore_ascii_case(host(own))
}

/// The host and port of an origin.
fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_come_from_the_portals_scheme_and_host() {
        let own = "https://cong.example";
        assert!(is_own_origin(own, own, own));
        assert!(is_own_origin(own, "https://Cong.Example", own));
        assert!(is_own_origin(own, own, "http://cong.example"), "behind a proxy that ends TLS");
        for origin in [
            "http://cong.example",
            "https://cong.example:8443",
            "https://cong.example.evil.example",
            "https://evil.example",
            "null",
            "",
            "://cong.example",
        ] {
            assert!(!is_own_origin(origin, own, own), "{origin}");
            assert!(!is_own_origin(origin, own, origin), "{origin}");
        }
        for asked in ["https://evil.example", "http://localhost:8787"] {
            assert!(!is_own_origin(own, own, asked), "{asked}");
        }
    }

    #[test]
    fn on_a_developers_machine_forms_come_from_the_address_that_was_asked() {
        for base_url in ["", "http://localhost:8787", "https://cong.example"] {
            let own = "http://localhost:9000";
            assert!(is_own_origin(own, base_url, own), "{base_url}");
            assert!(!is_own_origin("https://localhost:9000", base_url, own), "{base_url}");
            assert!(!is_own_origin("http://localhost", base_url, own), "{base_url}");
        }
        for base_url in ["http://localhost:9000", "https://cong.example"] {
            assert!(!is_own_origin("http://evil.example", base_url, "http://evil.example"));
        }
    }
}
