//! Many readers and senders at once: all are answered, and every receipt has its submission.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;

use crate::harness::{Portal, own_portal_with, short_document};

const THREADS: usize = 16;
const REQUESTS: usize = 800;
const ARTICLES: usize = 20;

/// Sends the request with this number: of a hundred requests, ninety are for articles, eight for lists and searches,
/// and two are submissions.
fn request(portal: &Portal, number: usize, receipts: &Mutex<HashMap<String, String>>) {
    let path = match number % 100 {
        0 | 50 => {
            let text = format!("Gửi lúc đông người, số {number}.");
            receipts.lock().unwrap().insert(portal.submit_text(&text), text);
            return;
        }
        10 | 60 => "/tin-bai".to_owned(),
        20 | 70 => "/".to_owned(),
        30 | 80 => "/chuyen-muc/tin".to_owned(),
        40 => "/tim-kiem?q=noi+dung".to_owned(),
        90 => format!("/tim-kiem?q=bai+{}", number % ARTICLES),
        _ => format!("/bai-viet/bai-{}", number % ARTICLES),
    };
    portal.get(&path).assert_status(200);
}

#[test]
fn many_concurrent_readers_and_senders_are_answered_and_every_receipt_is_stored() {
    let portal = own_portal_with("load", &["SYNC_ON_LOAD:false", "PAGE_MEMORY_SECONDS:2"]);
    for number in 0..ARTICLES {
        let document = short_document(&format!("Bài {number}"), "category = \"Tin\"");

        portal.put_article(&format!("bai-{number}"), document);
    }
    for _ in 0..5 {
        portal.upkeep("");
    }
    portal.get("/tin-bai").assert_contains(&format!("{ARTICLES} bài"));
    let receipts = Mutex::new(HashMap::new());
    thread::scope(|scope| {
        for worker in 0..THREADS {
            let (portal, receipts) = (&portal, &receipts);
            scope.spawn(move || {
                for number in (worker..REQUESTS).step_by(THREADS) {
                    request(portal, number, receipts);
                }
            });
        }
    });
    let receipts = receipts.into_inner().unwrap();
    assert_eq!(receipts.len(), REQUESTS / 50);
    // A submission that the database did not store in time waits in `INBOX`, and is moved now.
    portal.upkeep("");
    for (location, text) in receipts {
        portal.get(&location).assert_status(200).assert_contains("Đã tiếp nhận");
        assert_eq!(portal.stored(&text).len(), 1, "{text}");
    }
}
