//! Hostile and unusual methods.

use super::{FEW, ROUTES, assert_answered_safely, assert_nothing_panicked};
use crate::harness::{Answer, portal};

/// Standard methods (RFC 9110, 4918, 3253 and 10008) that no page accepts. The runtime passes them on to the Worker.
const KNOWN: [&str; 16] = [
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "PURGE",
    "COPY",
    "LOCK",
    "MKCOL",
    "MOVE",
    "PROPFIND",
    "PROPPATCH",
    "SEARCH",
    "UNLOCK",
    "REPORT",
    "MERGE",
    "NOTIFY",
];
/// Methods that the runtime rejects itself.
const UNKNOWN: [&str; 6] = ["get", "GETT", "DEBUG", "HACK-1", "<script>", "X"];

fn ask(method: &str, target: &str) -> Option<Answer> {
    portal().send_bytes(portal().raw_request(method, target, ""))
}

#[test]
fn every_kind_of_page_names_the_allowed_methods() {
    let tried = |method: &str, route: &str| {
        let what = format!("{method} {route}");
        let answer = ask(method, route).expect(&what).assert_guarded(&what);
        match route {
            // The desk tells nobody without a sign-in which methods it accepts, and an unknown address accepts none.
            "/bien-tap" => assert_eq!(answer.status, 401, "{what}"),
            "/khong-co" => assert_eq!(answer.status, 404, "{what}"),
            _ => {
                assert_eq!(answer.status, 405, "{what}");
                let allowed = answer.header("allow").expect(&what);
                assert!(
                    allowed.starts_with("GET, HEAD") && !allowed.contains(method),
                    "{what}: {allowed}"
                );
            }
        }
    };
    ROUTES.iter().for_each(|route| tried("DELETE", route));
    for method in KNOWN {
        FEW.iter().for_each(|route| tried(method, route));
    }
    let editor = portal().editor();
    for path in [
        "/bien-tap",
        "/bien-tap/bai-viet",
        "/bien-tap/y-kien",
        "/bien-tap/y-kien.csv",
        "/bien-tap/du-thao",
    ] {
        let answer = editor.request("DELETE", path).send().assert_guarded(path).assert_status(405);
        assert!(answer.header("allow").unwrap().starts_with("GET, HEAD"), "{path}");
    }
    assert_nothing_panicked(portal(), "phuong-thuc");
}

#[test]
fn a_static_file_refuses_the_methods_that_pages_refuse() {
    for method in KNOWN {
        let answer = ask(method, "/emblem.svg").expect(method);
        assert_eq!(answer.status, 405, "{method}");
    }
}

#[test]
fn an_unknown_method_does_not_reach_the_worker() {
    for method in UNKNOWN {
        for target in ["/", "/tep/ghi-chu.txt", "/emblem.svg", "/bien-tap"] {
            let what = format!("{method} {target}");
            assert!(assert_answered_safely(ask(method, target), &what).is_none(), "{what}");
        }
    }
}

#[test]
fn trace_and_connect_do_not_repeat_or_forward_a_request() {
    // TRACE would return the request with its cookies (RFC 9110, section 9.3.8), and CONNECT would open a tunnel.
    for (method, target) in
        [("TRACE", "/"), ("TRACK", "/"), ("CONNECT", "/"), ("CONNECT", "evil.example:443")]
    {
        let request = portal().raw_request(method, target, "Cookie: dau-hieu=bi-mat\r\n");
        let what = format!("{method} {target}");
        if let Some(answer) = assert_answered_safely(portal().send_bytes(request), &what) {
            answer.assert_status(405).assert_lacks("bi-mat");
        }
    }
}

#[test]
fn a_header_does_not_change_the_method() {
    for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        let answer = portal().request("GET", "/gop-y").header(name, "DELETE").send();
        answer.assert_guarded(name).assert_status(200);
        let answer = portal().request("POST", "/").header(name, "GET").send();
        answer.assert_guarded(name).assert_status(405);
        let answer = portal().request("GET", "/gop-y?_method=DELETE").send();
        answer.assert_guarded(name).assert_status(200);
    }
}
