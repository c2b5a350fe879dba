//! The sync: it keeps the catalogue up to date with the articles in KV, in bounded steps.

use std::sync::OnceLock;
use std::thread;

use serde_json::Value;

use crate::harness::{Portal, eventually, own_portal_with, short_document, time};

/// A portal whose sync runs only when its cron trigger fires, as on a deployed portal. Each test that shares it uses
/// different articles.
fn shared() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| by_cron("sync"))
}

/// A portal for one test whose sync runs only when its cron trigger fires.
fn by_cron(name: &str) -> Portal {
    own_portal_with(name, &["SYNC_ON_LOAD:false"])
}

impl Portal {
    fn run_sync(&self) {
        self.get("/cdn-cgi/handler/scheduled?cron=*/2+*+*+*+*").assert_status(200);
    }

    /// Runs the sync until `is_there` returns true. `awaited` names in messages what was awaited.
    #[track_caller]
    fn sync_until(&self, awaited: &str, is_there: impl Fn() -> bool) {
        eventually(awaited, || {
            self.run_sync();
            is_there().then_some(())
        });
    }

    fn articles(&self) -> u64 {
        self.sql("CATALOGUE", "SELECT count(*) AS n FROM article")[0]["n"].as_u64().unwrap()
    }

    /// Publishes or replaces an article, with this `rev` (revision) in the metadata of its key.
    fn put_with_rev(&self, slug: &str, document: &str, rev: &str) {
        let file = self.state.join(format!("rev-{slug}"));
        std::fs::write(&file, document).unwrap();
        let (path, metadata) = (file.to_str().unwrap(), format!("{{\"rev\":\"{rev}\"}}"));
        let put = ["kv", "key", "put", "--binding", "ARTICLES", slug, "--path", path];
        self.wrangler(&[&put[..], &["--metadata", &metadata]].concat());
    }

    /// Publishes many articles at once. The slug of each is its title.
    fn put_many(&self, slugs: impl Iterator<Item = String>) {
        self.put_articles(slugs.map(|slug| (slug.clone(), short_document(&slug, ""))));
    }

    /// Returns all rows of the catalogue, without the columns that say when or in which order they were written.
    fn catalogue(&self) -> Vec<Vec<Value>> {
        self.sql_many(
            "CATALOGUE",
            "SELECT slug, title, summary, lang, category_slug, category_name, published, updated,
                 listed_at, month, draft, publish_at, listed, pinned, notice_from, notice_until,
                 consultation_opens, consultation_closes, consultation_unit, consultation_issued, body
             FROM article LEFT JOIN article_text USING (id) ORDER BY slug;
             SELECT * FROM document ORDER BY slug;
             SELECT * FROM month_count ORDER BY scope, month;
             SELECT * FROM category ORDER BY slug, name;
             SELECT * FROM alias ORDER BY address, slug;
             SELECT * FROM word ORDER BY is_written, word;
             SELECT * FROM due;
             SELECT slug FROM article JOIN search ON search.rowid = article.id
             WHERE search MATCH '\"noi\"' ORDER BY slug",
        )
    }
}

#[test]
fn the_next_syncs_notice_new_changed_and_deleted_articles() {
    let portal = shared();
    // Pinned articles are on the home page however many articles other tests publish.
    let category = "category = \"Theo dõi\"\npinned = true";
    portal.put_with_rev("theo-mot", &short_document("Bản đầu", category), "1");
    portal.put_article("theo-hai", short_document("Bài hai", category));
    let list = || portal.get("/chuyen-muc/theo-doi").text();
    portal.sync_until("both articles are listed", || {
        list().contains("Bản đầu") && list().contains("Bài hai")
    });

    portal.put_with_rev("theo-mot", &short_document("Bản sau", category), "2");
    portal.delete_article("theo-hai");
    portal.sync_until("the changed article is listed and the deleted one is not", || {
        list().contains("Bản sau") && list().contains("1 bài") && !list().contains("Bài hai")
    });
    portal.get("/tim-kiem?q=bài+hai").assert_lacks("/bai-viet/theo-hai");
    portal.sync_until("the home page is up to date", || {
        let home = portal.get("/").text();
        home.contains("Bản sau") && !home.contains("/bai-viet/theo-hai")
    });
}

#[test]
fn an_edit_without_a_new_rev_is_noticed_when_its_page_is_read() {
    let portal = shared();
    portal.put_article("doc-mot", short_document("Đọc lần đầu", ""));
    let title = || {
        let rows = portal.sql("CATALOGUE", "SELECT title FROM article WHERE slug = 'doc-mot'");
        rows.first().map(|row| row["title"].clone())
    };
    portal.sync_until("the article is listed", || title().is_some());
    portal.put_article("doc-mot", short_document("Đọc lần sau", ""));
    // If the database is slow, the page is made without the check, so ask again.
    eventually("the article is due or synced", || {
        portal.get("/bai-viet/doc-mot").assert_status(200).assert_contains("Đọc lần sau");
        let due = portal.sql("CATALOGUE", "SELECT slug FROM due WHERE slug = 'doc-mot'");
        (!due.is_empty() || title().unwrap() == "Đọc lần sau").then_some(())
    });
    portal.sync_until("the change is listed", || title().unwrap() == "Đọc lần sau");

    // An article that becomes a draft article is also noticed when its page is read.
    portal.put_article("doc-mot", short_document("Đọc lần sau", "draft = true"));
    let listed = || {
        portal.get("/bai-viet/doc-mot").assert_status(404);
        let rows = portal.sql("CATALOGUE", "SELECT listed FROM article WHERE slug = 'doc-mot'");
        rows[0]["listed"] == 1
    };
    portal.sync_until("the article is not listed any more", || !listed());
}

#[test]
fn a_run_syncs_its_share_and_the_next_run_continues() {
    let portal = by_cron("sync-share");
    portal.put_many((0..25).map(|number| format!("bai-{number:02}")));
    let mut counts = Vec::new();
    for _ in 0..4 {
        portal.run_sync();
        counts.push(portal.articles());
    }
    assert_eq!(counts, [5, 10, 15, 20]);
    portal.run_sync();
    // The newest articles are synced first, so that an editor does not wait for a bulk upload.
    portal.put_many((0..12).map(|number| format!("them-{number:02}")));
    portal.run_sync();
    portal.put_article("gap", short_document("Tin gấp", ""));
    portal.run_sync();
    portal.get("/tim-kiem?q=gấp").assert_contains("/bai-viet/gap");
    assert_eq!(portal.articles(), 35);

    // An edit without a new `rev`: each run checks twenty articles.
    portal.put_article("bai-24", short_document("Đã sửa lặng lẽ", ""));
    for _ in 0..4 {
        portal.run_sync();
    }
    portal.get("/tim-kiem?q=lặng+lẽ").assert_contains("/bai-viet/bai-24");
}

#[test]
fn a_run_respects_the_limits_of_the_day_and_the_lease_and_postpones_an_article_that_broke_the_last_run()
 {
    let portal = by_cron("sync-limits");
    let is_found =
        |slug: &str| portal.get("/tim-kiem?q=bai").text().contains(&format!("/{slug}\""));
    portal.run_sync();
    // When the row limit of the day is reached, nothing is written until the next day.
    portal.sql("CATALOGUE", "UPDATE sync SET day = unixepoch() / 86400, rows_written = 60000");
    portal.put_article("hom-sau", short_document("Bài để hôm sau", ""));
    portal.run_sync();
    assert!(!is_found("hom-sau"));
    portal.sql("CATALOGUE", "UPDATE sync SET day = day - 1");
    portal.run_sync();
    assert!(is_found("hom-sau"));

    // While another run holds the lease, nothing is done.
    portal.sql("CATALOGUE", "UPDATE sync SET lease_until = unixepoch() + 600");
    portal.put_article("cho-luot", short_document("Bài chờ lượt", ""));
    portal.run_sync();
    assert!(!is_found("cho-luot"));

    // An article that an earlier run tried and did not finish is synced alone, after all others.
    portal.sql("CATALOGUE", "UPDATE sync SET lease_until = unixepoch() - 1");
    portal.sql("CATALOGUE", "INSERT INTO due (slug, found_at, attempts) VALUES ('cho-luot', 0, 1)");
    portal.put_article("khac", short_document("Bài khác", ""));
    portal.run_sync();
    assert!(is_found("khac") && !is_found("cho-luot"));
    portal.run_sync();
    assert!(is_found("cho-luot"));
}

#[test]
fn concurrent_runs_sync_each_article_once() {
    let portal = shared();
    let category = "category = \"Cùng lúc\"";
    for number in 0..5 {
        portal.put_article(&format!("cung-{number}"), short_document("Cùng lúc", category));
    }
    portal.sync_until("all articles are listed", || {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| portal.run_sync());
            }
        });
        portal.get("/chuyen-muc/cung-luc").text().contains("5 bài")
    });
    let rows = "SELECT count(*) AS n FROM article WHERE category_slug = 'cung-luc'";
    assert_eq!(portal.sql("CATALOGUE", rows)[0]["n"], 5);
}

#[test]
fn thousands_of_articles_are_all_listed_in_pages() {
    let portal = own_portal_with("sync-thousands", &["SYNC_ON_LOAD:false", "SYNC_SHARE:100"]);
    portal.put_many((0..2_150).map(|number| format!("bai-{number:04}")));
    let everything = |articles| {
        portal.sync_until("all articles are in the catalogue", || portal.articles() == articles);
    };
    everything(2_150);
    portal
        .get("/tin-bai?trang=108")
        .assert_contains("2.150 bài")
        .assert_contains("trang 108 trên 108");
    portal.get("/tin-bai?trang=109").assert_status(404);
    portal.get("/tim-kiem?q=noi+dung").assert_contains("Hơn 2.000 kết quả");
    for slug in ["bai-0000", "bai-1000", "bai-2149"] {
        portal.delete_article(slug);
    }
    everything(2_147);
    portal.get("/tin-bai?trang=108").assert_contains("2.147 bài");
}

#[test]
fn a_broken_document_is_recorded_and_affects_no_other_article() {
    let portal = shared();
    let category = "category = \"Có bài hỏng\"";
    portal.put_article("con-tot", short_document("Bài tốt", category));
    portal.put_article("se-hong", short_document("Bài sẽ hỏng", category));
    let list = || portal.get("/chuyen-muc/co-bai-hong").text();
    portal.sync_until("both articles are listed", || list().contains("2 bài"));
    portal.put_with_rev("se-hong", "+++\ntitle = \n+++\n", "2");
    portal.sync_until("the broken article is not listed any more", || list().contains("1 bài"));
    assert!(list().contains("Bài tốt"));
    let problems = || {
        let sql = "SELECT problems FROM document WHERE slug = 'se-hong'";
        portal.sql("CATALOGUE", sql)[0]["problems"].clone()
    };
    assert!(problems().as_str().unwrap().contains("\"line\":2"), "{:?}", problems());
    portal.put_with_rev("se-hong", &short_document("Bài đã sửa", category), "3");
    portal.sync_until("the corrected article is listed", || list().contains("Bài đã sửa"));
    assert_eq!(problems(), Value::Null);
}

#[test]
fn the_next_run_completes_a_failed_run_and_the_hot_index_is_written_only_when_it_changes() {
    let portal = by_cron("sync-hot");
    portal.put_article("mot", short_document("Bài một", ""));
    for fault in ["articles-fail", "catalogue-fails", "index-fails"] {
        let failures = portal.logged().matches("sync failed").count();
        portal.upkeep(fault);
        eventually("the log has the cause", || {
            (portal.logged().matches("sync failed").count() > failures).then_some(())
        });
    }
    portal.run_sync();
    portal.get("/").assert_contains("Bài một");

    // A run that has to write to INDEX fails while INDEX rejects writes. Other runs do not fail.
    let failures = || portal.logged().matches("sync failed: KV").count();
    let before = failures();
    portal.upkeep("index-put-fails");
    portal.put_article("hai", short_document("Bài hai", ""));
    portal.upkeep("index-put-fails");
    eventually("one run has failed", || (failures() == before + 1).then_some(()));
    portal.run_sync();
    portal.get("/").assert_contains("Bài hai");
}

#[test]
fn a_dropped_catalogue_is_rebuilt_with_the_same_content() {
    let portal = by_cron("sync-rebuild");
    let fields = |category: &str, aliases: &str| {
        format!("category = \"{category}\"\naliases = [{aliases}]\n")
    };
    portal.put_article("mot", short_document("Bài một", &fields("Thông báo", "\"cu-mot\"")));
    portal.put_article("hai", short_document("Bài hai", &fields("Thông Báo", "\"cu-mot\"")));
    portal
        .put_article("ba", short_document("Bài ba", &format!("publish_at = {}", time(9_000_000))));
    portal.put_article("bon", short_document("Bài bốn", "pinned = true"));
    portal.put_article("nam", short_document("Bài năm", "draft = true"));
    portal.put_article("hong", "không phải tài liệu");
    let notice = format!("[notice]\nfrom = {}\nuntil = {}", time(-60), time(9_000_000));
    portal.put_with_rev("sau", &short_document("Bài sáu", &notice), "r1");
    for _ in 0..2 {
        portal.run_sync();
    }
    // An article is changed and one deleted, so that the catalogue is not the work of a single run.
    portal.put_with_rev("sau", &short_document("Bài sáu mới", &notice), "r2");
    portal.delete_article("bon");
    portal.run_sync();
    let before = (portal.catalogue(), portal.kv_text("INDEX", "hot"));
    let tables = portal.sql(
        "CATALOGUE",
        "SELECT 'DROP TABLE ' || name AS dropping FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'
           AND name NOT LIKE 'search\\_%' ESCAPE '\\'",
    );
    let drop: Vec<_> = tables.iter().map(|table| table["dropping"].as_str().unwrap()).collect();
    portal.sql_many("CATALOGUE", &drop.join(";"));
    portal.wrangler(&["d1", "migrations", "apply", "CATALOGUE"]);
    portal.wrangler(&["kv", "key", "delete", "--binding", "INDEX", "hot"]);
    portal.get("/tin-bai").assert_lacks("Bài một");
    for _ in 0..2 {
        portal.run_sync();
    }
    let after = (portal.catalogue(), portal.kv_text("INDEX", "hot"));
    assert_eq!(after.1, before.1);
    // The old catalogue may keep words of deleted articles, which the new one does not have.
    const WORDS: usize = 5;
    for (number, (after, before)) in after.0.iter().zip(&before.0).enumerate() {
        if number == WORDS {
            assert!(!after.is_empty() && after.iter().all(|word| before.contains(word)));
        } else {
            assert_eq!(after, before);
        }
    }
}

#[test]
fn a_category_with_several_names_has_the_name_that_most_articles_use() {
    let portal = shared();
    for (slug, name) in [("ten-a", "NHIỀU TÊN"), ("ten-b", "Nhiều tên"), ("ten-c", "Nhiều tên")]
    {
        portal.put_article(slug, short_document(slug, &format!("category = \"{name}\"")));
    }
    portal.sync_until("all articles are listed", || {
        portal.get("/so-do-trang").text().contains(">Nhiều tên</a> (3 bài)")
    });
    portal.get("/so-do-trang").assert_lacks("NHIỀU TÊN");
    portal.get("/chuyen-muc/nhieu-ten").assert_contains("<h1>Nhiều tên</h1>");
}
