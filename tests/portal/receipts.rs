//! Receipts: the state of a submission, withdrawing it, and looking it up.

use cong_core::submission::Receipt;
use serde_json::json;

use crate::harness::{Answer, form_token, portal, receipt_code, receipt_hash};

const NAME: &str = "Hoàng Thị Vân Khánh";
const PHONE: &str = "0987 654 321";

/// Sends a petition with all fields, and returns the address of its receipt.
#[track_caller]
fn petition(text: &str) -> String {
    let form = [
        ("loai", "phan-anh"),
        ("tieu_de", "Về thủ tục <b>"),
        ("noi_dung", text),
        ("ho_ten", NAME),
        ("dia_chi", "Bản Nà Lốc"),
        ("dien_thoai", PHONE),
        ("thu_dien_tu", "Khanh@example.vn"),
        ("dong_y", "1"),
    ];
    portal().submit(&form).assert_taken()
}

/// Returns the submission's row in the database, with the identity of its sender.
fn row(location: &str) -> serde_json::Value {
    let hash = receipt_hash(location);
    let sql = format!(
        "SELECT id, state, subject, text, name, phone FROM submission
         LEFT JOIN identity ON submission_id = id WHERE receipt_hash = '{hash}'"
    );
    portal().sql("DB", &sql).remove(0)
}

#[test]
fn a_receipt_shows_the_state_and_no_personal_data() {
    let location = petition("Đơn gửi để xem biên nhận.");
    let receipt = portal().get(&location).assert_status(200).assert_not_stored();
    assert_eq!(receipt.header("referrer-policy"), Some("strict-origin"), "the address is a key");
    receipt
        .assert_contains("Đã tiếp nhận")
        .assert_contains("Hạn trả lời")
        .assert_contains("Căn cứ: ")
        .assert_contains("không gửi qua thư điện tử")
        .assert_contains("Trang này không nhận tệp")
        .assert_contains("<meta name=\"robots\" content=\"noindex\">")
        .assert_contains("Về thủ tục &lt;b&gt;")
        .assert_contains("/gop-y/tra-cuu</p>")
        .assert_lacks(NAME)
        .assert_lacks("Nà Lốc")
        .assert_lacks(PHONE)
        .assert_lacks("hanh@example.vn");
}

#[test]
fn a_receipt_links_to_the_article_of_the_submission() {
    let token = form_token();
    let form = |about| {
        [
            ("ma_phieu", token.as_str()),
            ("loai", "bao-sai"),
            ("noi_dung", "Sai ngày."),
            ("bai", about),
        ]
    };
    let location = portal().submit(&form("bai-day-du")).assert_taken();
    portal()
        .get(&location)
        .assert_contains("<a href=\"/bai-viet/bai-day-du\">Bài đầy đủ các trường</a>");
    for gone in ["khong-con-nua", "nhap"] {
        let location = portal().submit(&form(gone)).assert_taken();
        portal().get(&location).assert_status(200).assert_lacks("Về bài");
    }
}

#[test]
fn the_due_date_counts_working_days_or_calendar_days() {
    let received = |hash: &str, kind: &str, days: u32, counts: &str, at: &str| {
        portal().sql(
            "DB",
            &format!(
                "INSERT INTO submission (receipt_hash, kind, subject, text, text_hash, received_at,
                                         answer_days, answer_counts)
                 VALUES ('{hash}', '{kind}', 'x', 'x', '', unixepoch('{at}'), {days}, '{counts}')"
            ),
        );
    };
    let due = |code: &str, kind: &str, days: u32, counts: &str, at: &str| {
        let receipt = Receipt::parse(code).unwrap();
        received(&receipt.hash(), kind, days, counts, at);
        portal().get(&format!("/gop-y/da-nhan/{receipt}")).assert_status(200)
    };
    // The period includes the Tết holidays of 2026, and the due date has passed.
    due("00000-00000-00000-00000", "gop-y", 15, "working", "2026-02-06T09:00:00+07:00")
        .assert_contains("06/03/2026")
        .assert_contains("đã quá hạn");
    due("00000-00000-00000-00101", "bao-sai", 10, "calendar", "2030-01-01T09:00:00+07:00")
        .assert_contains("11/01/2030")
        .assert_contains("dự kiến")
        .assert_lacks("đã quá hạn");
}

#[test]
fn a_sender_withdraws_a_submission_with_the_contact_given_in_the_form() {
    let location = petition("Đơn sẽ được rút lại.");
    let id = row(&location)["id"].clone();
    let page = portal().get(&format!("{location}?viec=rut")).assert_status(200).assert_not_stored();
    page.assert_contains("Rút lại ý kiến này?")
        .assert_contains("không hoàn tác được")
        .assert_contains("name=\"lien_lac\"")
        .assert_contains("content=\"noindex\"")
        .assert_lacks(PHONE);
    assert_eq!(row(&location)["state"], "received", "opening the page changes nothing");

    for wrong in ["", "0987 654 320", "\"><script>"] {
        let page = portal().act(&location, "rut", wrong).assert_status(422).assert_not_stored();
        page.assert_contains("không khớp").assert_lacks("<script").assert_lacks(PHONE);
    }
    portal().act(&location, "rut", "0987654320").assert_contains("value=\"0987654320\"");
    let away = portal().request("POST", &format!("{location}?viec=rut")).fault("db-fails");
    let page = away.form(&[("lien_lac", PHONE)]).send();
    assert!(page.status == 503, "{}", page.status);
    let foreign = portal().request("POST", &format!("{location}?viec=rut"));
    let foreign = foreign.header("origin", "https://example.com").form(&[("lien_lac", PHONE)]);
    foreign.send().assert_status(403);
    assert_eq!(row(&location)["state"], "received");

    portal().act(&location, "rut", " +84987654321 ").assert_redirect(303, &location);
    let expected = json!({
        "id": id, "state": "withdrawn", "subject": "", "text": "", "name": null, "phone": null
    });
    assert_eq!(row(&location), expected);
    let receipt = portal().get(&location).assert_status(200).assert_not_stored();
    receipt
        .assert_contains("Ý kiến này đã được rút lại")
        .assert_lacks("Về thủ tục")
        .assert_lacks("viec=rut");
    portal().act(&location, "rut", "").assert_redirect(303, &location);
    portal().get(&format!("{location}?viec=rut")).assert_redirect(303, &location);

    let trail = portal().sql("DB", &format!("SELECT * FROM audit WHERE submission_id = {id}"));
    let trail = serde_json::to_string(&trail).unwrap();
    assert!(trail.contains("state received > withdrawn") && trail.contains("identity erased"));
    assert!(!trail.contains("Khánh") && !trail.contains("654") && !trail.contains("rút lại"));
}

#[test]
fn a_sender_erases_personal_data_and_the_submission_stays() {
    let location = petition("Đơn ở lại, người gửi thì không.");
    portal().get(&location).assert_contains("Xóa thông tin cá nhân của tôi");
    portal().act(&location, "xoa", "khanh@EXAMPLE.vn").assert_redirect(303, &location);
    let row = row(&location);
    assert_eq!(row["text"], "Đơn ở lại, người gửi thì không.");
    assert!(row["name"].is_null() && row["phone"].is_null(), "{row}");
    portal().get(&location).assert_lacks("Xóa thông tin cá nhân của tôi");
    portal().get(&format!("{location}?viec=xoa")).assert_redirect(303, &location);
}

#[test]
fn without_a_contact_in_the_form_none_is_required_to_withdraw() {
    let location = portal().submit_text("Không để lại cách liên lạc.");
    let page = portal().get(&format!("{location}?viec=rut")).assert_status(200);
    page.assert_lacks("name=\"lien_lac\"");
    portal().act(&location, "rut", "").assert_redirect(303, &location);
    assert_eq!(row(&location)["state"], "withdrawn");
}

#[test]
fn a_withdrawn_submission_stays_withdrawn_when_its_form_is_sent_again() {
    let token = form_token();
    let form =
        [("ma_phieu", token.as_str()), ("loai", "bao-sai"), ("noi_dung", "Gửi, rút, gửi lại.")];
    let location = portal().submit(&form).assert_taken();
    portal().act(&location, "rut", "").assert_redirect(303, &location);
    assert_eq!(portal().submit(&form).assert_taken(), location);
    assert_eq!(row(&location)["text"], "");
}

#[test]
fn a_receipt_accepts_no_form_and_an_action_requires_post() {
    let location = portal().submit_text("Chỉ để thử các cách gửi.");
    let answer = portal().request("POST", &location).form(&[]).send().assert_status(405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD"));
    portal().get(&format!("{location}?viec=khac")).assert_status(400).assert_not_stored();
    let head = portal().request("HEAD", &format!("{location}?viec=rut")).send();
    head.assert_status(200).assert_not_stored();
    assert_eq!(row(&location)["state"], "received");
}

fn look_up(code: &str) -> Answer {
    portal().request("POST", "/gop-y/tra-cuu").form(&[("ma", code)]).send()
}

#[test]
fn receipt_codes_are_accepted_in_different_spellings() {
    let location = portal().submit_text("Ý kiến để tra cứu.");
    let code = receipt_code(&location);
    for written in [
        code.to_owned(),
        format!("  {} ", code.to_lowercase()),
        code.replace('-', ""),
        code.replace('-', " ").replace('0', "O").replace('1', "l"),
    ] {
        look_up(&written).assert_redirect(303, &location).assert_not_stored();
    }
    portal()
        .get("/gop-y/tra-cuu")
        .assert_status(200)
        .assert_not_stored()
        .assert_contains("name=\"ma\"");
    let lower = format!("/gop-y/da-nhan/{}", code.to_lowercase());
    portal().get(&lower).assert_redirect(301, &location).assert_not_stored();
    assert!(!portal().logged().contains(code), "the receipt code is in the log");
}

#[test]
fn mistyped_and_unknown_receipt_codes_get_different_messages() {
    for (code, status, message) in [
        ("00000-00000-00000-00001", 422, "có một chỗ gõ nhầm"),
        ("ZZZZZ-00000-00000-00000", 422, "có một chỗ gõ nhầm"),
        ("00000-00000-00000-00202", 404, "không có ý kiến nào mang mã này"),
        ("", 422, "Hãy điền đủ mã"),
        ("7K2QM", 422, "Hãy điền đủ mã"),
        ("\"><script>alert(1)</script>", 422, "&quot;&gt;&lt;script&gt;"),
        ("' OR 1=1 --", 422, "Hãy điền đủ mã"),
    ] {
        let page = look_up(code).assert_status(status).assert_not_stored();
        page.assert_contains(message).assert_lacks("<script");
    }
    for code in ["00000-00000-00000-00001", "00000-00000-00000-0000", "xin-chao"] {
        portal()
            .get(&format!("/gop-y/da-nhan/{code}"))
            .assert_status(404)
            .assert_not_stored()
            .assert_contains("Mã biên nhận chưa đúng")
            .assert_contains("href=\"/gop-y/tra-cuu\"");
    }
    portal()
        .get("/gop-y/da-nhan/00000-00000-00000-00202")
        .assert_status(404)
        .assert_not_stored()
        .assert_contains("Không tìm thấy biên nhận");
}

#[test]
fn without_the_database_a_receipt_code_is_not_reported_as_unknown() {
    let request = portal().request("POST", "/gop-y/tra-cuu").fault("db-fails");
    let page = request.form(&[("ma", "00000-00000-00000-00303")]).send().assert_status(503);
    page.assert_not_stored()
        .assert_contains("Hệ thống đang gián đoạn")
        .assert_contains("value=\"00000-00000-00000-00303\"");
    let receipt =
        portal().request("GET", "/gop-y/da-nhan/00000-00000-00000-00303").fault("db-fails");
    receipt.send().assert_status(503).assert_not_stored();
}
