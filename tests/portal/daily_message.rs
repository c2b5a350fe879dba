//! The daily message to editors: sent once a day over every configured channel, with counts only.

use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tiny_http::{Response, Server};

use crate::harness::{SENDER, now, own_portal_with};

/// Starts a web server that rejects the first message that is posted to it. Returns its address, and a channel that
/// receives every message.
fn webhook() -> (String, Receiver<Value>) {
    let server = Server::http("127.0.0.1:0").unwrap();
    let address =
        format!("http://localhost:{}/khoa-bi-mat", server.server_addr().to_ip().unwrap().port());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for (number, mut request) in server.incoming_requests().enumerate() {
            assert_eq!(request.url(), "/khoa-bi-mat");
            let message: Value = serde_json::from_reader(request.as_reader()).unwrap();
            let status = if number == 0 { 503 } else { 204 };
            let _ = request.respond(Response::empty(status));
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    (address, receiver)
}

#[test]
fn editors_get_a_daily_message_with_counts_only() {
    let (address, messages) = webhook();
    let portal = own_portal_with(
        "daily-message",
        &[
            &format!("DAILY_WEBHOOK:{address}"),
            "DAILY_EMAIL_FROM:cong@cong.example",
            "DAILY_EMAIL_TO:an@cong.example, binh@cong.example",
        ],
    );
    for text in ["Câu hỏi mới.", "Câu hỏi đã chờ lâu.", "Câu hỏi đã chờ lâu hơn."]
    {
        let own = [("loai", "cau-hoi"), ("tieu_de", "Tiêu đề kín"), ("noi_dung", text)];
        portal.submit(&[&SENDER[..], &own].concat()).assert_taken();
    }
    portal.sql(
        "DB",
        "UPDATE submission SET received_at = received_at - 90 * 86400 WHERE text LIKE '%chờ lâu%'",
    );
    let next = || messages.recv_timeout(Duration::from_secs(60)).expect("a message");
    // The midnight in Viet Nam (UTC+7) at the start of the next day in UTC.
    let midnight = (now().0 / 86_400 + 1) * 86_400 - 7 * 3_600;
    let upkeep_at = |seconds: i64| portal.upkeep(&format!("clock={}", midnight + seconds));

    upkeep_at(7 * 3_600 - 1);
    assert!(messages.try_recv().is_err(), "the message was sent before seven o'clock");
    upkeep_at(7 * 3_600);
    let refused = next();
    portal.assert_logs("the daily message was not sent by webhook: the answer has status 503");
    portal.assert_logs("e-mail {");
    upkeep_at(7 * 3_600 + 600);
    let message = next();
    assert_eq!(message, refused);
    let counts = json!({"new": 1, "overdue": 2, "due_soon": 0, "flagged": 0, "waiting": 0});
    assert_eq!(message["counts"], counts);
    let text = message["text"].as_str().unwrap();
    assert!(text.contains("• 1 ý kiến mới") && text.contains("• 2 ý kiến đã quá hạn"), "{text}");
    assert!(text.ends_with("/bien-tap"), "{text}");

    // Nothing more is sent on that day. The next day has a new message.
    upkeep_at(12 * 3_600);
    assert!(messages.try_recv().is_err(), "the message was sent twice");
    upkeep_at(86_400 + 8 * 3_600);
    assert_eq!(next()["counts"]["new"], 0);
    let log = portal.logged();
    assert_eq!(log.matches("e-mail {").count(), 2, "{log}");
    assert!(log.contains("\"subject\":\"1 ý kiến mới, 2 quá hạn – "), "{log}");
    assert!(log.contains("\"to\":[\"an@cong.example\",\"binh@cong.example\"]"), "{log}");
    for kept in ["Lò Thị Mai", "Tiêu đề kín", "chờ lâu", "khoa-bi-mat"] {
        assert!(
            !log.contains(kept) && !message.to_string().contains(kept),
            "{kept} is in the message or in the log"
        );
    }

    // After a clock that was far ahead for a moment, the messages of the days in between are still sent.
    for days in [3_650, 2] {
        upkeep_at(days * 86_400 + 8 * 3_600);
        assert_eq!(next()["counts"]["new"], 0, "in {days} days");
    }
}
