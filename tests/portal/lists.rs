//! The home page, lists of articles, and the site map.

use crate::harness::{eventually, portal};

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
fn a_page_number_out_of_range_is_not_found_and_a_malformed_one_is_a_bad_request() {
    portal().get("/chuyen-muc/nhieu-bai?trang=3").assert_status(404);
    portal().get("/tin-bai?trang=999999").assert_status(404);
    portal().get("/chuyen-muc/khong-co").assert_status(404);
    for query in ["0", "x", "-1", "1e3", "", "99999999999999999999"] {
        portal().get(&format!("/tin-bai?trang={query}")).assert_status(400).assert_not_stored();
    }
}

#[test]
fn years_and_months_have_pages_of_their_own() {
    let all = portal().get("/tin-bai").assert_success_cached();
    all.assert_contains("<a href=\"/tin-bai/2018\">Năm 2018</a> (14)");
    portal()
        .get("/tin-bai/2018")
        .assert_success_cached()
        .assert_contains("<h1>Tin bài năm 2018</h1>")
        .assert_contains("14 bài, mới nhất trước")
        .assert_contains("<a href=\"/tin-bai/2018/03\">Tháng 3</a> (2)")
        .assert_lacks("Bài số 25");
    portal()
        .get("/tin-bai/2018/03")
        .assert_success_cached()
        .assert_contains("Hai từ liền nhau")
        .assert_lacks("Bài khoangduoi");
    let second = portal().get("/tin-bai/2020/01?trang=2").assert_success_cached().text();
    assert_eq!(second.matches("class=\"entry\"").count(), 5);
    portal().get("/tin-bai/2020/1").assert_redirect(301, "/tin-bai/2020/01");
}

#[test]
fn a_period_without_articles_or_not_in_the_calendar_is_not_found() {
    for path in
        ["/tin-bai/2031", "/tin-bai/2018/12", "/tin-bai/2018/13", "/tin-bai/18", "/tin-bai/x"]
    {
        portal().get(path).assert_status(404);
    }
    portal().get("/tin-bai/2018?trang=2").assert_status(404);
    portal().get("/tin-bai/2018?trang=x").assert_status(400).assert_not_stored();
}

#[test]
fn every_article_is_on_exactly_one_page_of_the_list() {
    let page = |number: usize| portal().get(&format!("/tin-bai/2020?trang={number}")).text();
    let slugs = |page: String| {
        let entries = page.split("<h2><a href=\"/bai-viet/").skip(1);
        entries.map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let pages: Vec<_> = (1..=3).flat_map(|number| slugs(page(number))).collect();
    let mut once = pages.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), pages.len());
    assert!((1..=25).all(|number| once.contains(&format!("nhieu-{number:02}"))), "{once:?}");
}

#[test]
fn related_articles_share_words_of_the_title_and_the_category() {
    let page = portal().get("/bai-viet/tim-du-thao").assert_success_cached();
    page.assert_lacks("Bài liên quan");
    // If the catalogue is slow, the page is made without related articles, so ask again.
    let page = eventually("the page shows related articles", || {
        let page = portal().get("/bai-viet/tim-lien-nhau").text();
        page.contains("Bài liên quan</h2>").then_some(page)
    });
    let (_, related) = page.split_once("Bài liên quan</h2>").unwrap();
    let (related, _) = related.split_once("</section>").unwrap();
    assert!(related.contains("/bai-viet/tim-cach-xa"), "{related}");
    assert!(!related.contains("/bai-viet/tim-lien-nhau"), "{related}");
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
fn a_sync_without_changes_leaves_the_lists_unchanged() {
    let before = portal().get("/chuyen-muc/nhieu-bai").text();
    portal().get("/cdn-cgi/handler/scheduled").assert_status(200);
    assert_eq!(portal().get("/chuyen-muc/nhieu-bai").text(), before);
}

#[test]
fn contact_and_privacy_name_the_office() {
    portal().get("/lien-he").assert_success_cached().assert_contains("0202 3555 110");
    portal().get("/quyen-rieng-tu").assert_success_cached().assert_contains("91/2025/QH15");
}
