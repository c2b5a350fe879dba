//! Drafts open for comment: their pages, their list, and how long caches may keep these.

use std::sync::OnceLock;

use crate::harness::{Answer, Portal, eventually, now, own_portal, own_portal_with, portal, time};

const DAY: i64 = 24 * 3600;

/// A portal that only the tests of this module share.
fn shared() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| own_portal("consultations"))
}

fn draft(title: &str, opens: i64, closes: i64, more: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nupdated = 2020-02-03\nauthor = \"An\"\n[consultation]\n\
         opens = {}\ncloses = {}\nunit = \"Ban Tư vấn\"\n{more}\n+++\nNội dung.\n",
        time(opens),
        time(closes)
    )
}

/// Returns the maximum number of seconds for which caches may serve the answer, including the time in which they may
/// serve it although it is stale.
fn longest_use(answer: &Answer) -> i64 {
    let cache = answer.header("cache-control").unwrap();
    if cache == "no-store" {
        return 0;
    }
    let seconds = |name: &str| -> i64 {
        let (_, rest) = cache.split_once(name).unwrap();
        rest.split(',').next().unwrap().parse().unwrap()
    };
    let stale = seconds("stale-while-revalidate=").max(seconds("stale-if-error="));
    seconds(", max-age=") + stale
}

/// Returns the slugs of the articles in a list, in order.
fn listed(list: &str) -> Vec<&str> {
    let links = list.split("class=\"entry\"").skip(1);
    links.map(|rest| rest.split("/bai-viet/").nth(1).unwrap().split('"').next().unwrap()).collect()
}

#[test]
fn a_draft_shows_its_state_its_deadline_and_how_to_comment() {
    let page = portal().get("/bai-viet/du-thao-dang-mo").assert_success_cached();
    page.assert_contains("<h2 id=\"lay_y_kien\">Đang lấy ý kiến</h2>")
        .assert_contains("giờ Việt Nam")
        .assert_contains("còn 1 ngày")
        .assert_contains("Ban Tư vấn")
        .assert_contains("Gửi ý kiến bằng cách khác")
        .assert_contains("href=\"/gop-y?du-thao=du-thao-dang-mo\"");
    for (slug, state) in [
        ("du-thao-sap-mo", "Sắp lấy ý kiến"),
        ("du-thao-da-dong", "Đã hết hạn góp ý, đang tổng hợp ý kiến"),
        ("du-thao-da-ban-hanh", "Đã ban hành"),
    ] {
        portal()
            .get(&format!("/bai-viet/{slug}"))
            .assert_contains(&format!("<h2 id=\"lay_y_kien\">{state}</h2>"))
            .assert_lacks("href=\"/gop-y?du-thao=");
    }
}

#[test]
fn pages_that_show_a_draft_as_open_expire_at_its_deadline_and_at_midnight() {
    let portal = shared();
    let closes = now().0 + 600;
    portal.put_article("sap-het-han", draft("Sắp hết hạn", -30 * DAY, 600, ""));
    for path in ["/bai-viet/sap-het-han", "/du-thao", "/"] {
        let asked_at = now();
        let page = portal.get(path).assert_success_cached();
        let kept_to = asked_at.0 + longest_use(&page);
        assert!(kept_to > asked_at.0 && kept_to <= closes, "{path}: {kept_to}, {closes}");
        let midnight = asked_at.next_midnight();
        assert!(now() >= midnight || kept_to < midnight.0, "{path}: {kept_to}, {midnight:?}");
        page.assert_contains("/bai-viet/sap-het-han").assert_contains("ngày");
    }
}

#[test]
fn after_its_deadline_a_draft_is_closed_everywhere_and_a_comment_is_refused_with_its_text_kept() {
    let portal = shared();
    let closes = now().0 + 5;
    portal.put_article("vua-het-han", draft("Vừa hết hạn", -30 * DAY, 5, ""));
    eventually("the last second is over", || (now().0 > closes + 1).then_some(()));
    portal
        .get("/bai-viet/vua-het-han")
        .assert_contains("Đã hết hạn góp ý")
        .assert_lacks("Góp ý dự thảo này");
    let list = portal.get("/du-thao").text();
    let (_, closed) = list.split_once("<h2>Đã hết hạn góp ý").unwrap();
    assert!(closed.contains("/bai-viet/vua-het-han"), "{list}");
    let fields = [("loai", "gop-y-du-thao"), ("bai", "vua-het-han"), ("noi_dung", "Ý kiến muộn.")];
    portal.submit(&fields).assert_status(422).assert_contains("Ý kiến muộn.");
}

#[test]
fn the_list_has_all_drafts_by_state_and_deadline() {
    let page = portal().get("/du-thao").assert_success_cached();
    let list = page.text();
    // Other tests comment on drafts of their own and answer them at the same time.
    let is_others = |slug: &str| {
        ["so-sanh-", "ban-"].iter().any(|prefix| slug.starts_with(prefix))
            || slug.contains("tra-loi")
            || slug == "du-thao-nhieu-dieu"
    };
    let slugs: Vec<_> = listed(&list).into_iter().filter(|slug| !is_others(slug)).collect();
    assert_eq!(
        slugs,
        [
            "du-thao-dang-mo",
            "du-thao-con-lau",
            "du-thao-sap-mo",
            "du-thao-da-dong",
            "du-thao-dong-truoc",
            "du-thao-da-ban-hanh",
        ]
    );
    let headings: Vec<_> = list
        .split("<h2>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .filter(|heading| *heading != "Đã tiếp thu, giải trình")
        .collect();
    assert_eq!(
        headings,
        [
            "Đang lấy ý kiến",
            "Sắp lấy ý kiến",
            "Đã hết hạn góp ý, đang tổng hợp ý kiến",
            "Đã ban hành"
        ]
    );
    page.assert_contains("còn 1 ngày")
        .assert_contains("Đơn vị tổng hợp: Ban Tư vấn")
        .assert_contains("<a href=\"/bai-viet/bai-day-du\">Xem văn bản đã ban hành</a>");
    portal().get("/du-thao?trang=2").assert_status(404);
}

#[test]
fn home_navigation_and_site_maps_link_to_the_list_of_drafts() {
    let home = portal().get("/").text();
    assert!(home.contains("<a href=\"/du-thao\">Dự thảo</a>"));
    assert!(home.contains("<a href=\"/du-thao\">Tất cả dự thảo</a>"));
    assert!(home.contains("còn 1 ngày"));
    portal().get("/du-thao").assert_contains("<a href=\"/du-thao\" aria-current=\"page\">");
    portal().get("/so-do-trang").assert_contains("<a href=\"/du-thao\">Dự thảo lấy ý kiến</a>");
    portal().get("/sitemap-trang.xml").assert_contains("/du-thao</loc>");
    portal().get("/du-thao/du-thao-dang-mo").assert_redirect(301, "/bai-viet/du-thao-dang-mo");
}

#[test]
fn the_list_of_drafts_is_divided_into_pages() {
    let portal = own_portal_with("many-drafts", &["SYNC_ON_LOAD:false"]);
    portal.get("/du-thao").assert_success_cached().assert_contains("Chưa có dự thảo nào");
    portal.sql(
        "CATALOGUE",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 51)
         INSERT INTO article (slug, title, summary, lang, category_slug, category_name, published,
             updated, listed_at, month, draft, publish_at, listed, pinned, consultation_opens,
             consultation_closes, consultation_unit)
         SELECT 'du-thao-' || i, 'Dự thảo', '', 'vi', '', '', 1577840400, 1577840400, 1577840400,
             202001, 0, 0, 1, 0, 1577840400, 1580000000 + i, 'Ban' FROM n;",
    );
    let first = portal.get("/du-thao").assert_success_cached().text();
    assert_eq!((listed(&first).len(), listed(&first)[0]), (50, "du-thao-51"));
    assert!(first.contains("href=\"/du-thao?trang=2\""));
    let second = portal.get("/du-thao?trang=2").assert_success_cached().text();
    assert_eq!(listed(&second), ["du-thao-1"]);
    assert!(second.contains("<h2>Đã hết hạn góp ý, đang tổng hợp ý kiến</h2>"));
    portal.get("/du-thao?trang=3").assert_status(404);
}

#[test]
fn a_draft_shows_the_number_of_its_comments_and_that_it_is_answered() {
    let portal = shared();
    portal.put_article("co-y-kien", draft("Có ý kiến", -40 * DAY, -DAY, ""));
    let tally = "INSERT INTO consultation (slug, received, withdrawn, answered_at)";
    portal.sql("DB", &format!("{tally} VALUES ('co-y-kien', 12, 2, unixepoch() - 60)"));
    // If the database is slow, the page is made without the number of comments, so ask again.
    let page = eventually("the page shows the number of comments", || {
        let page = portal.get("/bai-viet/co-y-kien").text();
        page.contains("Đã nhận").then_some(page)
    });
    assert!(page.contains("Đã nhận 12 ý kiến, 2 đã rút lại"));
    assert!(page.contains("<h2 id=\"lay_y_kien\">Đã tiếp thu, giải trình</h2>"));
    portal
        .get("/du-thao")
        .assert_contains("<h2>Đã tiếp thu, giải trình</h2>")
        .assert_contains("href=\"/du-thao/co-y-kien/tiep-thu\"");
}

#[test]
fn without_the_database_drafts_are_shown_and_cached_briefly() {
    let portal = shared();
    portal.put_article("khong-dem", draft("Không đếm được", -40 * DAY, 9 * DAY, ""));
    for fault in ["db-hangs", "db-fails"] {
        let page = portal.request("GET", "/bai-viet/khong-dem").fault(fault).send();
        assert!(longest_use(&page) <= 10, "{:?}", page.header("cache-control"));
        page.assert_status(200).assert_contains("Đang lấy ý kiến").assert_lacks("Đã nhận");
    }
    portal.assert_logs("D1 failed while reading the tally of a draft: ");
    let list = portal.request("GET", "/du-thao").fault("db-fails").send();
    assert!(longest_use(&list) <= 10, "{:?}", list.header("cache-control"));
    list.assert_status(200).assert_contains("Không đếm được");
    portal.assert_logs("D1 failed while reading which drafts are answered: ");
    let list = portal.request("GET", "/du-thao").fault("catalogue-fails").send();
    list.assert_status(503).assert_not_stored();
}

#[test]
fn an_extended_deadline_is_shown_with_the_old_one() {
    let portal = shared();
    let more = "[[consultation.extended]]\nfrom = 2026-02-20T17:00:00\non = 2026-02-18\n\
                note = \"Theo đề nghị của hội viên.\"\n[[changes]]\ndate = 2026-03-01\nnote = \"Sửa sau.\"\n\
                [[changes]]\ndate = 2026-02-02\nnote = \"Sửa trước.\"";
    let document = "+++\ntitle = \"Gia hạn\"\nupdated = 2026-02-18\nauthor = \"An\"\n[consultation]\n\
                    opens = 2026-02-01\ncloses = 2026-03-20T17:00:00\nunit = \"Ban\"\n";
    portal.put_article("gia-han", format!("{document}{more}\n+++\nNội dung.\n"));
    let page = portal.get("/bai-viet/gia-han").assert_status(200);
    let text = page.text();
    let (_, history) = text.split_once("Lịch sử thay đổi").unwrap();
    let places = ["Sửa trước.", "Gia hạn nhận ý kiến đến 17:00 ngày 20/03/2026", "Sửa sau."]
        .map(|entry| history.find(entry).unwrap());
    assert!(places.is_sorted(), "{history}");
    page.assert_contains(
        "Trước đó nhận ý kiến đến 17:00 ngày 20/02/2026. Theo đề nghị của hội viên.",
    )
    .assert_contains("(trước đó: đến 17:00 ngày 20/02/2026)");
}

#[test]
fn a_draft_with_too_short_a_period_is_an_error_and_the_log_names_the_rule() {
    let slug = "du-thao-qua-ngan";
    portal().get(&format!("/bai-viet/{slug}")).assert_status(503).assert_not_stored();
    portal().get("/du-thao").assert_lacks(slug);
    portal().assert_logs(&format!(
        "document {slug} cannot be shown: dòng 7, trường “consultation.closes”: thời gian lấy ý kiến \
         quá ngắn"
    ));
    portal().assert_logs("theo Luật Ban hành văn bản quy phạm pháp luật 2025 (số 64/2025/QH15)");
    let rows =
        portal().sql("CATALOGUE", "SELECT problems FROM document WHERE slug = 'du-thao-qua-ngan'");
    assert!(rows[0]["problems"].as_str().unwrap().contains("consultation.closes"), "{rows:?}");
}

#[test]
fn the_minimum_period_can_be_changed_or_switched_off() {
    let portal = own_portal_with("no-minimum", &["CONSULTATION_PERIOD:"]);
    portal.put_article("ngan", draft("Ngắn", -DAY, DAY, ""));
    portal.get("/bai-viet/ngan").assert_success_cached().assert_contains("Đang lấy ý kiến");
    let portal = own_portal_with("odd-minimum", &["CONSULTATION_PERIOD:hai tuần"]);
    portal.get("/cdn-cgi/handler/scheduled?cron=*/10+*+*+*+*").assert_status(200);
    portal.assert_logs("a setting is ignored: CONSULTATION_PERIOD is no period: hai tuần");
}
