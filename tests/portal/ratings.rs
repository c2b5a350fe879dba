//! Ratings of articles ("Thông tin này có ích không?").

use crate::harness::{Answer, portal};

fn rate(slug: &str, fields: &[(&str, &str)]) -> Answer {
    portal().request("POST", &format!("/bai-viet/{slug}/danh-gia")).form(fields).send()
}

#[test]
fn ratings_work_on_cached_pages_and_store_nothing_about_the_reader() {
    let page = portal().get("/bai-viet/bai-day-du").assert_success_cached();
    assert_eq!(page.header("set-cookie"), None);
    page.assert_contains("action=\"/bai-viet/bai-day-du/danh-gia\"")
        .assert_contains("name=\"co_ich\" value=\"co\"")
        .assert_contains("name=\"co_ich\" value=\"khong\"");

    let own = "/bai-viet/bai-day-du/danh-gia";
    rate("bai-day-du", &[("co_ich", "co"), ("nhan_xet", "")]).assert_redirect(303, own);
    let remark = "Thiếu số điện thoại.";
    rate("bai-day-du", &[("nhan_xet", remark), ("co_ich", "khong")]).assert_not_stored();
    portal().get(own).assert_not_stored().assert_contains("Cảm ơn bạn đã đánh giá");

    let rows = portal().sql(
        "DB",
        "SELECT is_useful, remark, (SELECT group_concat(name) FROM pragma_table_info('rating')) AS columns
         FROM rating WHERE slug = 'bai-day-du' ORDER BY id",
    );
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!((&rows[0]["is_useful"], &rows[1]["is_useful"]), (&1.into(), &0.into()));
    assert_eq!(rows[1]["remark"], remark);
    assert_eq!(rows[0]["columns"], "id,slug,is_useful,remark,at");
}

#[test]
fn a_refused_rating_keeps_its_remark() {
    let hostile = "</textarea><script>alert(1)</script>";
    let page = rate("bai-day-du", &[("nhan_xet", hostile)]).assert_status(422);
    page.assert_contains("Hãy bấm một trong hai nút")
        .assert_contains("&lt;/textarea&gt;&lt;script&gt;")
        .assert_lacks("<script");
    let long = "dài ".repeat(200);
    let page = rate("bai-day-du", &[("nhan_xet", &long), ("co_ich", "co")]).assert_status(422);
    page.assert_contains("dài quá 500 ký tự").assert_contains(long.trim());

    let form = [("nhan_xet", "Kho vắng mặt."), ("co_ich", "co")];
    for fault in ["db-fails", "articles-fail"] {
        let request = portal().request("POST", "/bai-viet/nhieu-01/danh-gia").fault(fault);
        let page = request.form(&form).send().assert_status(503).assert_not_stored();
        page.assert_contains("Kho vắng mặt.").assert_contains("tạm thời không lưu được");
    }
}

#[test]
fn only_public_articles_can_be_rated_and_only_from_this_site() {
    for slug in ["khong-co", "nhap", "hen-gio"] {
        rate(slug, &[("co_ich", "co")]).assert_status(404);
    }
    let request = portal().request("POST", "/bai-viet/nhieu-01/danh-gia");
    let foreign = request.header("origin", "https://example.com").form(&[("co_ich", "co")]);
    foreign.send().assert_status(403);
    rate("nhieu-02", &[("co_ich", "co"), ("nhan_xet", &"x".repeat(40_000))]).assert_status(413);
    // Other tests rate other articles at the same time.
    let rows = portal().sql(
        "DB",
        "SELECT 1 FROM rating WHERE slug IN ('khong-co', 'nhap', 'hen-gio', 'nhieu-01', 'nhieu-02')",
    );
    assert_eq!(rows.len(), 0, "{rows:?}");
}
