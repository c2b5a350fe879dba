//! Headers of all responses, and the answers to unusual addresses and methods.

use std::path::Path;

use crate::harness::{portal, root};

const PAGES: [&str; 13] = [
    "/",
    "/tin-bai",
    "/du-thao",
    "/chuyen-muc/nhieu-bai",
    "/bai-viet/bai-day-du",
    "/so-do-trang",
    "/lien-he",
    "/quyen-rieng-tu",
    "/chuyen-muc/nhieu-bai/atom.xml",
    "/chuyen-muc/nhieu-bai/feed.json",
    "/sitemap-trang.xml",
    "/sitemap-2020-01.xml",
    "/robots.txt",
];
const UNCACHED: [&str; 5] = [
    "/gop-y",
    "/gop-y?bai=bai-day-du",
    "/tin-bai?trang=x",
    "/bai-viet/thieu-truong",
    "/gop-y/da-nhan/00000-00000-00000-00001",
];

#[test]
fn every_response_carries_the_security_headers() {
    let more =
        ["/khong-co", "/bai-viet/BAI-DAY-DU", "/bai-viet/nhieu-10/sau", "/bai-viet/bai-day-du.md"];
    for path in PAGES.iter().chain(&UNCACHED).chain(&more) {
        let answer = portal().get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        let is_key = path.contains("da-nhan/");
        let referrer = if is_key { "strict-origin" } else { "same-origin" };
        assert_eq!(answer.header("referrer-policy"), Some(referrer), "{path}");
        let cache =
            answer.header("cache-control").unwrap_or_else(|| panic!("{path} has no Cache-Control"));
        assert!(!cache.contains("s-maxage"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), None, "http base URL: {path}");
    }
}

#[test]
fn public_pages_are_cacheable_and_answer_304_to_their_tag() {
    for path in PAGES {
        let answer = portal().get(path).assert_success_cached();
        let tag = answer.header("etag").unwrap();
        for tags in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", W/{tag}"), "*".to_owned()]
        {
            let again = portal().request("GET", path).header("if-none-match", &tags).send();
            assert_eq!((again.status, again.bytes.len()), (304, 0), "{path} {tags}");
            assert_eq!(again.header("etag"), Some(tag));
            assert!(again.header("cache-control").is_some());
        }
        let other = portal().request("GET", path).header("if-none-match", "\"x\"").send();
        assert_eq!(other.status, 200);
    }
}

#[test]
fn forms_errors_and_receipts_are_never_cached() {
    for path in UNCACHED {
        portal().get(path).assert_not_stored();
    }
}

#[test]
fn pages_with_unknown_query_parameters_are_never_cached() {
    for path in
        ["/?utm_source=x", "/bai-viet/bai-day-du?fbclid=1", "/tin-bai?trang=1", "/khong-co?x=1"]
    {
        portal().get(path).assert_not_stored();
    }
}

#[test]
fn head_has_the_headers_of_get_and_no_body() {
    for path in PAGES.iter().chain(&UNCACHED).chain(&[
        "/khong-co",
        "/tep/ghi-chu.txt",
        "/bai-viet/nhieu-10/sau",
    ]) {
        let get = portal().get(path);
        let head = portal().request("HEAD", path).send();
        assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{path}");
        for name in ["content-type", "cache-control", "etag", "location", "content-security-policy"]
        {
            let same = head.header(name) == get.header(name) || name == "cache-control";
            assert!(same, "{path} {name}: {:?} {:?}", head.header(name), get.header(name));
        }
    }
}

#[test]
fn a_wrong_method_gets_the_allowed_ones() {
    for (method, path, allowed) in [
        ("POST", "/", "GET, HEAD"),
        ("PUT", "/gop-y", "GET, HEAD, POST"),
        ("DELETE", "/bai-viet/bai-day-du", "GET, HEAD"),
        ("OPTIONS", "/tin-bai", "GET, HEAD"),
        ("PATCH", "/tep/ghi-chu.txt", "GET, HEAD"),
    ] {
        let answer = portal().request(method, path).send().assert_status(405).assert_not_stored();
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
    }
}

#[test]
fn other_spellings_of_an_address_redirect_to_the_canonical_one() {
    for (address, own) in [
        ("/tin-bai/", "/tin-bai"),
        ("/bai-viet/Bai-Day-Du", "/bai-viet/bai-day-du"),
        ("/bai-viet/bai-day-du/", "/bai-viet/bai-day-du"),
        ("/bai-viet/b%61i-day-du", "/bai-viet/bai-day-du"),
        ("/TIN-BAI?trang=2", "/tin-bai?trang=2"),
        ("/bai-viet/Bai-Day-Du?x=https://example.com", "/bai-viet/bai-day-du"),
        ("/Gop-Y/?bai=bai-day-du", "/gop-y?bai=bai-day-du"),
    ] {
        portal().get(address).assert_redirect(301, own);
    }
}

#[test]
fn every_static_asset_has_its_headers() {
    portal();
    let assets = assets(&root().join("build/assets"));
    assert!(assets.iter().any(|name| name == "emblem.svg"), "{assets:?}");
    for name in assets {
        let answer = portal().get(&format!("/{name}")).assert_status(200);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{name}");
        assert!(answer.header("cache-control").unwrap().starts_with("public, max-age="), "{name}");
        assert!(
            answer.header("content-security-policy").unwrap().contains("default-src 'none'"),
            "{name}"
        );
        assert!(
            !answer.header("content-type").unwrap().starts_with("application/octet-stream"),
            "{name}"
        );
    }
}

fn assets(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| !name.starts_with('_')).collect()
}

#[test]
fn all_links_of_the_home_page_work() {
    let page = portal().get("/").text();
    let links = page.split("href=\"").chain(page.split("src=\"")).skip(1);
    for link in links.filter_map(|rest| rest.split('"').next()).filter(|link| link.starts_with('/'))
    {
        let status = portal().get(link).status;
        // The desk asks for a sign-in.
        let is_there = matches!(status, 200 | 302) || (link == "/bien-tap" && status == 401);
        assert!(is_there, "{link}: {status}");
    }
}
