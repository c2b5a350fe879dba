//! Feeds, parsed by an independent feed parser.

use feed_rs::model::{Entry, Feed};

use crate::harness::{Answer, portal};

const FEEDS: [(&str, &str); 3] = [
    ("atom.xml", "application/atom+xml; charset=utf-8"),
    ("rss.xml", "application/rss+xml; charset=utf-8"),
    ("feed.json", "application/feed+json"),
];

/// Fetches and parses a feed. If it is XML, it must be well-formed.
#[track_caller]
fn read(path: &str) -> Feed {
    let answer = portal().get(path).assert_success_cached();
    if path.ends_with(".xml") {
        roxmltree::Document::parse(&answer.text()).unwrap();
    }
    feed_rs::parser::parse(answer.bytes.as_slice()).unwrap()
}

fn entry<'a>(feed: &'a Feed, slug: &str) -> &'a Entry {
    let address = format!("/bai-viet/{slug}");
    feed.entries.iter().find(|entry| entry.id.ends_with(&address)).unwrap()
}

fn content(entry: &Entry) -> &str {
    entry.content.as_ref().unwrap().body.as_deref().unwrap()
}

fn absolute(path: &str) -> String {
    format!("{}{path}", portal().origin())
}

#[test]
fn every_feed_format_has_the_full_text_of_the_newest_twenty_articles() {
    for (file, _) in FEEDS {
        let feed = read(&format!("/{file}"));
        assert!(feed.title.as_ref().unwrap().content.starts_with("Liên hiệp các Hội"), "{file}");
        assert_eq!(feed.entries.len(), 20, "{file}");
        let long = entry(&feed, "rat-dai");
        assert_eq!(content(long).matches("Đoạn văn dài để đo").count(), 4_000, "{file}");
        assert_eq!(long.summary.as_ref().unwrap().content, "Dài.");
        assert_eq!(long.authors[0].name.as_deref(), Some("Ban Biên tập"));
        assert_eq!(long.published.unwrap().to_rfc3339(), "2020-02-06T17:00:00+00:00");
        let times: Vec<_> = feed.entries.iter().map(|entry| entry.published.unwrap()).collect();
        assert!(times.is_sorted_by(|newer, older| newer >= older), "{file}");
    }
}

#[test]
fn the_id_of_an_entry_is_the_address_of_its_article() {
    for (file, _) in FEEDS {
        for entry in read(&format!("/chuyen-muc/nhieu-bai/{file}")).entries {
            assert_eq!(entry.links[0].href, entry.id);
            assert!(entry.id.starts_with(&absolute("/bai-viet/nhieu-")), "{}", entry.id);
        }
    }
}

#[test]
fn feeds_of_a_category_have_only_its_articles() {
    for (file, _) in FEEDS {
        let feed = read(&format!("/chuyen-muc/nhieu-bai/{file}"));
        assert!(feed.title.as_ref().unwrap().content.starts_with("Nhiều bài – "), "{file}");
        let expected: Vec<_> = (6..=25).rev().map(|number| format!("nhieu-{number:02}")).collect();
        let slugs: Vec<_> =
            feed.entries.iter().map(|entry| entry.id.rsplit('/').next().unwrap()).collect();
        assert_eq!(slugs, expected, "{file}");
        let category = &feed.entries[0].categories[0];
        assert_eq!(category.label.as_ref().unwrap_or(&category.term), "Nhiều bài");
        portal().get(&format!("/chuyen-muc/khong-co/{file}")).assert_status(404);
    }
    portal().get("/chuyen-muc/nhieu-bai/feed.xml").assert_status(404);
}

#[test]
fn links_in_feeds_are_absolute() {
    for (file, _) in FEEDS {
        let feed = read(&format!("/chuyen-muc/khoa-hoc-va-cong-nghe/{file}"));
        let html = content(entry(&feed, "bai-day-du"));
        let addresses: Vec<_> = html
            .split("href=\"")
            .skip(1)
            .chain(html.split("src=\"").skip(1))
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        for path in [
            "/tep/anh.svg",
            "/tep/tai-lieu.pdf",
            "/bai-viet/nhieu-01",
            "/bai-viet/nhieu-02",
            "/bai-viet/bai-day-du#chu_thich_1",
            "/bai-viet/bai-day-du#nguon_chu_thich_1",
        ] {
            assert!(addresses.contains(&absolute(path)), "{path} is not in {addresses:?}");
        }
        assert!(addresses.iter().all(|address| address.starts_with("http")), "{addresses:?}");
    }
}

#[test]
fn entries_in_other_languages_are_marked() {
    portal().get("/atom.xml").assert_contains("<entry xml:lang=\"en\"><title>In English</title>");
    portal().get("/rss.xml").assert_contains("<dc:language>en</dc:language>");
    let feed: serde_json::Value = serde_json::from_str(&portal().get("/feed.json").text()).unwrap();
    let items = feed["items"].as_array().unwrap();
    let languages: Vec<_> = items.iter().filter_map(|item| item["language"].as_str()).collect();
    assert_eq!(languages, ["en"]);
}

#[test]
fn articles_that_are_not_public_or_broken_are_in_no_feed() {
    for (file, _) in FEEDS {
        portal()
            .get(&format!("/{file}"))
            .assert_lacks("Bài nháp")
            .assert_lacks("Bài hẹn giờ")
            .assert_lacks("Thiếu trường");
    }
}

#[test]
fn hostile_text_in_feeds_is_escaped() {
    for (file, _) in FEEDS {
        let feed = read(&format!("/{file}"));
        let hostile = entry(&feed, "thu-dich");
        let title = &hostile.title.as_ref().unwrap().content;
        assert_eq!(title, "Tiêu đề <script>alert(1)</script>", "{file}");
        let html = content(hostile);
        assert!(html.contains("&lt;script&gt;alert(8)&lt;/script&gt;"), "{file}: {html}");
        for running in ["<script", "href=\"javascript", " onerror=\""] {
            assert!(!html.contains(running), "{file}: {html}");
        }
    }
    for file in ["atom.xml", "rss.xml"] {
        portal().get(&format!("/{file}")).assert_lacks("\u{1}").assert_contains("giữa chừng");
    }
}

#[test]
fn feeds_have_their_media_types_and_answer_304_to_their_tag() {
    for (file, media_type) in FEEDS {
        let of_all = portal().get(&format!("/{file}")).assert_success_cached();
        assert_eq!(of_all.header("content-type"), Some(media_type));
        let path = format!("/chuyen-muc/nhieu-bai/{file}");
        let get = portal().get(&path).assert_success_cached();
        assert_eq!(get.header("content-type"), Some(media_type));
        let tag = get.header("etag").unwrap();
        let again = portal().request("GET", &path).header("if-none-match", tag).send();
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
        let head = portal().request("HEAD", &path).send();
        assert_eq!((head.status, head.bytes.len()), (200, 0), "{path}");
        assert_eq!(
            (head.header("etag"), head.header("content-type")),
            (Some(tag), Some(media_type))
        );
        portal().request("POST", &path).send().assert_status(405);
        portal().get(&format!("{path}?x=1")).assert_status(200).assert_not_stored();
    }
}

#[test]
fn the_feed_of_all_articles_needs_no_database_and_feeds_are_never_empty_because_of_an_outage() {
    let send =
        |path: &str, fault: &str| -> Answer { portal().request("GET", path).fault(fault).send() };
    send("/atom.xml", "db-fails,catalogue-fails").assert_status(200).assert_contains("<entry");
    for (path, fault) in [
        ("/chuyen-muc/nhieu-bai/rss.xml", "catalogue-fails"),
        ("/feed.json", "index-fails"),
        ("/feed.json", "index-corrupt"),
        ("/rss.xml", "articles-fail"),
    ] {
        let answer = send(path, fault).assert_status(503).assert_not_stored();
        assert_eq!(answer.header("retry-after"), Some("60"), "{path} {fault}");
    }
}
