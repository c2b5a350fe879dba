//! Many submissions at once while the runtime is killed: every submission with a receipt is stored exactly once.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::harness::{Portal, eventually, form_token, own_portal_with, receipt_hash};

/// A short deadline for the database, so that many submissions have to wait in `INBOX`.
const DEADLINE: [&str; 1] = ["DATABASE_DEADLINE_MS:1000"];

/// Sends feedback, with a fault that depends on `number`. Returns the hash of its receipt code, if it got one.
fn submit(portal: &Portal, number: usize, name: &str) -> Option<String> {
    // The length of the list shares no factor with the number of threads, so that each thread meets every fault.
    const WEATHER: [&str; 11] =
        ["", "", "db-fails", "", "", "db-fails", "db-late", "", "", "db-fails", ""];
    let text = format!("{name} {number}.");
    let request = portal.text_feedback(&form_token(), &text);
    let answer = request.fault(WEATHER[number % WEATHER.len()]).try_send().ok()?;
    (answer.status == 303).then(|| receipt_hash(&answer.assert_taken()))
}

/// Moves all submissions from `INBOX` into the database, and asserts that each one with a receipt is stored once.
/// Returns the number of stored submissions.
#[track_caller]
fn assert_all_stored_once(portal: &Portal, name: &str, acknowledged: &HashSet<String>) -> usize {
    let mut runs = 0;
    while !portal.keys("INBOX").is_empty() {
        assert!(runs < 100, "the submissions in INBOX are not moved");
        for _ in 0..10 {
            portal.upkeep("");
            runs += 1;
        }
    }
    let rows = portal.sql(
        "DB",
        &format!("SELECT receipt_hash, text FROM submission WHERE text LIKE '{name} %'"),
    );
    let column = |name: &str| -> HashSet<String> {
        rows.iter().map(|row| row[name].as_str().unwrap().to_owned()).collect()
    };
    let lost: Vec<_> = acknowledged.difference(&column("receipt_hash")).cloned().collect();
    assert!(lost.is_empty(), "{} of {} submissions are lost", lost.len(), acknowledged.len());
    assert_eq!(column("text").len(), rows.len(), "a submission is stored twice");
    rows.len()
}

#[test]
fn thousands_of_concurrent_submissions_during_database_failures_are_each_stored_once() {
    const SENT: usize = 2_000;
    let portal = own_portal_with("storm", &DEADLINE);
    let acknowledged = Mutex::new(HashSet::new());
    thread::scope(|scope| {
        for worker in 0..16 {
            let (portal, acknowledged) = (&portal, &acknowledged);
            scope.spawn(move || {
                for number in (worker..SENT).step_by(16) {
                    let receipt = submit(portal, number, "Bão");
                    acknowledged.lock().unwrap().extend(receipt);
                }
            });
        }
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    assert_eq!(acknowledged.len(), SENT, "every sender gets a receipt");
    assert_eq!(assert_all_stored_once(&portal, "Bão", &acknowledged), SENT);
}

#[test]
fn killing_the_runtime_during_submissions_loses_none_that_has_a_receipt() {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let mut portal = own_portal_with("kills", &DEADLINE);
    let mut acknowledged = HashSet::new();
    for round in 1..=3 {
        let is_over = AtomicBool::new(false);
        let received = Mutex::new(HashSet::new());
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        let receipt =
                            submit(&portal, COUNT.fetch_add(1, Ordering::Relaxed), "Ngắt điện");
                        received.lock().unwrap().extend(receipt);
                    }
                });
            }
            // Wait until submissions are arriving, and then for a time that differs in each round.
            eventually("twenty receipts", || (received.lock().unwrap().len() >= 20).then_some(()));
            let moment = form_token().bytes().fold(round, |sum, byte| sum + u64::from(byte));
            thread::sleep(Duration::from_millis(500 + moment % 997));
            portal.kill_runtime();
            is_over.store(true, Ordering::Relaxed);
        });
        let received = received.into_inner().unwrap();
        assert!(received.len() >= 20);
        acknowledged.extend(received);
        portal = portal.start_again();
    }
    let stored = assert_all_stored_once(&portal, "Ngắt điện", &acknowledged);
    assert!(stored >= acknowledged.len());
    println!("{} receipts, {stored} stored submissions", acknowledged.len());
}
