//! Home, lists and the site map.

use crate::harness::portal;

#[test]
fn a_category_is_listed_newest_first_in_pages() {
    let first = portal().get("/chuyen-muc/nhieu-bai").assert_success_cached().text();
    assert_eq!(first.matches("class=\"entry\"").count(), 20);
    assert!(first.find("Bài số 25").unwrap() < first.find("Bài số 24").unwrap());
    assert!(first.contains("25 bài, mới nhất trước; trang 1 trên 2"));
    assert!(first.contains("href=\"/chuyen-muc/nhieu-bai?trang=2\""));
    let second = portal().get("/chuyen-muc/nhieu-bai?trang=2").assert_success_cached().text();
    assert_eq!(second.matches("class=\"entry\"").count(), 5);
    assert!(second.contains("Tóm tắt 1."));
}

#[test]
fn a_page_out_of_range_is_not_found_and_nonsense_is_a_bad_request() {
    portal().get("/chuyen-muc/nhieu-bai?trang=3").assert_status(404);
    portal().get("/tin-bai?trang=999999").assert_status(404);
    portal().get("/chuyen-muc/khong-co").assert_status(404);
    for query in ["0", "x", "-1", "1e3", "", "99999999999999999999"] {
        portal().get(&format!("/tin-bai?trang={query}")).assert_status(400).assert_not_stored();
    }
}

#[test]
fn the_site_map_names_every_category_with_its_count() {
    portal()
        .get("/so-do-trang")
        .assert_success_cached()
        .assert_contains("<a href=\"/chuyen-muc/nhieu-bai\">Nhiều bài</a> (25 bài)")
        .assert_contains("Khoa học và công nghệ");
}

#[test]
fn a_sync_by_cron_leaves_the_lists_as_they_are() {
    let before = portal().get("/chuyen-muc/nhieu-bai").text();
    portal().get("/cdn-cgi/handler/scheduled").assert_status(200);
    assert_eq!(portal().get("/chuyen-muc/nhieu-bai").text(), before);
}

#[test]
fn contact_and_privacy_name_the_office() {
    portal().get("/lien-he").assert_success_cached().assert_contains("0202 3555 110");
    portal().get("/quyen-rieng-tu").assert_success_cached().assert_contains("91/2025/QH15");
}
