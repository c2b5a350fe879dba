//! Released questions and answers: their list, categories, pages and feed.

use std::sync::OnceLock;

use crate::harness::{Answer, Portal, own_portal};

/// A portal with 25 released questions and one that is answered but not released.
fn portal() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        let portal = own_portal("questions");
        portal.sql(
            "DB",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 26)
             INSERT INTO submission (id, receipt_hash, kind, subject, text, text_hash, received_at,
                                     state, answer, answered_at, handled_by)
             SELECT i, printf('%064d', i), 'cau-hoi', 'Câu hỏi gốc ' || i, 'Số điện thoại riêng ' || i, '',
                    1700000000, 'answered', 'Trả lời gốc ' || i, 1700086400, 'Hà' FROM n;
             INSERT INTO released (submission_id, subject, text, answer, category, released_at, handled_by)
             SELECT id, 'Hỏi ' || id || ' <script>alert(1)</script>', 'Nội dung ' || id || ' & <b>',
                    'Đáp ' || id || char(10) || 'dòng hai <i>',
                    CASE WHEN id <= 3 THEN 'Đất đai' WHEN id = 4 THEN '???' ELSE 'Thủ tục' END,
                    1700100000 + id * 60, 'Hà'
             FROM submission WHERE id <= 25;",
        );
        portal
    })
}

fn released(page: &Answer) -> Vec<String> {
    let text = page.text();
    let entries = text.split("<h2><a href=\"/hoi-dap/").skip(1);
    entries.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn questions_are_listed_newest_first_in_pages() {
    let first = portal().get("/hoi-dap").assert_success_cached();
    let expected: Vec<_> = (6..=25).rev().map(|id: i32| id.to_string()).collect();
    assert_eq!(released(&first), expected);
    let first = first
        .assert_contains("25 câu")
        .assert_contains("href=\"/hoi-dap?trang=2\"")
        .assert_contains("type=\"application/atom+xml\"")
        .assert_contains("Hỏi 25 &lt;script&gt;alert(1)&lt;/script&gt;")
        .assert_contains("Đáp 25\ndòng hai &lt;i&gt;")
        .assert_lacks("<script")
        .assert_lacks("Câu hỏi gốc")
        .assert_lacks("Số điện thoại riêng");
    let cache = first.header("cache-control").unwrap();
    assert!(
        cache.ends_with("stale-if-error=0"),
        "an erased question must not be served stale: {cache}"
    );
    let second = portal().get("/hoi-dap?trang=2").assert_success_cached();
    assert_eq!(released(&second), ["5", "4", "3", "2", "1"]);
    portal().get("/hoi-dap?trang=3").assert_status(404);
    portal().get("/hoi-dap?trang=x").assert_status(400);
}

#[test]
fn a_category_of_questions_has_pages_unless_its_name_gives_no_slug() {
    let page = portal().get("/hoi-dap?chuyen-muc=dat-dai").assert_success_cached();
    assert_eq!(released(&page), ["3", "2", "1"]);
    page.assert_contains("<h1>Hỏi đáp: Đất đai</h1>")
        .assert_contains("href=\"/hoi-dap?chuyen-muc=thu-tuc\"")
        .assert_lacks("chuyen-muc=\"");
    portal().get("/hoi-dap?chuyen-muc=thu-tuc&trang=2").assert_success_cached();
    portal().get("/hoi-dap?chuyen-muc=khong-co").assert_status(404);
    portal().get("/hoi-dap?chuyen-muc=A%20B").assert_status(400);
}

#[test]
fn each_released_question_has_an_address_and_others_have_none() {
    portal()
        .get("/hoi-dap/7")
        .assert_success_cached()
        .assert_contains("Nội dung 7 &amp; &lt;b&gt;")
        .assert_contains("rel=\"canonical\"");
    for path in ["/hoi-dap/26", "/hoi-dap/27", "/hoi-dap/0", "/hoi-dap/07", "/hoi-dap/x"] {
        portal().get(path).assert_status(404);
    }
}

#[test]
fn the_feed_has_the_newest_twenty_questions() {
    let feed = portal().get("/hoi-dap/atom.xml").assert_status(200);
    assert_eq!(feed.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let read = feed_rs::parser::parse(feed.bytes.as_slice()).unwrap();
    assert_eq!(read.entries.len(), 20);
    let newest = &read.entries[0];
    assert_eq!(newest.title.as_ref().unwrap().content, "Hỏi 25 <script>alert(1)</script>");
    assert_eq!(
        newest.content.as_ref().unwrap().body.as_deref(),
        Some(
            "<p>Nội dung 25 &amp; &lt;b&gt;</p><p><strong>Trả lời:</strong></p>\
             <p>Đáp 25</p><p>dòng hai &lt;i&gt;</p>"
        )
    );
    let feed = feed.assert_lacks("Hỏi 5 ");
    assert!(feed.header("cache-control").unwrap().ends_with("stale-if-error=0"));
}

#[test]
fn without_the_database_pages_of_questions_say_so_and_are_not_cached() {
    for path in ["/hoi-dap", "/hoi-dap/7", "/hoi-dap/atom.xml"] {
        let page = portal().request("GET", path).fault("db-fails").send();
        page.assert_status(503).assert_not_stored().assert_contains("Hệ thống đang gián đoạn");
    }
}
