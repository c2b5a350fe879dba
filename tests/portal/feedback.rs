//! The feedback form: what it accepts and refuses, and that a refused form keeps everything that was typed.

use serde_json::json;

use crate::harness::{Answer, form_token, portal, receipt_code};

fn send(fields: &[(&str, &str)]) -> Answer {
    portal().submit(fields)
}

fn stored(text: &str) -> Vec<serde_json::Value> {
    portal().stored(text)
}

#[test]
fn the_checkbox_for_consent_is_not_ticked_in_advance() {
    let form = portal().get("/gop-y").assert_status(200).assert_not_stored();
    let page = form.text();
    let (_, consent) = page.split_once("name=\"dong_y\"").unwrap();
    assert!(!consent.split('>').next().unwrap().contains("checked"));
    assert_ne!(form.form_token(), portal().get("/gop-y").form_token());
}

#[test]
fn a_form_sent_repeatedly_is_stored_once() {
    let token = form_token();
    let fields = [
        ("ma_phieu", token.as_str()),
        ("loai", "phan-anh"),
        ("tieu_de", "Đường vào xã"),
        ("noi_dung", "Đường vào xã Nà Khoang bị sạt."),
        ("ho_ten", "Nguyễn Văn An"),
        ("dia_chi", "Xã Nà Khoang"),
        ("dien_thoai", "0912 345 678"),
        ("thu_dien_tu", ""),
        ("dong_y", "1"),
    ];
    let first = send(&fields).assert_status(303).assert_not_stored();
    let location = first.header("location").unwrap().to_owned();
    assert!(location.starts_with("/gop-y/da-nhan/"), "{location}");
    send(&fields).assert_redirect(303, &location);

    let rows = stored("Đường vào xã Nà Khoang bị sạt.");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["name"], "Nguyễn Văn An");
    assert_eq!(rows[0]["kind"], "phan-anh");
    assert!(rows[0]["consented_at"].is_number());
    let code = receipt_code(&location);
    assert!(!rows[0].to_string().contains(code), "only the hash of the receipt code is stored");
    assert!(!portal().logged().contains("Nguyễn Văn An"), "personal data is in the log");

    let receipt = portal().get(&location).assert_status(200).assert_not_stored();
    receipt
        .assert_contains(code)
        .assert_contains("Đường vào xã")
        .assert_lacks("Nguyễn Văn An")
        .assert_lacks("0912 345 678");
}

#[test]
fn a_changed_text_with_the_same_form_token_is_another_submission() {
    let token = form_token();
    let with_text = |text| {
        let fields = [("ma_phieu", token.as_str()), ("loai", "bao-sai"), ("noi_dung", text)];
        send(&fields).assert_status(303).header("location").unwrap().to_owned()
    };
    let first = with_text("Bài ghi sai ngày, lần một.");
    let second = with_text("Bài ghi sai ngày, lần hai.");
    assert_ne!(first, second);
    assert_eq!(stored("Bài ghi sai ngày, lần một.").len(), 1);
    assert_eq!(stored("Bài ghi sai ngày, lần hai.").len(), 1);
}

#[test]
fn a_submission_without_personal_data_has_no_identity_row() {
    let token = form_token();
    let fields = [
        ("ma_phieu", token.as_str()),
        ("loai", "gop-y"),
        ("tieu_de", "Giờ mở cửa"),
        ("noi_dung", "Xin mở cửa thư viện buổi tối."),
    ];
    send(&fields).assert_status(303);
    let rows = stored("Xin mở cửa thư viện buổi tối.");
    assert_eq!(rows.len(), 1);
    assert!(rows[0]["name"].is_null() && rows[0]["consented_at"].is_null(), "{rows:?}");
}

#[test]
fn a_mistake_shows_the_form_again_with_everything_typed_and_links_to_the_fields() {
    let token = form_token();
    let text = "Dòng một </textarea><script>alert(1)</script>\nDòng hai & \"ngoặc\"";
    let page = send(&[
        ("ma_phieu", &token),
        ("bai", "bai-day-du"),
        ("loai", "phan-anh"),
        ("tieu_de", "Tiêu đề \"><script>x</script>"),
        ("noi_dung", text),
        ("ho_ten", "Trần Thị Bình"),
        ("dia_chi", ""),
        ("dien_thoai", "không có"),
        ("thu_dien_tu", "binh@example"),
    ])
    .assert_status(422)
    .assert_not_stored();
    let page = page
        .assert_contains("còn 4 chỗ cần sửa")
        .assert_contains("<a href=\"#dia_chi\">Hãy điền địa chỉ.</a>")
        .assert_contains("<a href=\"#dien_thoai\">")
        .assert_contains("<a href=\"#thu_dien_tu\">")
        .assert_contains("<a href=\"#dong_y\">")
        .assert_contains("id=\"dia_chi_loi\"")
        .assert_contains("aria-describedby=\"dia_chi_loi\"")
        .assert_contains("value=\"Trần Thị Bình\"")
        .assert_contains("value=\"binh@example\"")
        .assert_contains(
            "Dòng một &lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;\nDòng hai &amp;",
        )
        .assert_contains(&format!("value=\"{token}\""))
        .assert_contains("Bài đầy đủ các trường")
        .assert_lacks("<script");
    let text = page.text();
    let (_, chosen) = text.split_once("value=\"phan-anh\"").unwrap();
    assert!(chosen.split('>').next().unwrap().contains("checked"));
}

#[test]
fn a_body_over_the_limit_is_refused_with_and_without_content_length() {
    let body = format!("noi_dung={}", "a".repeat(300 * 1024));
    let request = || {
        portal()
            .request("POST", "/gop-y")
            .header("content-type", "application/x-www-form-urlencoded")
    };
    request().body(body.clone()).send().assert_status(413).assert_contains("quá dài");
    request().header("transfer-encoding", "chunked").body(body).send().assert_status(413);
}

#[test]
fn a_text_of_the_maximum_length_is_accepted() {
    let token = form_token();
    let text = "ế".repeat(20_000);
    let fields = [("ma_phieu", token.as_str()), ("loai", "bao-sai"), ("noi_dung", &text)];
    send(&fields).assert_status(303);
    let longer = format!("{text}ế");
    let fields = [("ma_phieu", token.as_str()), ("loai", "bao-sai"), ("noi_dung", &longer)];
    send(&fields).assert_status(422).assert_contains("20.001 ký tự").assert_contains(&longer);
}

#[test]
fn a_form_from_another_site_is_refused() {
    let own = portal().origin();
    let attempt = |name: &str, value: &str| {
        portal()
            .request("POST", "/gop-y")
            .form(&[("noi_dung", "x")])
            .header(name, value)
            .send()
            .status
    };
    for origin in ["https://example.com", "null", "http://localhost", "http://localhost:1"] {
        assert_eq!(attempt("origin", origin), 403, "{origin}");
    }
    assert_eq!(attempt("origin", &own), 422, "a form from the portal's own origin is validated");
    for site in ["cross-site", "same-site", "none"] {
        assert_eq!(attempt("sec-fetch-site", site), 403, "{site}");
    }
    assert_eq!(attempt("sec-fetch-site", "same-origin"), 422);
}

#[test]
fn a_body_of_another_content_type_is_refused() {
    let request = portal().request("POST", "/gop-y").header("content-type", "application/json");
    request.body("{}").send().assert_status(415);
    portal().request("POST", "/gop-y").body("x").send().assert_status(415);
}

#[test]
fn a_comment_is_accepted_on_an_open_draft_and_refused_with_its_text_kept_on_a_closed_one() {
    portal()
        .get("/gop-y?du-thao=du-thao-dang-mo")
        .assert_status(200)
        .assert_contains("Dự thảo đang mở")
        .assert_contains("value=\"gop-y-du-thao\"");
    portal()
        .get("/gop-y?du-thao=du-thao-da-dong")
        .assert_contains("Đã hết thời gian góp ý")
        .assert_lacks("<textarea");

    let token = form_token();
    let comment = |draft| {
        let fields = [
            ("ma_phieu", token.as_str()),
            ("loai", "gop-y-du-thao"),
            ("bai", draft),
            ("noi_dung", "Đề nghị sửa Điều 1."),
        ];
        send(&fields)
    };
    comment("du-thao-dang-mo").assert_status(303);
    for draft in ["du-thao-da-dong", "bai-day-du", "khong-co"] {
        comment(draft).assert_status(422).assert_contains("Đề nghị sửa Điều 1.");
    }
    let sql = "SELECT slug, clause FROM comment WHERE text = 'Đề nghị sửa Điều 1.'";
    let rows = portal().sql("DB", sql);
    assert_eq!(rows, [json!({"slug": "du-thao-dang-mo", "clause": ""})]);
}
