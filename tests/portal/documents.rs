//! Documents of all sorts: made on Windows, in JSON form, very long, broken and hostile.

use crate::harness::portal;

#[test]
fn a_document_with_a_byte_order_mark_and_windows_line_ends_is_read() {
    portal()
        .get("/bai-viet/tu-windows")
        .assert_success_cached()
        .assert_contains("<p>Dòng một.</p>\n<p>Dòng hai.</p>");
}

#[test]
fn a_document_in_json_form_is_read() {
    portal()
        .get("/bai-viet/dang-json")
        .assert_success_cached()
        .assert_contains("<h2 id=\"muc\">Mục</h2>")
        .assert_contains("<strong>JSON</strong>");
}

#[test]
fn a_very_long_article_is_shown_whole() {
    let page = portal().get("/bai-viet/rat-dai").assert_success_cached();
    assert_eq!(page.text().matches("Đoạn văn dài để đo").count(), 4_000, "body and description");
}

#[test]
fn a_broken_document_answers_503_and_is_in_no_list() {
    for slug in ["thieu-truong", "khong-phai-tai-lieu", "utf-16", "ban-go-cu"] {
        let page =
            portal().get(&format!("/bai-viet/{slug}")).assert_status(503).assert_not_stored();
        assert_eq!(page.header("retry-after"), Some("60"));
        page.assert_contains("Tạm thời chưa xem được").assert_lacks("+++").assert_lacks("dòng");
        for list in ["/", "/tin-bai", "/tin-bai?trang=2"] {
            portal().get(list).assert_status(200).assert_lacks(&format!("/bai-viet/{slug}"));
        }
    }
}

#[test]
fn the_log_names_line_and_field_of_a_broken_document() {
    portal().get("/bai-viet/thieu-truong").assert_status(503);
    portal().assert_logs(
        "document thieu-truong cannot be shown: dòng 1, trường “updated”: bắt buộc phải có",
    );
}

#[test]
fn the_catalogue_stores_the_problems_of_a_broken_document() {
    portal().get("/").assert_status(200);
    let rows = portal().sql(
        "CATALOGUE",
        "SELECT slug, problems FROM document WHERE problems IS NOT NULL ORDER BY slug",
    );
    let text = serde_json::to_string(&rows).unwrap();
    for expected in
        ["ban-go-cu", "khong-phai-tai-lieu", "thieu-truong", "utf-16", "UTF-16", "UTF-8"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn no_script_of_a_hostile_document_runs() {
    for path in [
        "/bai-viet/thu-dich",
        "/tin-bai?trang=2",
        "/tin-bai",
        "/",
        "/so-do-trang",
        "/gop-y?bai=thu-dich",
    ] {
        let page = portal().get(path).assert_status(200).assert_runs_no_script().text();
        let lower = page.to_lowercase();
        assert!(!lower.contains("<img src=x"), "{path}:\n{page}");
        assert!(!lower.contains("javascript:alert(10)\""), "{path}:\n{page}");
        for attribute in ["href=\"javascript", "src=\"javascript", "src=\"http", " onerror=\""] {
            assert!(!lower.contains(attribute), "{path}: {attribute}\n{page}");
        }
    }
}
