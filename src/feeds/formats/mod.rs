//! Writes feeds and XML site maps in their formats.

mod atom;
mod content;
mod json;
mod rss;
mod sitemap;
mod xml;

pub use content::{Enclosure, Feed, FeedEntry};
pub use sitemap::{SitemapEntry, sitemap, sitemap_index};

use cong_core::addresses::FeedFormat;

pub fn write_feed(feed: &Feed<'_>, format: FeedFormat) -> String {
    match format {
        FeedFormat::Atom => atom::atom(feed),
        FeedFormat::Rss => rss::rss(feed),
        FeedFormat::Json => json::json(feed),
    }
}

#[cfg(test)]
mod tests {
    use feed_rs::model::{Feed as Read, FeedType, Text};

    use cong_core::article::Category;
    use cong_core::vietnamese::Timestamp;

    use super::*;

    const TITLE: &str = "Tiêu đề <script> & \"đáp\"";
    const CONTENT: &str =
        "<p>Một &lt; hai &amp; <a href=\"https://cong.example/x?a=1&amp;b=2\">ba</a></p>";

    fn written(format: FeedFormat) -> String {
        let category = Category { name: "Đất & rừng".into(), slug: "dat-rung".into() };
        let entry = |number: i64, lang| FeedEntry {
            title: TITLE,
            url: format!("https://cong.example/bai-viet/{number}"),
            published: Timestamp(number * 86_400),
            updated: Timestamp(number * 86_400 + 3_600),
            author: "Bế Thu Hường",
            category: Some(&category),
            lang,
            summary: "Tóm tắt\u{1}.",
            content: CONTENT.to_owned(),
            audio: (lang == "vi").then(|| Enclosure {
                url: "https://cong.example/tep/bai.mp3".into(),
                media_type: "audio/mpeg",
            }),
        };
        let feed = Feed {
            title: "Sở & Hội".into(),
            author: "Sở",
            url: "https://cong.example/".into(),
            own_url: format!("https://cong.example/{}", format.file_name()),
            entries: vec![entry(20_000, "vi"), entry(19_000, "en")],
        };
        write_feed(&feed, format)
    }

    fn read(text: &str) -> Read {
        feed_rs::parser::parse(text.as_bytes()).unwrap()
    }

    fn text(text: &Option<Text>) -> &str {
        &text.as_ref().unwrap().content
    }

    #[test]
    fn every_format_says_the_same_to_a_reader_of_feeds() {
        for (format, kind) in [
            (FeedFormat::Atom, FeedType::Atom),
            (FeedFormat::Rss, FeedType::RSS2),
            (FeedFormat::Json, FeedType::JSON),
        ] {
            let feed = read(&written(format));
            assert_eq!(feed.feed_type, kind);
            assert_eq!(text(&feed.title), "Sở & Hội");
            assert!(feed.links.iter().any(|link| link.href == "https://cong.example/"));
            assert_eq!(feed.entries.len(), 2);
            let entry = &feed.entries[0];
            assert_eq!(text(&entry.title), TITLE);
            assert_eq!(entry.id, "https://cong.example/bai-viet/20000");
            assert_eq!(entry.links[0].href, entry.id);
            assert_eq!(entry.published.unwrap().timestamp(), 20_000 * 86_400);
            assert_eq!(entry.authors[0].name.as_deref(), Some("Bế Thu Hường"));
            assert!(text(&entry.summary).starts_with("Tóm tắt"));
            assert_eq!(entry.content.as_ref().unwrap().body.as_deref(), Some(CONTENT));
            let in_links = entry.links.iter().filter_map(|link| {
                Some((link.href.clone(), link.media_type.as_ref()?.to_string()))
            });
            let in_media =
                entry.media.iter().flat_map(|media| &media.content).filter_map(|content| {
                    Some((
                        content.url.as_ref()?.to_string(),
                        content.content_type.as_ref()?.to_string(),
                    ))
                });
            let recordings: Vec<_> = in_links.chain(in_media).collect();
            let recording = ("https://cong.example/tep/bai.mp3".into(), "audio/mpeg".into());
            assert!(recordings.contains(&recording), "{format:?}: {recordings:?}");
            let category = &entry.categories[0];
            assert_eq!(category.label.as_ref().unwrap_or(&category.term), "Đất & rừng");
        }
    }

    #[test]
    fn an_atom_feed_names_itself_its_newest_change_and_foreign_languages() {
        let xml = written(FeedFormat::Atom);
        let feed = read(&xml);
        assert_eq!(feed.id, "https://cong.example/atom.xml");
        let own = feed.links.iter().find(|link| link.rel.as_deref() == Some("self")).unwrap();
        assert_eq!(own.href, feed.id);
        assert_eq!(feed.updated.unwrap().timestamp(), 20_000 * 86_400 + 3_600);
        assert_eq!(feed.entries[0].updated, feed.updated);
        assert_eq!(feed.authors[0].name.as_deref(), Some("Sở"));
        assert_eq!(xml.matches("<entry xml:lang=\"en\">").count(), 1);
    }

    #[test]
    fn an_rss_feed_has_dates_of_rfc_2822_and_addresses_for_identities() {
        let xml = written(FeedFormat::Rss);
        for part in [
            "<pubDate>Fri, 04 Oct 2024 07:00:00 +0700</pubDate>",
            "<lastBuildDate>Fri, 04 Oct 2024 08:00:00 +0700</lastBuildDate>",
            "<guid isPermaLink=\"true\">https://cong.example/bai-viet/20000</guid>",
            "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"https://cong.example/rss.xml\"/>",
            "<language>vi</language>",
        ] {
            assert!(xml.contains(part), "{part} is not in:\n{xml}");
        }
    }

    #[test]
    fn a_json_feed_has_the_fields_of_version_1_1() {
        let feed: serde_json::Value = serde_json::from_str(&written(FeedFormat::Json)).unwrap();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], "https://cong.example/feed.json");
        assert_eq!(feed["language"], "vi");
        assert_eq!(feed["items"][0]["date_modified"], "2024-10-04T08:00:00+07:00");
        assert_eq!(feed["items"][0]["language"], serde_json::Value::Null);
        assert_eq!(feed["items"][1]["language"], "en");
    }

    #[test]
    fn an_empty_feed_is_one_too() {
        for format in FeedFormat::ALL {
            let feed = Feed {
                title: "Sở".into(),
                author: "Sở",
                url: "https://cong.example/".into(),
                own_url: "https://cong.example/feed".into(),
                entries: Vec::new(),
            };
            assert_eq!(read(&write_feed(&feed, format)).entries.len(), 0);
        }
    }
}
