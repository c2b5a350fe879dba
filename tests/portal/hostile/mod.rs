//! Hostile requests: addresses, headers, methods and bodies that are meant to break something. What a client library
//! would refuse to send is sent as raw bytes. Every answer must have all security headers and must not be a server
//! error. It must not contain text from the request in places where that could do harm, such as markup. The Worker must
//! not panic.

mod addresses;
mod bodies;
mod echoes;
mod forms;
mod headers;
mod methods;

use crate::harness::{Answer, Portal, eventually};

/// One address for each kind of public page.
const ROUTES: [&str; 39] = [
    "/",
    "/en",
    "/tin-bai",
    "/tin-bai/2020",
    "/tin-bai/2020/01",
    "/du-thao",
    "/tim-kiem",
    "/chuyen-muc/nhieu-bai",
    "/chuyen-muc/nhieu-bai/atom.xml",
    "/bai-viet/bai-day-du",
    "/bai-viet/bai-day-du.md",
    "/bai-viet/nhieu-10/truoc",
    "/bai-viet/nhieu-10/sau",
    "/bai-viet/bai-day-du/danh-gia",
    "/du-thao/du-thao-tra-loi/y-kien",
    "/du-thao/du-thao-tra-loi/tiep-thu",
    "/du-thao/du-thao-tra-loi/tiep-thu.csv",
    "/du-thao/du-thao-tra-loi/so-sanh",
    "/du-thao/du-thao-tra-loi/so-cai",
    "/du-thao/du-thao-tra-loi/so-cai.jsonl",
    "/gop-y",
    "/gop-y/tra-cuu",
    "/gop-y/da-nhan/00000-00000-00000-00000",
    "/gop-y/da-nhan/00000-00000-00000-00000?viec=rut",
    "/hoi-dap",
    "/hoi-dap/1",
    "/hoi-dap/atom.xml",
    "/tep/ghi-chu.txt",
    "/atom.xml",
    "/sitemap.xml",
    "/sitemap-trang.xml",
    "/robots.txt",
    "/manifest.webmanifest",
    "/suc-khoe",
    "/portal.css",
    "/so-do-trang",
    "/quyen-rieng-tu",
    "/khong-co",
    "/bien-tap",
];

/// Some of [`ROUTES`], chosen so that the Worker answers each in another way. For tests that try many variants of a
/// request.
const FEW: [&str; 9] = [
    "/",
    "/tim-kiem",
    "/bai-viet/bai-day-du",
    "/bai-viet/nhieu-10/sau",
    "/gop-y",
    "/gop-y/da-nhan/00000-00000-00000-00000",
    "/tep/ghi-chu.txt",
    "/khong-co",
    "/bien-tap",
];

impl Answer {
    /// Whether the answer comes from the Worker, and not from the runtime in front of it.
    fn is_ours(&self) -> bool {
        self.header("content-security-policy").is_some()
    }

    /// Asserts that the answer is from the Worker, is no server error, and has all security headers.
    #[track_caller]
    fn assert_guarded(self, what: &str) -> Self {
        assert!(
            self.status < 500,
            "{what}: {}\n{}",
            self.status,
            String::from_utf8_lossy(&self.bytes)
        );
        let policy = self.header("content-security-policy");
        let policy = policy.unwrap_or_else(|| panic!("{what}: {} without a policy", self.status));
        assert!(policy.contains("default-src 'none'"), "{what}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"), "{what}");
        assert!(self.header("referrer-policy").is_some(), "{what}");
        assert!(self.header("cache-control").is_some(), "{what}");
        assert_eq!(self.header("set-cookie"), None, "{what}");
        self.assert_leads_to_this_site(what)
    }

    /// Asserts that the answer, if it is a redirect, leads to a path of this site.
    #[track_caller]
    fn assert_leads_to_this_site(self, what: &str) -> Self {
        if let Some(location) = self.header("location") {
            let is_path = location.starts_with('/') && !location[1..].starts_with(['/', '\\']);
            assert!(is_path, "{what} leads to {location}");
        }
        self
    }
}

/// The statuses with which the runtime in front of the Worker answers when it rejects a request or cannot pass it on.
/// In a deployment, Cloudflare's network does this instead.
const REJECTIONS: [u16; 9] = [400, 405, 411, 413, 414, 417, 431, 500, 501];

/// Checks the answer to a possibly malformed request. An answer from the Worker must pass `assert_guarded`, and is
/// returned. An answer from the runtime in front of it must have a status in [`REJECTIONS`], and must not contain
/// script or the name of the hostile site.
#[track_caller]
fn assert_answered_safely(answer: Option<Answer>, what: &str) -> Option<Answer> {
    let answer = answer?;
    if answer.is_ours() {
        return Some(answer.assert_guarded(what));
    }
    assert!(REJECTIONS.contains(&answer.status), "{what}: {}", answer.status);
    let text = String::from_utf8_lossy(&answer.bytes);
    assert!(!text.contains("<script") && !text.contains("evil.example"), "{what}: {text}");
    None
}

/// Waits until the log is written, and asserts that it contains no panic.
#[track_caller]
fn assert_nothing_panicked(portal: &Portal, name: &str) {
    let slug = format!("thu-dich-{name}");
    portal.put_article(&slug, "x");
    portal.get(&format!("/bai-viet/{slug}")).assert_status(503);
    portal.delete_article(&slug);
    let mark = format!("document {slug} cannot be shown");
    eventually("the mark is in the log", || portal.logged().contains(&mark).then_some(()));
    let log = portal.logged();
    for sign in ["panicked at", "RuntimeError"] {
        assert!(!log.contains(sign), "{sign} in the log:\n{log}");
    }
}
