//! Tests with Cloudflare Turnstile switched on. The Worker's test entry stands in for Turnstile's service.

use std::sync::OnceLock;

use crate::harness::{GENERAL, Portal, form_token, own_portal_with, portal};

fn checked() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        let settings = ["TURNSTILE_SITE_KEY:site-key", "TURNSTILE_SECRET:test-secret"];
        own_portal_with("robot-check", &settings)
    })
}

const TEXT: &str = "Có bước xác nhận.";

/// The fields of feedback with this form token and this token of Turnstile.
fn form<'a>(form_token: &'a str, turnstile: &'a str) -> Vec<(&'a str, &'a str)> {
    let own = [("ma_phieu", form_token), ("noi_dung", TEXT), ("cf-turnstile-response", turnstile)];
    [&GENERAL[..], &own].concat()
}

#[test]
fn only_the_feedback_form_loads_turnstile() {
    let form =
        checked().get("/gop-y").assert_status(200).assert_contains("data-sitekey=\"site-key\"");
    let policy = form.header("content-security-policy").unwrap();
    let host = "https://challenges.cloudflare.com";
    assert!(policy.contains(&format!("script-src {host};")), "{policy}");
    assert!(policy.contains(&format!("frame-src {host};")), "{policy}");
    assert!(!policy.contains("unsafe") && policy.contains("default-src 'none'"), "{policy}");
    for path in ["/", "/gop-y/tra-cuu", "/quyen-rieng-tu"] {
        let page = checked().get(path).assert_runs_no_script();
        assert!(!page.header("content-security-policy").unwrap().contains("script-src"), "{path}");
    }
    checked().get("/quyen-rieng-tu").assert_contains("Turnstile");
    portal().get("/gop-y").assert_lacks("turnstile");
    portal().get("/quyen-rieng-tu").assert_lacks("Turnstile");
}

#[test]
fn a_form_with_a_passed_check_is_accepted_and_stored_once() {
    let token = form_token();
    let location = checked().submit(&form(&token, "good-1")).assert_taken();
    assert_eq!(checked().submit(&form(&token, "good-1")).assert_taken(), location);
}

#[test]
fn a_form_without_a_passed_check_is_shown_again_with_its_text() {
    let used = form_token();
    checked().submit(&form(&used, "good-2")).assert_taken();
    for token in ["", "bad", "good-2"] {
        let page =
            checked().submit(&form(&form_token(), token)).assert_status(422).assert_not_stored();
        page.assert_contains("Chưa xác nhận được").assert_contains(TEXT);
    }
}

#[test]
fn without_an_answer_of_turnstile_no_form_is_accepted() {
    for token in ["away", "silent"] {
        let page =
            checked().submit(&form(&form_token(), token)).assert_status(503).assert_not_stored();
        page.assert_contains("đang gián đoạn").assert_contains(TEXT).assert_lacks("injected");
    }
    checked().assert_logs("Turnstile gave no answer");
}

#[test]
fn without_the_secret_of_turnstile_no_form_is_accepted() {
    let portal = own_portal_with("robot-check-secret", &["TURNSTILE_SITE_KEY:site-key"]);
    portal.submit(&form(&form_token(), "good-3")).assert_status(503).assert_contains(TEXT);
    portal.assert_logs("TURNSTILE_SECRET is not set");
}
