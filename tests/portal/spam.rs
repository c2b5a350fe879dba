//! Spam and floods of requests: what is refused (the form then keeps its text), and what is accepted but flagged.

use crate::harness::{Answer, GENERAL, eventually, form_token, form_token_aged, portal};

fn send(token: &str, text: &str) -> Answer {
    portal().text_feedback(token, text).send()
}

#[test]
fn a_form_with_a_filled_honeypot_is_stored_with_a_receipt_and_flagged() {
    let text = "Trình duyệt tự điền cả ô ẩn.";
    let own = [("noi_dung", text), ("trang_web", "https://example.vn")];
    let location = portal().submit(&[&GENERAL[..], &own].concat()).assert_taken();
    portal().get(&location).assert_status(200).assert_contains("Đã tiếp nhận");
    assert_eq!(portal().stored(text)[0]["suspicion"], "honeypot");
}

#[test]
fn a_repeated_text_is_stored_and_flagged_from_the_fourth_time_on() {
    let texts = ["Cả xóm cùng gửi.", "cả  xóm cùng gửi.", "Ca xom cung gui.", "CẢ XÓM\nCÙNG GỬI."];
    for text in texts.iter().chain(&texts[..1]) {
        send(&form_token(), text).assert_taken();
    }
    let rows = portal().sql(
        "DB",
        "SELECT suspicion FROM submission AS s
         WHERE text_hash = (SELECT text_hash FROM submission WHERE text = 'Cả xóm cùng gửi.' LIMIT 1)
         ORDER BY id",
    );
    let flags: Vec<_> = rows.iter().map(|row| row["suspicion"].as_str()).collect();
    assert_eq!(flags, [None, None, None, Some("repeated"), Some("repeated")]);
}

#[test]
fn a_form_sent_too_fast_is_shown_again_and_accepted_a_moment_later() {
    let text = "Gửi ngay khi vừa mở.";
    // On a busy machine, a request may take longer than the minimum age of a form.
    let (young, page) = eventually("a form arrives within three seconds", || {
        let young = form_token_aged(0);
        let page = send(&young, text);
        (page.status == 422).then_some((young, page))
    });
    let page = page.assert_contains("Hãy xem lại rồi bấm gửi một lần nữa").assert_contains(text);
    assert_eq!(page.form_token(), young, "the token is kept, because it becomes valid with time");
    eventually("the form is accepted", || (send(&young, text).status == 303).then_some(()));
}

#[test]
fn a_form_with_an_expired_or_future_token_is_shown_again_with_its_text_and_a_new_token() {
    for age in [-20, 37 * 3600] {
        let old = form_token_aged(age);
        let text = format!("Gửi sau {age} giây.");
        let page = send(&old, &text).assert_status(422).assert_not_stored();
        let page = page.assert_contains("Hãy bấm gửi lại một lần nữa").assert_contains(&text);
        let fresh = page.form_token();
        assert_ne!(fresh, old);
        // The new token is valid at once or in a moment.
        eventually("the form with the new token is accepted", || {
            (send(&fresh, &text).status == 303).then_some(())
        });
        assert_eq!(portal().stored(&text).len(), 1);
    }
}

#[test]
fn a_forged_form_token_is_replaced_and_nothing_is_stored() {
    let ours = form_token();
    let forged = ours.replace('-', "-0");
    let another_time = ours.replacen(|c: char| c.is_ascii_digit(), "0", 1);
    for token in ["", "x", "1-2-3", &forged, &another_time] {
        let page = send(token, "Dấu thời gian giả.").assert_status(422);
        let page = page.assert_contains("Dấu thời gian giả.");
        assert_ne!(page.form_token(), token);
    }
    assert_eq!(portal().stored("Dấu thời gian giả.").len(), 0);
}

#[test]
fn a_text_with_many_links_is_refused_with_its_text_kept() {
    let text = "Xem https://example.vn/qua-tang ".repeat(11);
    let page = send(&form_token(), &text).assert_status(422);
    page.assert_contains("quá nhiều liên kết").assert_contains("https://example.vn/qua-tang");
    send(&form_token(), &"Xem https://example.vn/nguon ".repeat(10)).assert_taken();
}

/// Sends the form from the addresses of one network, one after the other, until the answer has the status 429.
fn flood(address: impl Fn(usize) -> String, path: &str, form: &[(&str, &str)]) -> Answer {
    (0..500)
        .map(|number| portal().request("POST", path).from(&address(number)).form(form).send())
        .find(|answer| answer.status == 429)
        .unwrap_or_else(|| panic!("{path} has no rate limit"))
}

#[test]
fn the_rate_limit_of_forms_keeps_the_text_and_does_not_affect_other_networks() {
    let token = form_token_aged(0);
    let form = [("ma_phieu", token.as_str()), ("noi_dung", "Gửi mãi không thôi.")];
    let page = flood(|_| "203.0.113.77".to_owned(), "/gop-y", &form).assert_not_stored();
    assert_eq!(page.header("retry-after"), Some("60"));
    page.assert_contains("Hãy đợi một phút").assert_contains("Gửi mãi không thôi.");
    // The neighbouring network is not limited.
    let other = portal().request("POST", "/gop-y").from("203.0.113.78").form(&form).send();
    other.assert_status(422);
}

#[test]
fn the_rate_limit_of_searches_keeps_the_query_and_does_not_affect_other_networks() {
    let search = |address: &str| {
        let path = "/tim-kiem?q=t%C3%ACm+m%C3%A3i+kh%C3%B4ng+th%C3%B4i&nam=2026";
        portal().request("GET", path).from(address).fault("catalogue-fails").send()
    };
    let page = (0..1_000).map(|_| search("203.0.113.80")).find(|answer| answer.status == 429);
    let page = page.expect("searches have a rate limit").assert_not_stored();
    assert_eq!(page.header("retry-after"), Some("60"));
    page.assert_contains("value=\"tìm mãi không thôi\"")
        .assert_contains("name=\"nam\" value=\"2026\"")
        .assert_contains("xin đợi một phút");
    search("203.0.113.81").assert_status(503);
    // Opening the search form is not limited.
    portal().request("GET", "/tim-kiem").from("203.0.113.80").send().assert_status(200);
}

#[test]
fn a_failing_rate_limit_refuses_nobody() {
    let request = portal().text_feedback(&form_token(), "Bộ đếm không trả lời.");
    request.fault("limit-fails").send().assert_taken();
    portal().assert_logs("the rate limit FORMS gave no answer");
}

#[test]
fn the_rate_limit_counts_an_ipv6_network_as_one_address() {
    let form = [("ma", "00000-00000-00000-00001")];
    let address = |number| format!("2001:db8:7:7:{number:x}::1");
    flood(address, "/gop-y/tra-cuu", &form).assert_contains("quá nhiều lần tra cứu");
}

#[test]
fn forty_senders_behind_one_address_are_within_the_rate_limit() {
    for number in 0..40 {
        let text = format!("Người thứ {number} trong xã.");
        portal().text_feedback(&form_token(), &text).from("198.51.100.5").send().assert_taken();
    }
}
