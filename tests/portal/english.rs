//! Pages in English, the list of articles in English, and passages of articles in other languages.

use crate::harness::{own_portal, portal};

#[test]
fn the_whole_page_of_an_english_article_is_in_english() {
    let page = portal().get("/bai-viet/in-english").assert_success_cached();
    let page = page
        .assert_contains("<html lang=\"en\">")
        .assert_contains("<article>")
        .assert_contains(
            "(Updated: <time datetime=\"2020-02-04T00:00:00+07:00\">4 February 2020, 00:00",
        )
        .assert_contains("aria-label=\"Footnotes\"")
        .assert_contains("<a href=\"/en\">Home</a>")
        .assert_contains("<meta property=\"og:locale\" content=\"en_US\">")
        .assert_contains("\"inLanguage\":\"en\"")
        .assert_contains("Welcome to the information portal")
        .assert_lacks("Trang chủ")
        .text();
    let (_, latest) = page.split_once("Latest articles").unwrap();
    let (latest, _) = latest.split_once("</ul>").unwrap();
    assert_eq!(latest.matches("<li>").count(), 10);
    assert_eq!(latest.matches("English number").count(), 10);
    // Links to Vietnamese pages are marked with their language.
    assert!(page.contains("<a href=\"/gop-y\" hreflang=\"vi\">Feedback</a>"));
    assert!(page.contains("lang=\"vi\">Cầu Cẩm tạm dừng lưu thông</a>"));
}

#[test]
fn the_page_after_a_rating_is_in_the_language_of_the_article() {
    portal()
        .get("/bai-viet/in-english/danh-gia")
        .assert_status(200)
        .assert_contains("<html lang=\"en\">")
        .assert_contains("<h1>Thank you for your rating</h1>");
    let typed = [("nhan_xet", "Good")];
    portal()
        .request("POST", "/bai-viet/in-english/danh-gia")
        .form(&typed)
        .send()
        .assert_status(422)
        .assert_contains("Please press one of the two buttons.");
}

#[test]
fn the_english_home_lists_all_english_articles_in_pages() {
    let first = portal().get("/en").assert_success_cached();
    let first = first
        .assert_contains("<html lang=\"en\">")
        .assert_contains("<a href=\"/en\" aria-current=\"page\">Home</a>")
        .assert_contains("<li class=\"card\" lang=\"en-GB\">")
        .assert_contains("<a rel=\"next\" href=\"/en?trang=2\">Next page ›</a>")
        .text();
    assert_eq!(first.matches("class=\"card\"").count(), 20);
    assert!(first.contains("/bai-viet/in-english\"") && !first.contains("/bai-viet/nhieu-25\""));
    let second = portal().get("/en?trang=2").assert_success_cached().text();
    for number in 1..=21 {
        let link = format!("/bai-viet/english-{number:02}\"");
        assert!(first.contains(&link) != second.contains(&link), "{link}");
    }
    portal().get("/en?trang=3").assert_status(404);
    portal().get("/en?trang=0").assert_status(400).assert_not_stored();
    portal().get("/EN/").assert_redirect(301, "/en");
    portal().get("/en/x").assert_status(404).assert_contains("<html lang=\"vi\">");
}

#[test]
fn the_english_home_does_not_need_the_catalogue() {
    portal().request("GET", "/en").fault("catalogue-fails").send().assert_status(200);
    portal().request("GET", "/en?trang=2").fault("catalogue-fails").send().assert_status(503);
}

#[test]
fn the_vietnamese_and_the_english_home_link_to_each_other() {
    let site = portal().origin();
    for path in ["/", "/en"] {
        portal()
            .get(path)
            .assert_contains(&format!("<link rel=\"alternate\" hreflang=\"vi\" href=\"{site}/\">"))
            .assert_contains(&format!(
                "<link rel=\"alternate\" hreflang=\"en\" href=\"{site}/en\">"
            ));
    }
    portal().get("/en").assert_contains("<a href=\"/\" lang=\"vi\" hreflang=\"vi\">Tiếng Việt</a>");
    for path in ["/", "/bai-viet/bai-day-du", "/khong-co"] {
        portal()
            .get(path)
            .assert_contains("<a href=\"/en\" lang=\"en\" hreflang=\"en\">English</a>");
    }
    portal().get("/so-do-trang").assert_contains("hreflang=\"en\">Articles in English</a>");
    portal().get("/sitemap-trang.xml").assert_contains(&format!("<loc>{site}/en</loc>"));
}

#[test]
fn an_article_in_a_third_language_is_marked_within_a_vietnamese_page() {
    portal()
        .get("/bai-viet/tieng-mong")
        .assert_success_cached()
        .assert_contains("<html lang=\"vi\">")
        .assert_contains("<article lang=\"hmn\">")
        .assert_contains("<p class=\"updated\" lang=\"vi\">(Cập nhật lúc: ")
        .assert_contains("<form class=\"form rating\" lang=\"vi\"");
}

#[test]
fn without_english_articles_the_english_home_says_so_and_no_page_links_to_it() {
    let portal = own_portal("khong-tieng-anh");
    portal
        .get("/en")
        .assert_status(200)
        .assert_contains("There are no articles in English yet.")
        .assert_contains("<a href=\"/\" hreflang=\"vi\">Home page in Vietnamese</a>")
        .assert_contains("<meta name=\"robots\" content=\"noindex\">");
    portal.get("/").assert_lacks("hreflang").assert_lacks("href=\"/en\"");
    portal.get("/sitemap-trang.xml").assert_lacks("/en<");
}

#[test]
fn previous_and_next_stay_in_the_language_of_the_article() {
    let portal = portal();
    for (slug, lang, day) in [
        ("cap-en-1", "en", 1),
        ("cap-vi-1", "vi", 2),
        ("cap-en-2", "en-GB", 3),
        ("cap-vi-2", "vi", 4),
    ] {
        let document = format!(
            "+++\ntitle = \"Cặp\"\nupdated = 2015-03-0{day}\nauthor = \"An\"\nlang = \"{lang}\"\n\
             category = \"Hai thứ tiếng\"\n+++\nx\n"
        );
        portal.put_article(slug, document);
    }
    for (from, to) in [
        ("cap-en-2/truoc", "/bai-viet/cap-en-1"),
        ("cap-en-1/sau", "/bai-viet/cap-en-2"),
        ("cap-vi-2/truoc", "/bai-viet/cap-vi-1"),
        ("cap-vi-1/sau", "/bai-viet/cap-vi-2"),
        ("cap-en-1/truoc", "/en"),
        ("cap-en-2/sau", "/en"),
        ("cap-vi-1/truoc", "/chuyen-muc/hai-thu-tieng"),
    ] {
        portal.get(&format!("/bai-viet/{from}")).assert_redirect(302, to);
    }
}

#[test]
fn a_passage_in_another_language_is_marked_on_the_page_and_not_in_the_summary() {
    let portal = portal();
    portal.put_article(
        "doan-tieng-mong",
        "+++\ntitle = \"Hai tiếng\"\nupdated = 2015-04-01\nauthor = \"An\"\n+++\n\
         ::: lang=hmn\n\nNyob zoo.\n\n:::\n\nXin chào.\n",
    );
    portal
        .get("/bai-viet/doan-tieng-mong")
        .assert_contains("<div lang=\"hmn\">\n<p>Nyob zoo.</p>\n</div>\n<p>Xin chào.</p>")
        .assert_contains("<meta name=\"description\" content=\"Nyob zoo.\">");
}
