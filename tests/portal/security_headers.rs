//! The headers of all kinds of answers. They are compared with the recommendations of the OWASP Secure Headers Project
//! and checked with Google's CSP Evaluator.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::harness::{Answer, portal, root};

/// The recommended headers: `ci/headers_add.json` of the OWASP Secure Headers Project
/// (owasp.org/www-project-secure-headers), as of 2024-09-02.
const RECOMMENDED: [(&str, &str); 12] = [
    ("cache-control", "no-store, max-age=0"),
    ("clear-site-data", "\"cache\",\"cookies\",\"storage\""),
    (
        "content-security-policy",
        "default-src 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'none'; \
         upgrade-insecure-requests; block-all-mixed-content",
    ),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "accelerometer=(), autoplay=(), camera=(), …"),
    ("referrer-policy", "no-referrer"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "deny"),
    ("x-permitted-cross-domain-policies", "none"),
];

/// Headers that no answer should have: `ci/headers_remove.json` of the same project, as of the same day.
const TO_BE_REMOVED: &str = "$wsep Host-Header K-Proxy-Request Liferay-Portal OracleCommerceCloud-Version Pega-Host \
    Powered-By Product Server SourceMap X-AspNet-Version X-AspNetMvc-Version X-Atmosphere-error \
    X-Atmosphere-first-request X-Atmosphere-tracking-id X-B3-ParentSpanId X-B3-Sampled X-B3-SpanId X-B3-TraceId \
    X-BEServer X-CF-Powered-By X-CMS X-CalculatedBETarget X-Cocoon-Version X-Content-Encoded-By X-DiagInfo \
    X-Envoy-Attempt-Count X-Envoy-External-Address X-Envoy-Internal X-Envoy-Original-Dst-Host \
    X-Envoy-Upstream-Service-Time X-FEServer X-Framework X-Generated-By X-Generator X-Jitsi-Release X-Joomla-Version \
    X-Kubernetes-PF-FlowSchema-UI X-Kubernetes-PF-PriorityLevel-UID X-LiteSpeed-Cache X-LiteSpeed-Purge \
    X-LiteSpeed-Tag X-LiteSpeed-Vary X-Litespeed-Cache-Control X-Mod-Pagespeed X-Nextjs-Cache X-Nextjs-Matched-Path \
    X-Nextjs-Page X-Nextjs-Redirect X-OWA-Version X-Old-Content-Length X-OneAgent-JS-Injection X-Page-Speed \
    X-Php-Version X-Powered-By X-Powered-By-Plesk X-Powered-CMS X-Redirect-By X-Server-Powered-By X-SourceFiles \
    X-SourceMap X-Turbo-Charged-By X-Umbraco-Version X-Varnish-Backend X-Varnish-Server X-dtAgentId X-dtHealthCheck \
    X-dtInjectedServlet X-ruxit-JS-Agent";

/// The kind of an answer. The recommended headers depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An answer from the Worker that is the same for everybody.
    Public,
    /// An answer for one reader only.
    Private,
    /// An attachment or a static file. Other sites, such as feed readers, may embed it.
    File,
}

/// Returns answers of each kind, each with a description.
fn answers() -> Vec<(String, Kind, Answer)> {
    use Kind::{File, Private, Public};
    let receipt = portal().submit_text("Biên nhận để xem các tiêu đề.");
    let everybody = [
        ("/", Public),
        ("/bai-viet/bai-day-du", Public),
        ("/bai-viet/bai-day-du.md", Public),
        ("/tim-kiem?q=quyet+dinh", Public),
        ("/hoi-dap", Public),
        ("/du-thao/du-thao-tra-loi/so-cai.jsonl", Public),
        ("/atom.xml", Public),
        ("/feed.json", Public),
        ("/sitemap.xml", Public),
        ("/robots.txt", Public),
        ("/manifest.webmanifest", Public),
        ("/bai-viet/Bai-Day-Du", Public),
        ("/bai-viet/nhieu-10/sau", Public),
        ("/khong-co", Public),
        ("/tep/ghi-chu.txt", File),
        ("/tep/anh.svg", File),
        ("/emblem.svg", File),
        ("/gop-y", Private),
        ("/gop-y/tra-cuu", Private),
        (receipt.as_str(), Private),
        ("/tin-bai?trang=x", Private),
        ("/bai-viet/thieu-truong", Private),
        ("/bien-tap", Private),
    ];
    let editors = [
        "/bien-tap",
        "/bien-tap/y-kien",
        "/bien-tap/y-kien.csv",
        "/bien-tap/khong-co",
        "/Bien-Tap/",
    ];
    let editor = portal().editor();
    let by_everybody = everybody.map(|(path, kind)| (path.to_owned(), kind, portal().get(path)));
    let by_editors = editors.map(|path| (format!("{path} signed in"), Private, editor.get(path)));
    let refused = portal().request("POST", "/").send();
    let again = portal().request("GET", "/").header("if-none-match", "*").send();
    let others =
        [("POST /".to_owned(), Private, refused), ("/ unchanged".to_owned(), Public, again)];
    by_everybody.into_iter().chain(by_editors).chain(others).collect()
}

/// Returns the value of a directive in a Content-Security-Policy.
fn directive<'a>(policy: &'a str, name: &str) -> Option<&'a str> {
    let mut directives = policy.split(';').map(str::trim);
    directives.find_map(|own| own.strip_prefix(name)?.strip_prefix(' '))
}

#[test]
fn every_answer_follows_owasp_or_has_a_reason_not_to() {
    for (what, kind, answer) in answers() {
        for (name, recommended) in RECOMMENDED {
            let value = answer.header(name);
            let what = format!("{name} of {what}: {value:?}");
            match name {
                // Answers for one reader are never stored. Pages for everybody are cached so that they stay available
                // while the platform is down. `max-age` would have no effect after `no-store`.
                "cache-control" if kind == Kind::Private => {
                    assert_eq!(value, Some("no-store"), "{what}")
                }
                "cache-control" => assert!(value.unwrap().contains("max-age="), "{what}"),
                // Recommended at the end of a session. The portal has no session, sets no cookie and uses no storage.
                "clear-site-data" => assert_eq!(value, None, "{what}"),
                // The portal is stricter: only what a directive names may be loaded, so `object-src` is covered too.
                // Nothing is loaded from other sites, so there is nothing to upgrade. `block-all-mixed-content` is
                // obsolete (W3C, "Mixed Content", section 5.1).
                "content-security-policy" => {
                    let policy = value.unwrap();
                    assert_eq!(directive(policy, "default-src"), Some("'none'"), "{what}");
                    assert_eq!(directive(policy, "frame-ancestors"), Some("'none'"), "{what}");
                    assert_eq!(directive(policy, "object-src"), None, "{what}");
                    if kind != Kind::File {
                        assert_eq!(directive(policy, "form-action"), Some("'self'"), "{what}");
                        assert_eq!(directive(policy, "base-uri"), Some("'none'"), "{what}");
                    }
                }
                // The header isolates a page so that its scripts may share memory between threads. No page has a
                // script.
                "cross-origin-embedder-policy" => assert_eq!(value, None, "{what}"),
                // Readers of feeds show pictures of articles on their own pages. A file opens no window.
                "cross-origin-resource-policy" if kind == Kind::File => {
                    assert!(value.is_none_or(|value| value == "cross-origin"), "{what}");
                }
                "cross-origin-opener-policy" if kind == Kind::File => {}
                "cross-origin-opener-policy" | "cross-origin-resource-policy" => {
                    assert_eq!(value, Some(recommended), "{what}");
                }
                // All of these features need a script or a frame, and the policy above forbids both.
                "permissions-policy" => assert_eq!(value, None, "{what}"),
                // With `no-referrer`, browsers send `Origin: null` with forms, and forms of other sites could not be
                // told apart from the portal's own. `same-origin` sends nothing to other sites either. The address of a
                // receipt is a secret, so from a receipt even the portal's own pages learn only the host.
                "referrer-policy" => {
                    let is_key = what.contains("da-nhan/");
                    let expected = if is_key { "strict-origin" } else { "same-origin" };
                    assert_eq!(value, Some(expected), "{what}");
                }
                // The header is sent only with https, which the tests in `deployed` check. Subdomains are not included,
                // because other services of the office may run there without https.
                "strict-transport-security" => assert_eq!(value, None, "{what}"),
                // Browsers ignore this header if `frame-ancestors` is present (HTML Standard, "The `X-Frame-Options`
                // header").
                "x-frame-options" => assert_eq!(value, None, "{what}"),
                // The header addresses the Flash and Acrobat plug-ins, which no browser supports any more.
                "x-permitted-cross-domain-policies" => assert_eq!(value, None, "{what}"),
                _ => assert_eq!(value, Some(recommended), "{what}"),
            }
        }
    }
}

#[test]
fn no_answer_names_its_server_software() {
    for (what, _, answer) in answers() {
        for name in TO_BE_REMOVED.split_whitespace().filter(|name| !name.starts_with('$')) {
            assert_eq!(answer.header(name), None, "{name} of {what}");
        }
    }
}

#[test]
fn the_csp_evaluator_finds_no_weakness_in_any_policy() {
    let policies: BTreeSet<String> = answers()
        .into_iter()
        .map(|(_, _, answer)| answer.header("content-security-policy").unwrap().to_owned())
        .collect();
    assert!(policies.len() >= 3, "{policies:?}");
    let mut evaluator = Command::new(root().join("node_modules/.bin/node"))
        .arg("tests/csp.mjs")
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: Vec<_> = policies.into_iter().collect();
    evaluator.stdin.take().unwrap().write_all(lines.join("\n").as_bytes()).unwrap();
    let output = evaluator.wait_with_output().unwrap();
    let findings = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{findings}");
    assert_eq!(findings.trim(), format!("{} policies", lines.len()));
}
