//! `/suc-khoe`, the health check for monitoring programs.

use serde_json::{Value, json};

use crate::harness::{Answer, portal};

fn report(fault: &str) -> (Answer, Value) {
    let answer = portal().request("GET", "/suc-khoe").fault(fault).send().assert_not_stored();
    assert_eq!(answer.header("content-type"), Some("application/json; charset=utf-8"));
    let report = serde_json::from_slice(&answer.bytes).unwrap();
    (answer, report)
}

#[test]
fn a_healthy_portal_reports_its_stores_and_its_last_sync() {
    portal().get("/").assert_status(200);
    let (answer, report) = report("");
    assert_eq!((answer.status, &report["ok"]), (200, &json!(true)));
    assert_eq!(report["stores"].as_object().unwrap().len(), 6, "{report}");
    let synced_at = report["sync_completed_at"].as_str().unwrap();
    assert!(synced_at.ends_with("+07:00") && synced_at <= report["checked_at"].as_str().unwrap());
}

#[test]
fn the_health_check_names_exactly_the_store_that_fails() {
    for (fault, store) in [
        ("articles-fail", "ARTICLES"),
        ("files-fail", "FILES"),
        ("index-fails", "INDEX"),
        ("inbox-fails", "INBOX"),
        ("db-fails", "DB"),
        ("catalogue-fails", "CATALOGUE"),
    ] {
        let (answer, report) = report(fault);
        assert_eq!((answer.status, &report["ok"]), (503, &json!(false)), "{fault}");
        for (name, answers) in report["stores"].as_object().unwrap() {
            assert_eq!(*answers, json!(name != store), "{fault}: {name}");
        }
        let text = answer.text();
        assert!(!text.contains("fault") && !text.contains("D1_ERROR"), "{text}");
    }
    portal().assert_logs("FILES gave no answer when its health was checked");
}
