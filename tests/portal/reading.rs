//! What helps readers to read, share and print long articles; the sizes of pictures; recordings.

use crate::harness::{Portal, own_portal, portal, time};

fn long_body(link: &str) -> String {
    let part = |title: &str| format!("## {title}\n\n{}\n\n", "Một câu dài để đọc. ".repeat(50));
    format!("{}{link}\n\n### Mục nhỏ\n\n{}{}", part("Phần A"), part("Phần B"), part("Phần C"))
}

fn put(portal: &Portal, slug: &str, fields: &str, body: &str) {
    let document = format!(
        "+++\ntitle = \"Đọc & nghe\"\nupdated = 2017-05-01\nauthor = \"An\"\n{fields}\n+++\n{body}\n"
    );
    portal.put_article(slug, document);
}

#[test]
fn a_long_article_has_a_table_of_contents_and_links_for_sharing_and_printing() {
    let portal = portal();
    put(
        portal,
        "doc-dai",
        "",
        &long_body("[Nguồn](https://example.vn/a?b=1&c=2), [bài](/tin-bai)"),
    );
    let site = portal.origin();
    let encoded = format!("http%3A%2F%2Flocalhost%3A{}%2Fbai-viet%2Fdoc-dai", portal.port);
    let page = portal.get("/bai-viet/doc-dai").assert_success_cached();
    for part in [
        "</time>) <span class=\"reading-time\">· 3 phút đọc</span></p>",
        "<nav class=\"contents\" aria-labelledby=\"muc_luc\"><h2 id=\"muc_luc\">Nội dung</h2><ol>\
         <li><a href=\"#phan-a\">Phần A</a><ol><li><a href=\"#muc-nho\">Mục nhỏ</a></li></ol></li>\
         <li><a href=\"#phan-b\">Phần B</a></li><li><a href=\"#phan-c\">Phần C</a></li></ol></nav>",
        "<p class=\"to-top\"><a href=\"#noi_dung_chinh\">Về đầu trang</a></p>",
        "<main id=\"noi_dung_chinh\"",
        "<p class=\"print-hint\">",
        "Nguồn</a><sup class=\"print-mark\">1</sup>, <a href=\"/tin-bai\">bài</a><sup class=\"print-mark\">2</sup>",
        &format!(
            "<ol class=\"print-links\"><li>https://example.vn/a?b=1&amp;c=2</li><li>{site}/tin-bai</li></ol>"
        ),
        &format!("<p class=\"print-head\">{site}/bai-viet/doc-dai</p>"),
        &format!("sharer.php?u={encoded}\" rel=\"external noopener nofollow\">Facebook</a>"),
        &format!("<a href=\"mailto:?subject=%C4%90%E1%BB%8Dc%20%26%20nghe&amp;body={encoded}\">"),
    ] {
        assert!(page.text().contains(part), "{part:?} is not in:\n{}", page.text());
    }
    page.assert_runs_no_script();
}

#[test]
fn a_short_article_has_no_table_of_contents_and_no_list_of_links() {
    let page = portal().get("/bai-viet/nhieu-01").assert_contains("<p class=\"share\">");
    for class in ["contents", "reading-time", "to-top", "print-links"] {
        assert!(!page.text().contains(&format!("class=\"{class}\"")), "{class}");
    }
}

#[test]
fn a_printed_article_shows_its_address() {
    portal()
        .get("/bai-viet/in-english")
        .assert_contains("<p class=\"print-head\">http://localhost")
        .assert_contains("<p class=\"print-hint\">In print (Ctrl+P)")
        .assert_contains("<p class=\"share\">Share: ");
}

/// The first bytes of a PNG of this size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
    [b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", width.as_slice(), &height, &[8, 2, 0, 0, 0]].concat()
}

#[test]
fn pictures_have_their_sizes_with_and_without_the_database() {
    let portal = portal();
    portal.put("FILES", "do-rong.png", &png(1_200, 800));
    portal.put("FILES", "do-cao.png", &png(300, 500));
    let fields =
        format!("publish_at = {}\nimage = {{ file = \"do-rong.png\", alt = \"A\" }}", time(-60));
    put(portal, "co-anh", &fields, "![B](do-cao.png)\n\n![C](do-khong-co.png)");
    let get = || portal.request("GET", "/bai-viet/co-anh");
    for page in [get().send(), get().fault("catalogue-fails").send()] {
        page.assert_status(200).assert_contains(
            "<img src=\"/tep/do-rong.png\" alt=\"A\" width=\"1200\" height=\"800\" fetchpriority=\"high\">",
        )
        .assert_contains(
            "<img src=\"/tep/do-cao.png\" alt=\"B\" width=\"300\" height=\"500\" loading=\"lazy\" decoding=\"async\">",
        )
        .assert_contains(
            "<img src=\"/tep/do-khong-co.png\" alt=\"C\" loading=\"lazy\" decoding=\"async\">",
        );
    }
}

#[test]
fn a_changed_picture_has_its_new_size_when_its_article_is_published_again() {
    let portal = own_portal("anh-doi");
    portal.put("FILES", "doi.png", &png(100, 200));
    put(&portal, "anh-doi", "", "![A](doi.png)");
    portal.get("/bai-viet/anh-doi").assert_contains("alt=\"A\" width=\"100\" height=\"200\"");
    portal.put("FILES", "doi.png", &png(640, 480));
    put(&portal, "anh-doi", "", "![B](doi.png)");
    portal.get("/bai-viet/anh-doi").assert_contains("alt=\"B\" width=\"640\" height=\"480\"");
}

#[test]
fn a_recording_is_on_the_page_in_its_json_ld_and_in_feeds() {
    let portal = own_portal("ghi-am");
    portal.put("FILES", "Bài.mp3", b"ID3");
    put(&portal, "ghi-am", "audio = { file = \"Bài.mp3\", title = \"Bản đọc\" }", "Nội dung.");
    let url = format!("{}/tep/B%C3%A0i.mp3", portal.origin());
    let page = portal
        .get("/bai-viet/ghi-am")
        .assert_contains(
            "<figure class=\"audio\"><figcaption>Nghe bài này</figcaption>\
             <audio controls preload=\"none\" src=\"/tep/B%C3%A0i.mp3\"></audio> \
             <a href=\"/tep/B%C3%A0i.mp3\" download>Bản đọc (MP3)</a></figure>",
        )
        .assert_contains(&format!(
            "\"audio\":{{\"@type\":\"AudioObject\",\"contentUrl\":\"{url}\",\"encodingFormat\":\"audio/mpeg\",\"name\":\"Bản đọc\"}}"
        ));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("media-src 'self'"), "{policy}");
    for path in ["/atom.xml", "/rss.xml", "/feed.json"] {
        portal.get(path).assert_contains(&url).assert_contains("audio/mpeg");
    }
}

#[test]
fn merged_cells_and_header_rows_are_on_the_page_in_feeds_and_in_search() {
    let portal = own_portal("o-gop");
    let table = "| Nội dung | Dự toán ||\n| ^^ | Giao | Bổ sung |\n|---|--:|--:|\n\
                 | Hội thảo | 120 | 30 |\n| Tập huấn khuyến học | 90 ||\n";
    put(&portal, "o-gop", "", table);
    let header = "<table><colgroup span=\"1\"></colgroup><colgroup span=\"2\"></colgroup><thead>\
                  <tr><th scope=\"col\" rowspan=\"2\">Nội dung</th>\
                  <th scope=\"colgroup\" colspan=\"2\" class=\"right\">Dự toán</th></tr>\
                  <tr><th scope=\"col\" class=\"right\">Giao</th>\
                  <th scope=\"col\" class=\"right\">Bổ sung</th></tr></thead>";
    let row = "<tr><td>Tập huấn khuyến học</td><td colspan=\"2\" class=\"right\">90</td></tr>";
    portal.get("/bai-viet/o-gop").assert_contains(header).assert_contains(row);
    let feed = portal.get("/atom.xml").assert_status(200).text();
    let entry = feed.split("<entry>").find(|entry| entry.contains("/bai-viet/o-gop")).unwrap();
    let escaped = |html: &str| html.replace('<', "&lt;").replace('>', "&gt;");
    assert!(entry.contains(&escaped(header)) && entry.contains(&escaped(row)), "{entry}");
    let found = portal.get("/tim-kiem?q=%22khuy%E1%BA%BFn+h%E1%BB%8Dc%22").assert_status(200);
    found.assert_contains("/bai-viet/o-gop");
}
