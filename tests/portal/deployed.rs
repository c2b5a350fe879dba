//! Tests with those settings of a deployed portal that `cargo run dev` has not: an https address, the page memory, and
//! a sync that only the cron trigger starts.

use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::harness::{Portal, eventually, own_portal_with};

const ARTICLE: &str =
    "+++\ntitle = \"Bản đầu\"\nupdated = 2024-03-01\nauthor = \"An\"\n+++\nNội dung.\n";

/// A portal with the settings of a public host. It rejects the signing key of `cargo run dev`, because that key is in
/// the repository.
fn deployed() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        own_portal_with(
            "deployed",
            &[
                "BASE_URL:https://cong.example",
                "PAGE_MEMORY_SECONDS:600",
                "SYNC_ON_LOAD:false",
                "ACCENT:#0b4f3c",
            ],
        )
    })
}

#[test]
fn all_answers_have_strict_transport_security() {
    for path in ["/", "/gop-y", "/khong-co", "/tep/khong-co.pdf", "/LIEN-HE"] {
        let answer = deployed().get(path);
        let hsts = answer.header("strict-transport-security");
        assert_eq!(hsts, Some("max-age=31536000"), "{path}");
    }
}

#[test]
fn canonical_addresses_name_the_host_of_base_url() {
    deployed()
        .get("/lien-he")
        .assert_contains("rel=\"canonical\" href=\"https://cong.example/lien-he\"");
}

#[test]
fn forms_are_accepted_only_from_the_origin_in_base_url() {
    let send = |host: &str, origin: &str| {
        let form = deployed().request("POST", "/gop-y").header("host", host);
        form.header("origin", origin).form(&[("noi_dung", "x")]).send().status
    };
    let local = format!("localhost:{}", deployed().port);
    // A form from an accepted origin gets 503 here, because the committed test key is rejected.
    assert_eq!(send(&local, &format!("http://{local}")), 503);
    for origin in ["http://cong.example", "https://cong.example:8443", "https://evil.example"] {
        assert_eq!(send("cong.example", origin), 403, "{origin}");
    }
    assert_eq!(send("evil.example", "http://evil.example"), 403);
    deployed()
        .assert_logs("it was sent from http://evil.example, and BASE_URL is https://cong.example");
}

#[test]
fn the_colour_of_the_office_is_the_only_inline_style_that_the_policy_allows() {
    for path in ["/", "/gop-y", "/khong-co"] {
        let page = deployed().get(path);
        let text = page.text();
        let (_, rest) = text.split_once("<style>").unwrap();
        let (style, _) = rest.split_once("</style>").unwrap();
        assert!(style.contains("--accent:#0b4f3c;"), "{path}: {style}");
        let hash = STANDARD.encode(Sha256::digest(style));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains(&format!("style-src 'self' 'sha256-{hash}';")), "{path}: {policy}");
        page.assert_contains("<meta name=\"theme-color\" content=\"#0b4f3c\">");
    }
    let manifest: serde_json::Value =
        serde_json::from_str(&deployed().get("/manifest.webmanifest").text()).unwrap();
    assert_eq!(manifest["theme_color"], "#0b4f3c");
}

#[test]
fn the_committed_test_key_opens_no_form_on_a_public_host() {
    deployed()
        .get("/gop-y")
        .assert_status(503)
        .assert_contains("Tạm thời chưa nhận ý kiến qua mạng");
    let fields = [
        ("ma_phieu", "0123456789abcdef0123456789abcdef"),
        ("loai", "gop-y"),
        ("tieu_de", "Góp ý"),
        ("noi_dung", "Một góp ý đã viết."),
        ("dong_y", "1"),
    ];
    let sent = deployed().request("POST", "/gop-y").form(&fields).send();
    sent.assert_status(503).assert_not_stored().assert_contains("Một góp ý đã viết.");
}

#[test]
fn a_page_is_rendered_once_and_kept_in_memory() {
    let portal = deployed();
    portal.put_article("giu-lai", ARTICLE);
    let first = portal.get("/bai-viet/giu-lai").assert_success_cached();
    portal.put_article("giu-lai", ARTICLE.replace("Bản đầu", "Bản sau"));
    let second = portal.get("/bai-viet/giu-lai").assert_success_cached();
    assert_eq!(first.bytes, second.bytes);
    portal.get("/bai-viet/giu-lai.md").assert_contains("Bản sau");
}

#[test]
fn search_results_are_kept_in_memory_by_query() {
    let portal = deployed();
    let with_database_away =
        |address: &str| portal.request("GET", address).fault("catalogue-fails").send();
    for query in ["q=giu+lai", "q=giu%20lai", "q=giu+lai&chuyen-muc=&nam=", "trang=1&q=giu+lai"] {
        let address = format!("/tim-kiem?{query}");
        with_database_away(&address).assert_status(503).assert_not_stored();
        let first = portal.get(&address).assert_status(200);
        assert_eq!(first.header("cache-control"), Some("private, max-age=60"), "{query}");
        let second = with_database_away(&address).assert_status(200);
        assert_eq!(first.bytes, second.bytes);
    }
}

#[test]
fn the_cron_trigger_updates_the_lists() {
    let portal = own_portal_with("cron", &["SYNC_ON_LOAD:false"]);
    portal.put_article("theo-gio", ARTICLE);
    portal.get("/tin-bai").assert_lacks("Bản đầu");
    portal.get("/cdn-cgi/handler/scheduled").assert_status(200);
    eventually("the lists name the article", || {
        portal.get("/tin-bai").text().contains("Bản đầu").then_some(())
    });
    portal.get("/").assert_contains("Bản đầu");
}
