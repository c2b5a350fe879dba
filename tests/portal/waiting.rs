//! Submissions that arrive while the database is unavailable: they wait in `INBOX`, are moved to `DB` exactly once, and
//! never come back after they were erased.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value;

use crate::harness::{
    Answer, NAME, Portal, eventually, form_token, now, own_portal_with, receipt_hash,
};

/// A deadline for the database that is long enough if it answers, and short enough for tests in which it does not.
const DEADLINE: [&str; 1] = ["DATABASE_DEADLINE_MS:4000"];

/// A portal for the tests of this module. It is locked, so that they run one after another, because they read all of
/// `INBOX`.
fn portal() -> MutexGuard<'static, Portal> {
    static PORTAL: OnceLock<Mutex<Portal>> = OnceLock::new();
    let portal = PORTAL.get_or_init(|| Mutex::new(own_portal_with("waiting", &DEADLINE)));
    portal.lock().unwrap_or_else(PoisonError::into_inner)
}

fn send(portal: &Portal, token: &str, text: &str, faults: &str) -> Answer {
    portal.text_feedback(token, text).fault(faults).send()
}

/// Sends feedback while the database is unavailable, and returns the address of its receipt.
#[track_caller]
fn hold(portal: &Portal, text: &str) -> String {
    send(portal, &form_token(), text, "db-fails").assert_taken()
}

#[track_caller]
fn assert_nothing_waits(portal: &Portal) {
    assert_eq!(portal.keys("INBOX"), Vec::<String>::new());
}

#[test]
fn a_submission_during_a_database_outage_gets_its_receipt_and_is_moved_once() {
    let portal = portal();
    let (token, text) = (form_token(), "Gửi lúc cơ sở dữ liệu vắng mặt.");
    let before = now();
    let location = send(&portal, &token, text, "db-fails").assert_taken();
    let acknowledged = now();
    assert_eq!(portal.keys("INBOX"), [receipt_hash(&location)]);

    for faults in ["db-fails", ""] {
        let receipt = portal.request("GET", &location).fault(faults).send();
        receipt.assert_status(200).assert_not_stored().assert_contains("Đã tiếp nhận");
    }
    // The same form is sent again, first while the database is still unavailable, then when it answers.
    assert_eq!(send(&portal, &token, text, "db-hangs").assert_taken(), location);
    assert_eq!(send(&portal, &token, text, "").assert_taken(), location);
    portal.upkeep("");
    portal.upkeep("inbox-stale");

    let rows = portal.stored(text);
    assert_eq!(rows.len(), 1, "{rows:?}");
    let received_at = rows[0]["received_at"].as_i64().unwrap();
    assert!(
        (before.0..=acknowledged.0).contains(&received_at),
        "the time of the first receipt is stored"
    );
    assert_nothing_waits(&portal);
    portal.get(&location).assert_status(200).assert_contains("Đã tiếp nhận");
}

#[test]
fn a_moved_submission_keeps_its_time_of_receipt() {
    let portal = portal();
    let text = "Nhận trước ngày chuyển vào cơ sở dữ liệu.";
    let key = receipt_hash(&hold(&portal, text));
    // The submission looks as if it had waited for ten days.
    let value = portal.kv_text("INBOX", &key);
    let mut record: Value = serde_json::from_str(&value).unwrap();
    let received_at = record["received_at"].as_i64().unwrap() - 10 * 24 * 3600;
    record["received_at"] = received_at.into();
    portal.put("INBOX", &key, record.to_string().as_bytes());
    portal.upkeep("");
    assert_eq!(portal.stored(text)[0]["received_at"], received_at);
}

#[test]
fn a_move_interrupted_at_any_step_is_completed_by_the_next() {
    let portal = portal();
    let faults = [
        "inbox-list-fails",
        "inbox-list-hangs",
        "inbox-get-fails",
        "db-fails",
        "db-hangs",
        "db-late",
        "inbox-delete-fails",
        "inbox-second-delete-fails",
    ];
    let mut expected = HashSet::new();
    for fault in faults {
        for number in 1..=3 {
            let location = hold(&portal, &format!("Dời giữa chừng, {fault}, lần {number}."));
            expected.insert(receipt_hash(&location));
        }
        portal.upkeep(fault);
        let left = if fault == "inbox-second-delete-fails" { 2 } else { 3 };
        assert_eq!(portal.keys("INBOX").len(), left, "{fault}");
        portal.upkeep("");
        assert_nothing_waits(&portal);
    }
    portal.upkeep("inbox-stale");
    assert_nothing_waits(&portal);
    let rows = portal.sql("DB", "SELECT * FROM submission WHERE text LIKE 'Dời giữa chừng%'");
    assert_eq!(rows.len(), expected.len());
    let stored: HashSet<_> =
        rows.iter().map(|row| row["receipt_hash"].as_str().unwrap().to_owned()).collect();
    assert_eq!(stored, expected);
}

#[test]
fn a_write_that_commits_after_the_deadline_is_the_same_submission() {
    let portal = portal();
    let text = "Ghi xong sau khi đã thôi đợi.";
    let location = send(&portal, &form_token(), text, "db-late").assert_taken();
    assert_eq!(portal.keys("INBOX"), [receipt_hash(&location)]);
    eventually("the late write is stored", || (!portal.stored(text).is_empty()).then_some(()));
    portal.upkeep("");
    assert_eq!(portal.stored(text).len(), 1);
    assert_nothing_waits(&portal);
}

#[test]
fn the_same_form_sent_concurrently_is_one_submission() {
    let portal = portal();
    let (token, text) = (form_token(), "Gửi cùng lúc ở nhiều nơi.");
    let send = |faults| send(&portal, &token, text, faults).assert_taken();
    let locations: HashSet<String> = std::thread::scope(|scope| {
        let places = ["", "db-fails", "", "db-late", "db-hangs", "", "db-fails", "db-late"];
        let sent: Vec<_> =
            places.into_iter().map(|faults| scope.spawn(move || send(faults))).collect();
        sent.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(locations.len(), 1, "{locations:?}");
    portal.upkeep("");
    portal.upkeep("inbox-stale");
    assert_eq!(portal.stored(text).len(), 1);
    assert_nothing_waits(&portal);
}

#[test]
fn a_submission_can_wait_while_the_inbox_cannot_be_listed() {
    let portal = portal();
    let text = "Danh sách không trả lời.";
    let location = send(&portal, &form_token(), text, "db-fails,inbox-list-hangs").assert_taken();
    assert_eq!(portal.keys("INBOX"), [receipt_hash(&location)]);
    portal.upkeep("");
    assert_eq!(portal.stored(text).len(), 1);
}

#[test]
fn without_both_stores_there_is_no_receipt_and_the_form_keeps_its_text() {
    let portal = portal();
    let text = "Cả hai kho đều vắng mặt </textarea>";
    for faults in ["db-fails,inbox-put-fails", "db-hangs,inbox-put-fails,inbox-list-fails"] {
        let page =
            send(&portal, &form_token(), text, faults).assert_status(503).assert_not_stored();
        assert_eq!(page.header("retry-after"), Some("60"));
        page.assert_contains("Cả hai kho đều vắng mặt &lt;/textarea&gt;")
            .assert_contains("Chưa gửi được")
            .assert_lacks("injected");
    }
    portal.assert_logs("a submission was not stored: KV failed too");
    assert_nothing_waits(&portal);
}

#[test]
fn a_lagging_queue_does_not_bring_back_withdrawn_or_erased_data() {
    let portal = portal();
    let hold = |text: &str| portal.error_report(text).fault("db-fails").send().assert_taken();
    let withdrawn = hold("Sẽ rút lại khi còn đang đợi.");
    let erased = hold("Sẽ xóa người gửi khi còn đang đợi.");
    let untouched = hold("Không rút, không xóa.");
    let act = |location: &str, action: &str| {
        assert_eq!(portal.act(location, action, "+84 912 345 678").assert_taken(), location);
    };
    // All three have a copy in the database already, as after a late write.
    let written = portal.keys("INBOX");
    portal.upkeep("inbox-delete-fails");
    assert_eq!(portal.keys("INBOX"), written);
    act(&withdrawn, "rut");
    act(&erased, "xoa");
    assert_eq!(portal.keys("INBOX"), [receipt_hash(&untouched)]);
    let receipt = portal.request("GET", &withdrawn).fault("db-fails").send();
    receipt.assert_lacks("Đã tiếp nhận");
    portal.upkeep("inbox-stale");
    portal.upkeep("");

    let row = |location: &str| {
        let hash = receipt_hash(location);
        portal
            .sql(
                "DB",
                &format!(
                    "SELECT state, text, name FROM submission LEFT JOIN identity ON submission_id = id
                     WHERE receipt_hash = '{hash}'"
                ),
            )
            .remove(0)
    };
    assert_eq!(
        row(&withdrawn),
        serde_json::json!({"state": "withdrawn", "text": "", "name": null})
    );
    let erased = row(&erased);
    assert_eq!(erased["text"], "Sẽ xóa người gửi khi còn đang đợi.");
    assert!(erased["name"].is_null());
    assert_eq!(row(&untouched)["name"], NAME);
    portal.get(&withdrawn).assert_contains("Ý kiến này đã được rút lại");
}

#[test]
fn a_waiting_submission_can_be_withdrawn() {
    let portal = portal();
    let location = hold(&portal, "Rút lại trước khi được dời.");
    let request = portal.request("POST", &format!("{location}?viec=rut"));
    assert_eq!(request.form(&[]).send().assert_taken(), location);
    assert_nothing_waits(&portal);
    portal.upkeep("inbox-stale");
    portal.get(&location).assert_contains("Ý kiến này đã được rút lại");
}

#[test]
fn failures_of_requests_to_receipts_are_not_logged() {
    let portal = portal();
    let failures = || portal.logged().matches("D1 failed").count();
    let before = failures();
    for query in ["", "?viec=rut"] {
        let path = format!("/gop-y/da-nhan/00000-00000-00000-00404{query}");
        portal.request("GET", &path).fault("db-fails,index-fails").send().assert_status(503);
    }
    portal.request("GET", "/hoi-dap").fault("db-fails").send().assert_status(503);
    eventually("the failure of /hoi-dap is in the log", || (failures() > before).then_some(()));
    assert_eq!(failures(), before + 1);
}

#[test]
fn a_tombstone_applies_to_a_submission_that_arrives_later() {
    let portal = portal();
    let hash = receipt_hash(&hold(&portal, "Đến sau bia mộ của chính nó."));
    portal.sql(
        "DB",
        &format!("INSERT INTO tombstone (receipt_hash, what) VALUES ('{hash}', 'submission')"),
    );
    portal.upkeep("");
    let rows = portal.sql(
        "DB",
        &format!("SELECT state, text, subject FROM submission WHERE receipt_hash = '{hash}'"),
    );
    assert_eq!(rows, [serde_json::json!({"state": "withdrawn", "text": "", "subject": ""})]);
}

#[test]
fn a_damaged_record_does_not_block_the_other_submissions() {
    let portal = portal();
    let text = "Đợi cùng một bản ghi hỏng.";
    let key = receipt_hash(&hold(&portal, text));
    let value = portal.kv_text("INBOX", &key);
    let refused = "f".repeat(64);
    let record = value.replace(&key, &refused).replace("\"gop-y\"", "\"khong-co-loai-nay\"");
    portal.put("INBOX", &refused, record.as_bytes());
    portal.put("INBOX", "khong-phai-y-kien", b"{}");
    portal.upkeep("");
    assert_eq!(portal.stored(text).len(), 1);
    assert_eq!(portal.keys("INBOX"), [refused.as_str(), "khong-phai-y-kien"]);
    portal.assert_logs("1 keys of INBOX hold no submission");
    portal.assert_logs("1 waiting submissions are refused by D1");
    for key in [refused.as_str(), "khong-phai-y-kien"] {
        portal.wrangler(&["kv", "key", "delete", "--binding", "INBOX", key]);
    }
}
