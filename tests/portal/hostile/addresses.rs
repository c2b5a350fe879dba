//! Hostile paths and queries.

use super::{FEW, ROUTES, assert_answered_safely, assert_nothing_panicked};
use crate::harness::portal;

/// Paths that try to leave a folder, to get past a check, or to make a redirect lead to another site.
fn tricks(folder: &str) -> Vec<Vec<u8>> {
    let long = "a".repeat(10_000);
    let deep = "/..".repeat(200);
    let endings: [&[u8]; 38] = [
        b"..",
        b"../wrangler.toml",
        b"../../.dev.vars",
        b"./x",
        b"%2e%2e",
        b"%2e%2e/wrangler.toml",
        b"..%2fwrangler.toml",
        b"%2E%2E%2F%2e%2e%2f.dev.vars",
        b"%252e%252e%252fwrangler.toml",
        b"%25252e%25252e%25252fx",
        b"..;/wrangler.toml",
        b"..\\wrangler.toml",
        b"%5c..%5cwrangler.toml",
        b"..%5Cx",
        b"\xc0\xae\xc0\xae/x",
        b"%c0%ae%c0%ae/x",
        b"%c0%af",
        b"%e0%80%af",
        b"%f0%80%80%af",
        b"%ef%bc%8f",
        b"%fe%ff",
        b"%00",
        b"a%00.pdf",
        b"ghi-chu.txt%00.html",
        b"ghi-chu.txt%2500.html",
        b"ghi-chu.txt/",
        b"ghi-chu.txt//",
        b"ghi-chu.txt/x",
        b"ghi-chu.txt;x=.css",
        b"//ghi-chu.txt",
        b"%2f%2fevil.example",
        b"/evil.example/..",
        b"%0d%0aLocation:%20//evil.example",
        b"%0aSet-Cookie:x=1",
        b"%ZZ",
        b"%",
        b"%u002e%u002e/x",
        b".",
    ];
    let long: [&[u8]; 2] = [long.as_bytes(), deep.as_bytes()];
    endings.iter().chain(&long).map(|ending| [folder.as_bytes(), ending].concat()).collect()
}

#[test]
fn no_path_escapes_its_folder_or_redirects_to_another_site() {
    let home = format!("<link rel=\"canonical\" href=\"{}/\">", portal().origin());
    for folder in ["/", "/tep/", "/TEP/", "/bai-viet/", "/gop-y/da-nhan/", "/bien-tap/"] {
        for target in tricks(folder) {
            let what: String = String::from_utf8_lossy(&target).chars().take(80).collect();
            let Some(answer) = assert_answered_safely(portal().get_raw(&target, ""), &what) else {
                continue;
            };
            let text = String::from_utf8_lossy(&answer.bytes);
            // The runtime resolves dot segments, so the answer may be the home page, or a file under another spelling
            // of its address. Nothing else may be found.
            let is_there = text == "Ghi chú" || text.contains(&home);
            let expected: &[u16] = if is_there { &[200] } else { &[301, 308, 400, 401, 404] };
            assert!(expected.contains(&answer.status), "{what}: {}", answer.status);
            for secret in ["compatibility_date", "SIGNING_KEY", "test-key"] {
                assert!(!text.contains(secret), "{what}");
            }
        }
    }
    assert_nothing_panicked(portal(), "duong-dan");
}

#[test]
fn paths_that_resemble_pages_are_not_found() {
    for target in [
        "//example.com",
        "//example.com/",
        "/%2F%2Fexample.com",
        "/\\example.com",
        "/bai-viet/%00",
        "/%FF%FE",
        "/bai-viet/..%2F..%2Fgop-y",
        "/tep/..%2Fx",
        "/tep/%2e%2e%2fx",
        "/bai-viet/a%0D%0ASet-Cookie:x=1",
        "/.env",
        "/wrangler.toml",
        "/bien-tap-vien",
    ] {
        let answer = portal().get_raw(target, "").expect(target).assert_guarded(target);
        assert_eq!((answer.status, answer.header("location")), (404, None), "{target}");
    }
}

#[test]
fn no_address_redirects_to_another_site() {
    for target in [
        "//evil.example",
        "//evil.example/..",
        "///evil.example",
        "////evil.example/bai-viet/Bai-Day-Du",
        "/\\evil.example",
        "/\\/evil.example",
        "\\\\evil.example\\",
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "/%09/evil.example",
        "/;@evil.example",
        "/@evil.example",
        "/.evil.example",
        "//evil.example/bien-tap/",
        "//evil.example/tin-bai/",
        "//evil.example/index.html",
        "//evil.example//emblem.svg",
        "/bien-tap/%2f%2fevil.example",
        "/bai-viet//evil.example/",
        "/tep//evil.example/%2e%2e",
        "/Tin-Bai/?next=//evil.example",
        "/Gop-Y/?bai=//evil.example&url=https://evil.example",
        "/bai-viet/nhieu-10/sau?to=//evil.example",
        "/TIM-KIEM/?q=//evil.example",
        "/chuyen-muc/NHIEU-BAI?x=%0d%0aLocation:%20https://evil.example",
        "/bai-viet/bai-cu?x=%0d%0aLocation:%20https://evil.example",
        "/Bien-Tap/Y-Kien?q=//evil.example",
    ] {
        for cookie in ["", "Cookie: CF_Authorization=x\r\n"] {
            let answer = assert_answered_safely(portal().get_raw(target, cookie), target);
            let Some(answer) = answer else { continue };
            let location = answer.header("location").unwrap_or_default();
            // The addresses of search pages keep the typed words.
            let is_search =
                location.starts_with("/tim-kiem?q=") || location.starts_with("/bien-tap/y-kien?q=");
            assert!(is_search || !location.contains("evil"), "{target} leads to {location}");
        }
    }
    // Addresses of the desk redirect only signed-in editors.
    let editor = portal().editor();
    for path in
        ["/Bien-Tap/", "/bien-tap/y-kien/?q=//evil.example", "/bien-tap/bai-viet/NHAP/Xem-Truoc"]
    {
        editor.get(path).assert_status(308).assert_guarded(path);
    }
}

#[test]
fn a_request_target_that_is_not_a_path_is_answered_for_this_site_or_rejected() {
    // The first target has the form of a proxy request (RFC 9112, section 3.2.2) for another host.
    for target in ["http://evil.example/tin-bai/", "*", "evil", "", "/a b", "/\x01", "/\0"] {
        if let Some(answer) = assert_answered_safely(portal().get_raw(target, ""), target) {
            assert!(!answer.text().contains("evil.example"), "{}", answer.text());
        }
    }
    for bytes in
        [&b"\x16\x03\x01\x02\0\x01\0\x01\xFC\x03\x03\r\n\r\n"[..], b"GET /\r\n\r\n", b"\r\n\r\n"]
    {
        assert!(assert_answered_safely(portal().send_bytes(bytes), "no HTTP").is_none());
    }
}

#[test]
fn malformed_queries_cause_no_errors() {
    let queries: Vec<Vec<u8>> = vec![
        b"%".to_vec(),
        b"%%%=%ZZ&%".to_vec(),
        b"trang=%00".to_vec(),
        b"trang=%FF%FE&q=%C0%AF".to_vec(),
        b"trang=1&trang=2&trang=x".to_vec(),
        b"trang=4294967295".to_vec(),
        b"trang=4294967296".to_vec(),
        b"trang=99999999999999999999999999".to_vec(),
        b"trang=-1&nam=0000&dieu=..".to_vec(),
        b"q=%00%01%02&chuyen-muc=%00".to_vec(),
        b"q=\xff\xfe\xfd".to_vec(),
        "q=%CD%85&nam=2020".into(),
        b"q=\"&q='&q=*&q=NEAR(".to_vec(),
        b"q=%22%22%22&nam=".to_vec(),
        b"q=a%22*%20OR%20NEAR(b)%20AND%20-c%20^d%20{e}:f%20(".to_vec(),
        b"bai=../../x&du-thao=%2e%2e&dieu=_".to_vec(),
        b"viec=rut&viec=xoa".to_vec(),
        b"&&&&====&;;;;".to_vec(),
        b"__proto__=x&constructor=y&toString=z".to_vec(),
        b"utm_source=%3Cscript%3E".to_vec(),
        [b"q=".to_vec(), b"a ".repeat(4_000)]
            .concat()
            .into_iter()
            .map(|b| if b == b' ' { b'+' } else { b })
            .collect(),
        [b"q=".to_vec(), "ế".repeat(2_000).into_bytes()].concat(),
        b"x=1&".repeat(3_000),
        "?".repeat(3_000).into_bytes(),
    ];
    let tried = |path: &str, query: &[u8]| {
        let begin: String = String::from_utf8_lossy(query).chars().take(60).collect();
        let what = format!("{path}?{begin}");
        let target = [path.as_bytes(), b"?", query].concat();
        if let Some(answer) = assert_answered_safely(portal().get_raw(target, ""), &what) {
            let is_answer = matches!(answer.status, 200 | 301 | 302 | 400 | 401 | 404);
            assert!(is_answer, "{what}: {}", answer.status);
        }
    };
    for query in &queries {
        FEW.iter().for_each(|path| tried(path, query));
    }
    for route in ROUTES {
        let path = route.split('?').next().unwrap();
        tried(path, b"trang=%00&q=%FF&chuyen-muc=..&nam=x&dieu=%2e&viec=&bai=%00&du-thao=%00&%");
    }
    assert_nothing_panicked(portal(), "truy-van");
}

#[test]
fn a_very_long_address_is_refused_without_an_error() {
    for length in [8_000, 60_000, 1_000_000] {
        let target = format!("/bai-viet/{}", "a".repeat(length));
        if let Some(answer) = assert_answered_safely(portal().get_raw(target, ""), "a long address")
        {
            answer.assert_status(404);
        }
    }
    portal().get("/").assert_status(200);
}

/// A cache in front of the portal may decide what to store by the end of the path, such as `.css`.
#[test]
fn a_page_for_one_reader_is_never_cached_even_with_the_ending_of_a_static_file() {
    let receipt = portal().submit_text("Địa chỉ giả làm tệp tĩnh.");
    let editor = portal().editor();
    for ending in [
        "/x.css",
        "/..%2fx.css",
        "%2fx.css",
        ";x.css",
        "%00.css",
        "?x.css",
        "%3Fx.css",
        "%23x.css",
        ".css",
    ] {
        portal().get(&format!("{receipt}{ending}")).assert_not_stored();
        editor.get(&format!("/bien-tap/y-kien{ending}")).assert_not_stored();
        // Some of these addresses name no page.
        let answer = editor.get(&format!("/bien-tap{ending}"));
        if answer.header("cache-control") != Some("no-store") {
            answer.assert_status(404).assert_lacks("lan.tran");
        }
    }
}
