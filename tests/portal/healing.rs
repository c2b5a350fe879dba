//! The next sync repairs what a wrong read caused: an outdated article or a damaged hot index.

use crate::harness::{Portal, own_portal_with, short_document};

/// A portal whose sync runs only when its cron trigger fires.
fn by_cron(name: &str) -> Portal {
    own_portal_with(name, &["SYNC_ON_LOAD:false"])
}

#[test]
fn a_damaged_hot_index_breaks_no_page_and_is_rewritten_by_the_next_sync() {
    let portal = by_cron("hot-damaged");
    portal.put_article("mot", short_document("Bài một", ""));
    portal.upkeep("");
    portal.get("/").assert_contains("Bài một");
    let hot = portal.kv_text("INDEX", "hot");
    let absurd = hot.replace("1709226000", "9223372036854775807").replace("\"vi\"", "\"\"");
    assert!(absurd != hot, "{hot}");
    let values: [&[u8]; 9] = [
        &hot.as_bytes()[..hot.len() / 2],
        b"",
        b"null",
        b"[1]",
        b"{\"entries\":{\"mot\":1},\"notices\":\"x\"}",
        b"\x00\xFF\xFE\x80binary",
        &[b'['; 5_000_000],
        &[b' '; 5_000_000],
        absurd.as_bytes(),
    ];
    for value in values {
        portal.put("INDEX", "hot", value);
        for path in ["/", "/bai-viet/mot", "/tin-bai", "/gop-y", "/en", "/khong-co"] {
            let status = portal.get(path).status;
            assert!(matches!(status, 200 | 404), "{path}: {status}");
        }
        // An empty feed would look complete to a reader.
        let feed = portal.get("/atom.xml");
        assert!(feed.status == 503 || feed.text().contains("Bài một"), "{}", feed.text());
        portal.upkeep("");
        portal.get("/").assert_contains("Bài một");
    }
    assert_eq!(portal.kv_text("INDEX", "hot"), hot);
}

#[test]
fn an_outdated_read_from_kv_is_corrected_by_the_next_sync() {
    let portal = by_cron("lagging");
    let listed = |path: &str| portal.get(path).text();
    portal.put_article("mot", short_document("Bản cũ", ""));
    portal.upkeep("");
    portal.put_article("mot", short_document("Bản mới", ""));
    portal.upkeep("");
    assert!(listed("/tin-bai").contains("Bản mới") && listed("/").contains("Bản mới"));

    // A location whose KV is behind serves the old article, and a sync that runs there lists it.
    let there = |path: &str| portal.request("GET", path).fault("articles-lag,index-lags").send();
    there("/bai-viet/mot").assert_status(200).assert_contains("Bản cũ");
    there("/").assert_contains("Bản cũ");
    portal.upkeep("articles-lag,index-lags");
    assert!(listed("/tin-bai").contains("Bản cũ"), "the fault has no effect");

    portal.upkeep("");
    for path in ["/tin-bai", "/", "/tim-kiem?q=noi+dung", "/atom.xml", "/bai-viet/mot"] {
        let page = listed(path);
        assert!(page.contains("Bản mới") && !page.contains("Bản cũ"), "{path}: {page}");
    }

    // A deleted article comes back only at a location that still has it.
    portal.put_article("hai", short_document("Sẽ gỡ", ""));
    portal.upkeep("");
    portal.delete_article("hai");
    there("/bai-viet/hai").assert_status(200).assert_contains("Sẽ gỡ");
    portal.upkeep("articles-lag");
    assert!(listed("/tin-bai").contains("/bai-viet/hai"), "the fault has no effect");
    portal.upkeep("");
    for path in ["/tin-bai", "/", "/tim-kiem?q=se+go"] {
        assert!(!listed(path).contains("/bai-viet/hai"), "{path}");
    }
    portal.get("/bai-viet/hai").assert_status(404);
}
