//! Parts of the platform taken away: what readers still get.

use crate::harness::{own_portal_with, portal};

#[test]
fn home_and_articles_need_no_database() {
    for path in ["/", "/bai-viet/bai-day-du", "/lien-he"] {
        let page = portal().request("GET", path).fault("db-fails,catalogue-fails").send();
        page.assert_status(200);
    }
    let home = portal().request("GET", "/").fault("db-fails,catalogue-fails").send();
    home.assert_contains("class=\"card\"");
}

#[test]
fn an_article_does_not_wait_for_its_related_articles_and_is_kept_briefly_without_them() {
    let portal = own_portal_with("related-away", &["SYNC_ON_LOAD:false"]);
    portal.put_article(
        "mot",
        "+++\ntitle = \"Một\"\nupdated = 2024-03-01\nauthor = \"An\"\n+++\nx\n",
    );
    for fault in ["catalogue-hangs", "catalogue-fails"] {
        let page = portal.request("GET", "/bai-viet/mot").fault(fault).send();
        let page = page.assert_success_cached();
        let cache = page.header("cache-control").unwrap().to_owned();
        assert_eq!(cache, "public, max-age=10, stale-while-revalidate=0, stale-if-error=0");
    }
}

#[test]
fn lists_say_plainly_that_they_are_away_and_the_log_has_the_cause() {
    for path in ["/tin-bai", "/chuyen-muc/nhieu-bai", "/bai-viet/nhieu-10/sau"] {
        let page = portal().request("GET", path).fault("catalogue-fails").send();
        let page = page.assert_status(503).assert_not_stored();
        page.assert_contains("Hệ thống đang gián đoạn").assert_lacks("injected");
    }
    portal().assert_logs("D1 failed: ");
    let map = portal().request("GET", "/so-do-trang").fault("catalogue-fails").send();
    map.assert_status(200).assert_not_stored().assert_contains("tạm thời chưa đọc được");
}

#[test]
fn pages_are_made_without_the_hot_index_rather_than_not_at_all() {
    for fault in ["index-fails", "index-corrupt"] {
        let page = portal().request("GET", "/bai-viet/bai-day-du").fault(fault).send();
        page.assert_status(200).assert_contains("Đoạn mở đầu").assert_lacks("Tin bài mới</h2>");
        portal().request("GET", "/").fault(fault).send().assert_status(200);
    }
}

#[test]
fn an_article_that_cannot_be_read_for_now_is_not_said_to_be_missing() {
    let page = portal().request("GET", "/bai-viet/bai-day-du").fault("articles-fail").send();
    page.assert_status(503).assert_not_stored().assert_contains("Tạm thời chưa xem được");
}

#[test]
fn an_old_address_is_not_kept_as_missing_while_the_catalogue_is_away() {
    let page = portal().request("GET", "/bai-viet/bai-cu").fault("catalogue-fails").send();
    page.assert_status(404).assert_not_stored();
}
