//! Kills the runtime between two writes that belong together. The next run must complete the work, and nothing may be
//! stored twice. `storms.rs` kills the runtime at arbitrary moments.

use std::thread;

use crate::harness::{
    Answer, Portal, Request, form_token, own_portal_with, receipt_hash, short_document,
};

impl Portal {
    /// Sends the request. A fault stops the Worker at `place`, such as `before=INDEX.put`. Then kills the runtime and
    /// restarts it on the same storage.
    #[track_caller]
    fn killed(self, place: &str, request: Request) -> Self {
        thread::scope(|scope| {
            let sent = scope.spawn(|| request.try_send());
            self.assert_logs(&format!("stopped {}", place.replacen('=', " ", 1)));
            self.kill_runtime();
            let answer = sent.join().unwrap();
            assert!(!answer.is_ok_and(|answer| answer.status < 400), "the request was answered");
        });
        self.start_again()
    }

    /// Makes a request that fires the cron trigger of all jobs, with these faults injected.
    fn cron(&self, faults: &str) -> Request {
        self.request("GET", &format!("/cdn-cgi/handler/scheduled?cron=fault:{faults}"))
    }
}

#[test]
fn a_sync_killed_between_two_writes_is_completed_by_the_next_run() {
    let mut portal = own_portal_with("killed-sync", &["SYNC_ON_LOAD:false"]);
    // Killed before the catalogue is written, before the hot index is written, and before the lease is returned.
    let places = ["before=CATALOGUE.batch:4", "before=INDEX.put", "after=INDEX.put"];
    for (number, place) in places.into_iter().enumerate() {
        let (slug, title) = (format!("bai-{number}"), format!("Bài số {number}"));
        portal.put_article(&slug, short_document(&title, ""));
        let request = portal.cron(&format!("stops-{place}"));
        portal = portal.killed(place, request);
        // The lease of the interrupted run expires after fifty seconds.
        portal.sql("CATALOGUE", "UPDATE sync SET lease_until = 0");
        portal.upkeep("");
        let found = format!("/tim-kiem?q={}", title.replace(' ', "+"));
        for path in ["/", "/tin-bai", &found, "/atom.xml"] {
            portal.get(path).assert_contains(&title);
        }
        let counted = portal.sql("CATALOGUE", "SELECT articles FROM month_count WHERE scope = ''");
        assert_eq!(counted, [serde_json::json!({ "articles": number + 1 })]);
    }
}

#[test]
fn a_submission_killed_before_or_after_storing_is_stored_once_when_sent_again() {
    let mut portal = own_portal_with("killed-submission", &[]);
    for (place, faults) in [
        ("before=DB.batch", ""),
        ("after=DB.batch", ""),
        ("before=INBOX.put", "db-fails,"),
        ("after=INBOX.put", "db-fails,"),
    ] {
        let (token, text) = (form_token(), format!("Ngắt ở {place}."));
        let faults = format!("{faults}stops-{place}");
        let request = portal.text_feedback(&token, &text).fault(&faults);
        portal = portal.killed(place, request);
        let again = || -> Answer { portal.text_feedback(&token, &text).send() };
        let location = again().assert_taken();
        portal.upkeep("");
        assert_eq!(portal.stored(&text).len(), 1, "{place}");
        assert_eq!(portal.keys("INBOX"), Vec::<String>::new());
        portal.get(&location).assert_status(200).assert_contains("Đã tiếp nhận");
        assert_eq!(again().assert_taken(), location);
    }
}

#[test]
fn a_move_killed_between_storing_and_deleting_stores_the_submission_once() {
    let portal = own_portal_with("killed-move", &[]);
    let text = "Ngắt lúc đang chuyển.";
    let location =
        portal.text_feedback(&form_token(), text).fault("db-fails").send().assert_taken();
    let request = portal.cron("stops-before=INBOX.delete");
    let portal = portal.killed("before=INBOX.delete", request);
    assert_eq!(portal.stored(text).len(), 1);
    assert_eq!(portal.keys("INBOX"), [receipt_hash(&location)]);
    portal.get(&location).assert_status(200).assert_contains("Đã tiếp nhận");
    portal.upkeep("");
    assert_eq!(portal.stored(text).len(), 1);
    assert_eq!(portal.keys("INBOX"), Vec::<String>::new());
}

#[test]
fn after_a_panic_a_fresh_instance_of_the_module_answers() {
    let portal = own_portal_with("stopped-module", &["PAGE_MEMORY_SECONDS:600"]);
    let store_calls = |faults: &str| {
        let answer = portal.request("GET", "/").fault(faults).send().assert_status(200);
        answer.header("x-store-calls").map(str::to_owned)
    };
    portal.get("/").assert_status(200);
    assert_eq!(store_calls("counts-store-calls").as_deref(), Some("0"), "the page is remembered");
    let calls = store_calls("module-stops,counts-store-calls");
    assert_ne!(calls.as_deref(), Some("0"), "a fresh instance remembers nothing");
    portal.text_feedback(&form_token(), "Sau khi ngắt.").send().assert_taken();
}
