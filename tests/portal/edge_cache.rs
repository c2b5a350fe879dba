//! Workers Cache in front of the Worker: the tags of pages, and purging by tag.

use serde_json::{Value, json};

use crate::harness::{Portal, eventually, now, own_portal_with, portal, short_document};

#[test]
fn cacheable_pages_are_tagged_by_article_by_category_or_as_lists() {
    for (path, tag) in [
        ("/bai-viet/bai-day-du", "a-bai-day-du"),
        ("/bai-viet/bai-day-du.md", "a-bai-day-du"),
        ("/chuyen-muc/nhieu-bai", "c-nhieu-bai"),
        ("/chuyen-muc/nhieu-bai/atom.xml", "c-nhieu-bai"),
        ("/", "lists"),
        ("/en", "lists"),
        ("/tin-bai", "lists"),
        ("/rss.xml", "lists"),
        ("/sitemap.xml", "lists"),
    ] {
        // Another test may publish an article between the two requests.
        eventually(&format!("a 304 with the tag {tag} for {path}"), || {
            let answer = portal().get(path).assert_success_cached();
            assert_eq!(answer.header("cache-tag"), Some(tag), "{path}");
            let etag = answer.header("etag").unwrap();
            let again = portal().request("GET", path).header("if-none-match", etag).send();
            assert_eq!(again.header("cache-tag"), Some(tag), "{path}");
            (again.status == 304).then_some(())
        });
    }
}

#[test]
fn the_404_page_of_a_missing_article_has_the_tag_of_the_article() {
    let answer = portal().get("/bai-viet/chua-dang").assert_status(404);
    assert!(answer.header("cache-control").unwrap().starts_with("public"), "{:?}", answer.headers);
    assert_eq!(answer.header("cache-tag"), Some("a-chua-dang"));
}

/// A portal with Workers Cache in front, in which only a test starts the sync.
fn cached(name: &str) -> Portal {
    own_portal_with(name, &["SYNC_ON_LOAD:false", "PAGE_MEMORY_SECONDS:30"])
}

impl Portal {
    /// Runs the sync with a clock that is `seconds` ahead, with these faults injected.
    fn sync_in(&self, seconds: i64, faults: &str) {
        let clock = now().0 + seconds;
        self.upkeep(&format!("{faults},clock={clock}"));
    }

    /// Returns all purges so far: whether each succeeded, and what it purged.
    fn purges(&self) -> Vec<(bool, Value)> {
        let log = self.logged();
        let told = log.lines().filter_map(|line| line.split_once("purge "));
        told.filter_map(|(_, told)| {
            let (outcome, what) = told.split_once(' ')?;
            Some((outcome == "done", serde_json::from_str(what).ok()?))
        })
        .collect()
    }

    #[track_caller]
    fn assert_purges(&self, expected: &[(bool, Value)]) {
        eventually(&format!("purges {expected:?}"), || {
            (self.purges().len() >= expected.len()).then_some(())
        });
        assert_eq!(self.purges(), expected);
    }
}

#[test]
fn a_change_is_purged_when_the_sync_sees_it_and_again_after_kv_has_settled() {
    let portal = cached("edge-cache");
    portal.put_article("mot", short_document("Một", "category = \"Tin tức\""));
    portal.sync_in(0, "edge-cache");
    let first = (true, json!({"tags": ["a-mot", "c-tin-tuc", "lists"]}));
    portal.assert_purges(std::slice::from_ref(&first));

    // Nothing has changed, and less than a minute has passed since the change.
    portal.sync_in(30, "edge-cache");
    portal.sync_in(100, "edge-cache");
    portal.assert_purges(&[first.clone(), first.clone()]);

    // When an article changes its category, the lists of both categories change.
    portal.put_article("mot", short_document("Một", "category = \"Quy hoạch\""));
    portal.sync_in(200, "edge-cache");
    let moved = (true, json!({"tags": ["a-mot", "c-quy-hoach", "c-tin-tuc", "lists"]}));
    portal.assert_purges(&[first.clone(), first.clone(), moved.clone()]);

    portal.delete_article("mot");
    portal.sync_in(240, "edge-cache");
    let gone = (true, json!({"tags": ["a-mot", "c-quy-hoach", "lists"]}));
    portal.assert_purges(&[first.clone(), first, moved, gone]);
}

#[test]
fn a_failed_purge_is_repeated() {
    let portal = cached("edge-cache-fails");
    portal.put_article("mot", short_document("Một", ""));
    portal.sync_in(0, "edge-cache-fails");
    portal.assert_logs("Workers Cache did not forget changed pages");
    portal.sync_in(200, "edge-cache-fails");
    portal.sync_in(201, "edge-cache");
    let tags = json!({"tags": ["a-mot", "lists"]});
    portal.assert_purges(&[(false, tags.clone()), (false, tags.clone()), (true, tags.clone())]);
    // After a success, the purge is not repeated.
    portal.sync_in(400, "edge-cache");
    portal.put_article("hai", short_document("Hai", ""));
    portal.sync_in(500, "edge-cache");
    let later = json!({"tags": ["a-hai", "lists"]});
    portal.assert_purges(&[
        (false, tags.clone()),
        (false, tags.clone()),
        (true, tags),
        (true, later),
    ]);
}

#[test]
fn more_changes_than_one_purge_can_name_purge_everything() {
    let portal = own_portal_with("edge-cache-many", &["SYNC_ON_LOAD:false", "SYNC_SHARE:25"]);
    let article = |number| (format!("bai-{number}"), short_document(&format!("Bài {number}"), ""));
    portal.put_articles((0..120).map(article));
    portal.sync_in(0, "edge-cache");
    portal.assert_purges(&[(true, json!({"purgeEverything": true}))]);
}

#[test]
fn a_sync_works_without_workers_cache() {
    let portal = own_portal_with("no-edge-cache", &["SYNC_ON_LOAD:false"]);
    portal.put_article("mot", short_document("Một", ""));
    portal.sync_in(0, "");
    portal.get("/tin-bai").assert_contains("Một");
    assert_eq!(portal.sql("CATALOGUE", "SELECT count(*) AS n FROM purge")[0]["n"], 0);
    assert!(!portal.logged().contains("Workers Cache"), "{}", portal.logged());
}
