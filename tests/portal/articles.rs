//! Reading articles: what a page shows, when it is public, and where old addresses redirect.

use crate::harness::{eventually, own_portal, portal, time};

#[test]
fn an_article_shows_all_fields_of_its_document() {
    let page = portal().get("/bai-viet/bai-day-du").assert_success_cached();
    for text in [
        "<h1>Bài đầy đủ các trường</h1>",
        "(Cập nhật lúc: <time datetime=\"2019-07-05T09:30:33+07:00\">05/07/2019 09:30:33</time>)",
        "Nguyễn Thị Hạnh",
        "Báo Sơn Lâm",
        "href=\"/chuyen-muc/khoa-hoc-va-cong-nghe\"",
        "content=\"Tóm tắt của bài đầy đủ.\"",
        "<img src=\"/tep/anh.svg\" alt=\"Ảnh đại diện\" fetchpriority=\"high\">",
        "<a href=\"/tep/tai-lieu.pdf\">Toàn văn</a> (PDF)",
        "05/07/2019</time>: Sửa số liệu ở đoạn hai.",
        "<h2 id=\"dieu-1-pham-vi\">Điều 1. Phạm vi</h2>",
        "<td class=\"right\">42</td>",
        "<figcaption>Chú thích ảnh</figcaption>",
        "Ghi chú cuối bài.",
        "href=\"/bai-viet/bai-day-du/truoc\"",
        "href=\"/bai-viet/bai-day-du/sau\"",
    ] {
        assert!(page.text().contains(text), "{text:?} is not in:\n{}", page.text());
    }
}

#[test]
fn a_legal_document_shows_its_number_its_bodies_its_date_and_its_signers() {
    let page = portal().get("/bai-viet/bai-day-du").text();
    let (_, panel) = page.split_once("aria-label=\"Thông tin văn bản\">").unwrap();
    let (panel, _) = panel.split_once("</section>").unwrap();
    let rows = [
        ("Số, ký hiệu", "27/QĐ-LHH"),
        ("Loại văn bản", "Quyết định"),
        ("Cơ quan ban hành", "Liên hiệp Hội"),
        ("Cơ quan chủ quản", "Liên hiệp Hội Việt Nam"),
        ("Ngày ban hành", "<time datetime=\"2019-07-01T00:00:00+07:00\">01/07/2019</time>"),
        ("Nơi ban hành", "Sơn Lâm"),
        ("Người ký", "<ul><li>KT. Chủ tịch, Phó Chủ tịch Hà Thị Vân</li><li>Lò Văn Pản</li></ul>"),
    ];
    let rows = rows.map(|(label, value)| format!("<div><dt>{label}</dt><dd>{value}</dd></div>"));
    assert_eq!(panel, format!("<dl>{}</dl>", rows.concat()));
}

#[test]
fn every_page_has_the_header_the_navigation_and_the_footer() {
    for path in ["/", "/bai-viet/bai-day-du", "/tin-bai", "/gop-y", "/khong-co"] {
        let page = portal().get(path).text();
        for text in [
            "<a class=\"skip\" href=\"#noi_dung_chinh\">",
            "Chào mừng bạn",
            ">Trang chủ</a>",
            ">Góp ý</a>",
            ">Sơ đồ trang</a>",
            ">Liên hệ</a>",
            "<html lang=\"vi\">",
        ] {
            assert!(page.contains(text), "{path}: {text}");
        }
    }
}

#[test]
fn an_article_lists_the_ten_newest_other_articles_with_their_times() {
    let page = portal().get("/bai-viet/nhieu-25").text();
    let (_, latest) = page.split_once("Tin bài mới").unwrap();
    let (latest, _) = latest.split_once("</ul>").unwrap();
    assert_eq!(latest.matches("<li>").count(), 10);
    assert_eq!(latest.matches("<time datetime=").count(), 10);
    assert!(!latest.contains("/bai-viet/nhieu-25\""));
}

#[test]
fn publishing_changing_and_deleting_an_article_shows_on_the_next_page_load() {
    let portal = portal();
    let document = |title: &str| {
        format!(
            "+++\ntitle = \"{title}\"\nupdated = {}\nauthor = \"An\"\n+++\nNội dung.\n",
            time(0)
        )
    };
    portal.put_article("dua-len-bang-tay", document("Đưa lên bằng tay"));
    portal
        .get("/bai-viet/dua-len-bang-tay")
        .assert_success_cached()
        .assert_contains("Đưa lên bằng tay");
    portal.get("/tin-bai").assert_contains("Đưa lên bằng tay");
    portal.get("/").assert_contains("Đưa lên bằng tay");

    portal.put_article("dua-len-bang-tay", document("Đã sửa lại"));
    portal.get("/bai-viet/dua-len-bang-tay").assert_contains("Đã sửa lại");
    portal.get("/tin-bai").assert_contains("Đã sửa lại").assert_lacks("Đưa lên bằng tay");

    portal.delete_article("dua-len-bang-tay");
    portal.get("/bai-viet/dua-len-bang-tay").assert_status(404);
    eventually("the deleted article is in no list", || {
        (!portal.get("/tin-bai").text().contains("Đã sửa lại")).then_some(())
    });
}

#[test]
fn draft_and_scheduled_articles_are_not_public() {
    for slug in ["nhap", "hen-gio"] {
        portal().get(&format!("/bai-viet/{slug}")).assert_status(404);
        portal().get(&format!("/bai-viet/{slug}.md")).assert_status(404);
    }
    for path in ["/", "/tin-bai", "/tin-bai?trang=2", "/so-do-trang"] {
        portal().get(path).assert_lacks("Bài nháp").assert_lacks("Bài hẹn giờ");
    }
}

#[test]
fn a_scheduled_article_becomes_public_at_its_time() {
    let portal = own_portal("scheduled");
    let publish_at = time(20);
    portal.put_article(
        "sap-dang",
        format!("+++\ntitle = \"Sắp đăng\"\nupdated = 2020-03-01\npublish_at = {publish_at}\nauthor = \"An\"\n+++\nx\n"),
    );
    let before = portal.get("/bai-viet/sap-dang").assert_status(404);
    let cache = before.header("cache-control").unwrap().to_owned();
    assert!(!cache.contains("max-age=30") && !cache.contains("86400"), "{cache}");
    eventually("the scheduled article is public", || {
        (portal.get("/bai-viet/sap-dang").status == 200).then_some(())
    });
    eventually("the scheduled article is in the lists", || {
        portal.get("/").text().contains("Sắp đăng").then_some(())
    });
}

#[test]
fn a_notice_is_shown_on_every_page_between_its_two_times() {
    for path in ["/", "/bai-viet/bai-day-du", "/lien-he", "/gop-y", "/khong-co"] {
        portal()
            .get(path)
            .assert_contains("Thông báo: </strong><a href=\"/bai-viet/thong-bao-dang-hien\"")
            .assert_lacks("Thông báo: </strong><a href=\"/bai-viet/thong-bao-da-qua\"");
    }
}

#[test]
fn old_addresses_redirect_to_their_article() {
    for address in
        ["/bai-viet/bai-cu", "/SitePages/TinTuc.aspx?ItemID=512", "/Tin%20t%E1%BB%A9c/c%C5%A9.aspx"]
    {
        portal().get(address).assert_redirect(301, "/bai-viet/bai-day-du");
    }
    portal().get("/SitePages/TinTuc.aspx?ItemID=513").assert_status(404).assert_not_stored();
}

#[test]
fn previous_and_next_go_through_the_category_and_end_at_its_list() {
    let portal = portal();
    portal.get("/bai-viet/nhieu-10/truoc").assert_redirect(302, "/bai-viet/nhieu-09");
    portal.get("/bai-viet/nhieu-10/sau").assert_redirect(302, "/bai-viet/nhieu-11");
    portal.get("/bai-viet/nhieu-01/truoc").assert_redirect(302, "/chuyen-muc/nhieu-bai");
    portal.get("/bai-viet/nhieu-25/sau").assert_redirect(302, "/chuyen-muc/nhieu-bai");
    portal.get("/bai-viet/khong-co/sau").assert_status(404);
}

#[test]
fn the_source_of_an_article_is_served_as_stored() {
    let source = portal().get("/bai-viet/bai-day-du.md").assert_success_cached();
    assert_eq!(source.header("content-type"), Some("text/markdown; charset=utf-8"));
    assert!(source.text().starts_with("+++\ntitle = \"Bài đầy đủ các trường\""));
    let json = portal().get("/bai-viet/dang-json.md").assert_success_cached();
    assert_eq!(json.header("content-type"), Some("application/json"));
}
