//! Outages of the platform: what readers still get while a store is slow, is unavailable or has no tables.

use std::fs;
use std::sync::OnceLock;
use std::thread;

use crate::harness::{
    GENERAL, Portal, eventually, form_token, own_empty_storage, own_portal_on, own_portal_with,
    portal, receipt_hash, wrangler_on,
};

const ARTICLE: &str = "+++\ntitle = \"Một\"\nupdated = 2024-03-01\nauthor = \"An\"\ncategory = \"Tin\"\n+++\nNội dung.\n";
const LISTS: [&str; 8] = [
    "/tin-bai",
    "/tin-bai/2024",
    "/chuyen-muc/tin",
    "/tim-kiem?q=mot",
    "/du-thao",
    "/hoi-dap",
    "/bai-viet/mot/sau",
    "/sitemap.xml",
];

/// A portal with one article and one file, which waits for the database for at most four seconds.
fn impatient() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        let settings = ["SYNC_ON_LOAD:false", "DATABASE_DEADLINE_MS:4000"];
        let portal = own_portal_with("outages", &settings);
        portal.put_article("mot", ARTICLE);
        portal.put("FILES", "to-trinh.txt", "Tờ trình".as_bytes());
        portal.upkeep("");
        portal
    })
}

/// Runs all checks at the same time, because each takes seconds.
fn at_once(checks: &[&(dyn Fn() + Sync)]) {
    each_at_once(checks, |check| check());
}

fn each_at_once<T: Sync>(items: &[T], check: impl Fn(&T) + Sync) {
    thread::scope(|scope| {
        for item in items {
            scope.spawn(|| check(item));
        }
    });
}

/// Runs the upkeep, which moves submissions out of `INBOX`, and asserts that each text is then stored exactly once.
#[track_caller]
fn assert_stored_once(portal: &Portal, texts: &[&str]) {
    for text in texts {
        let stored = eventually("the submission is stored", || {
            portal.upkeep("");
            Some(portal.stored(text).len()).filter(|stored| *stored > 0)
        });
        assert_eq!(stored, 1, "{text}");
    }
}

/// Sends feedback about an article with these faults injected. Returns the address of the receipt.
#[track_caller]
fn submit(portal: &Portal, text: &str, faults: &str) -> String {
    let own = [("bai", "mot"), ("noi_dung", text)];
    portal.feedback(&[&GENERAL[..], &own].concat()).fault(faults).send().assert_taken()
}

#[test]
fn home_and_articles_need_no_database() {
    for path in ["/", "/bai-viet/bai-day-du", "/lien-he"] {
        let page = portal().request("GET", path).fault("db-fails,catalogue-fails").send();
        page.assert_status(200);
    }
    let home = portal().request("GET", "/").fault("db-fails,catalogue-fails").send();
    home.assert_contains("class=\"card\"");
}

#[test]
fn an_article_without_related_articles_is_served_at_once_and_cached_briefly() {
    let portal = impatient();
    for fault in ["catalogue-hangs", "catalogue-fails"] {
        let page = portal.request("GET", "/bai-viet/mot").fault(fault).send();
        let page = page.assert_success_cached();
        let cache = page.header("cache-control").unwrap().to_owned();
        assert_eq!(cache, "public, max-age=10, stale-while-revalidate=0, stale-if-error=0");
    }
}

#[test]
fn without_the_catalogue_lists_say_so_and_the_log_has_the_cause() {
    for path in ["/tin-bai", "/chuyen-muc/nhieu-bai", "/bai-viet/nhieu-10/sau"] {
        let page = portal().request("GET", path).fault("catalogue-fails").send();
        let page = page.assert_status(503).assert_not_stored();
        page.assert_contains("Hệ thống đang gián đoạn").assert_lacks("injected");
    }
    portal().assert_logs("D1 failed: ");
    let map = portal().request("GET", "/so-do-trang").fault("catalogue-fails").send();
    map.assert_status(200).assert_not_stored().assert_contains("tạm thời chưa đọc được");
}

#[test]
fn a_locked_or_slow_database_is_treated_as_failed() {
    let portal = impatient();
    for faults in ["catalogue-locked,db-locked", "catalogue-hangs,db-hangs"] {
        for path in ["/", "/bai-viet/mot", "/tep/to-trinh.txt", "/gop-y", "/atom.xml", "/en"] {
            portal.request("GET", path).fault(faults).send().assert_status(200);
        }
        each_at_once(&LISTS, |path| {
            let page = portal.request("GET", path).fault(faults).send();
            let page = page.assert_status(503).assert_not_stored();
            assert_eq!(page.header("retry-after"), Some("60"), "{path}");
            page.assert_contains("thử lại sau ít phút").assert_lacks("SQLITE");
        });
        let text = format!("Gửi lúc {faults}.");
        submit(portal, &text, faults);
        assert_stored_once(portal, &[&text]);
    }
}

#[test]
fn databases_without_tables_affect_no_article_and_lose_no_submission() {
    // The databases are as after a first deployment without `d1 migrations apply`.
    let storage = own_empty_storage("no-tables");
    fs::remove_dir_all(storage.join("v3/d1")).unwrap();
    let portal = own_portal_on("without-tables", &storage);
    portal.put_article("mot", ARTICLE);
    let page = portal.get("/bai-viet/mot").assert_status(200).assert_contains("Nội dung.");
    assert_eq!(
        page.header("cache-control"),
        Some("public, max-age=10, stale-while-revalidate=0, stale-if-error=0")
    );
    portal.get("/").assert_status(200);
    portal.get("/gop-y").assert_status(200);
    for path in LISTS {
        let page = portal.get(path).assert_status(503).assert_not_stored();
        page.assert_contains("thử lại sau ít phút").assert_lacks("no such table");
    }
    portal.assert_logs("no such table");
    let text = "Gửi trước khi có bảng.";
    let location = submit(&portal, text, "");
    portal.upkeep("");
    assert_eq!(portal.keys("INBOX"), [receipt_hash(&location)]);
    portal.get(&location).assert_status(200).assert_contains("Đã tiếp nhận");

    // The portal is stopped meanwhile, because the local database file may have only one user while tables are created.
    portal.end();
    for database in ["DB", "CATALOGUE"] {
        wrangler_on(&portal.state, &["d1", "migrations", "apply", database]).unwrap();
    }
    let portal = portal.start_again();
    portal.upkeep("");
    assert_eq!(portal.stored(text).len(), 1);
    assert_eq!(portal.keys("INBOX"), Vec::<String>::new());
    portal.get(&location).assert_status(200).assert_contains("Đã tiếp nhận");
    portal.get("/tin-bai").assert_status(200).assert_contains("/bai-viet/mot");
}

#[test]
fn slow_stores_delay_answers_and_cause_no_errors() {
    let portal = impatient();
    let get = |path: &str| portal.request("GET", path).fault("kv-slow").send();
    at_once(&[
        &|| drop(get("/").assert_success_cached().assert_contains("class=\"card\"")),
        &|| drop(get("/bai-viet/mot").assert_success_cached().assert_contains("Nội dung.")),
        &|| drop(get("/tin-bai").assert_success_cached().assert_contains("/bai-viet/mot")),
        &|| drop(get("/tep/to-trinh.txt").assert_status(200)),
        &|| drop(get("/gop-y?bai=mot").assert_status(200)),
        &|| {
            submit(portal, "Gửi khi KV chậm.", "kv-slow");
        },
        &|| {
            submit(portal, "Gửi khi KV chậm và DB hỏng.", "kv-slow,db-fails");
        },
    ]);
    assert_stored_once(portal, &["Gửi khi KV chậm.", "Gửi khi KV chậm và DB hỏng."]);
}

#[test]
fn a_store_that_never_answers_is_treated_as_failed() {
    let portal = impatient();
    let get = |path: &str| portal.request("GET", path).fault("kv-hangs").send();
    let away = |path: &str| {
        let page = get(path).assert_status(503).assert_not_stored();
        page.assert_contains("Tạm thời chưa xem được");
    };
    at_once(&[
        &|| away("/bai-viet/mot"),
        &|| away("/tep/to-trinh.txt"),
        // The database does not have this receipt, and `INBOX` cannot be read.
        &|| away("/gop-y/da-nhan/00000-00000-00000-00303"),
        &|| drop(get("/").assert_status(200)),
        &|| drop(get("/tin-bai").assert_status(200).assert_contains("/bai-viet/mot")),
        &|| drop(get("/gop-y?bai=mot").assert_status(200)),
        &|| {
            let location = submit(portal, "Gửi khi KV không trả lời.", "kv-hangs");
            assert_eq!(portal.stored("Gửi khi KV không trả lời.").len(), 1);
            portal.request("GET", &location).fault("kv-hangs").send().assert_status(200);
        },
        &|| {
            let request = portal.text_feedback(&form_token(), "Không kho nào trả lời.");
            let page = request.fault("kv-hangs,db-hangs").send();
            let page = page.assert_status(503).assert_not_stored();
            page.assert_contains("Chưa gửi được").assert_contains("Không kho nào trả lời.");
        },
    ]);
}

#[test]
fn a_file_that_cannot_be_read_is_answered_with_503_not_404() {
    let file = portal().request("GET", "/tep/tai-lieu.pdf").fault("files-fail").send();
    file.assert_status(503).assert_not_stored().assert_contains("Tạm thời chưa xem được");
    let page = portal().request("GET", "/bai-viet/bai-day-du").fault("files-fail").send();
    page.assert_success_cached();
}

#[test]
fn a_comment_on_a_draft_that_cannot_be_read_is_refused_with_its_text_kept() {
    let token = form_token();
    let form = [
        ("ma_phieu", token.as_str()),
        ("loai", "gop-y-du-thao"),
        ("bai", "du-thao-dang-mo"),
        ("noi_dung", "Dự thảo tạm thời không đọc được."),
    ];
    let send = |fault: &str| portal().feedback(&form).fault(fault).send();
    let page = send("articles-fail").assert_status(503).assert_not_stored();
    page.assert_contains("Dự thảo tạm thời không đọc được.").assert_contains("Chưa gửi được");
    send("").assert_taken();
}

#[test]
fn without_the_inbox_submissions_and_receipts_still_work() {
    let text = "Gửi khi hàng đợi hỏng.";
    let location = submit(portal(), text, "inbox-fails");
    assert_eq!(portal().stored(text).len(), 1);
    portal().request("GET", &location).fault("inbox-fails").send().assert_status(200);
    // A receipt that is not in the database may be waiting in `INBOX`, which cannot be read now.
    let unknown = "/gop-y/da-nhan/00000-00000-00000-00303";
    portal().request("GET", unknown).fault("inbox-fails").send().assert_status(503);
}

#[test]
fn pages_are_served_without_the_hot_index() {
    for fault in ["index-fails", "index-corrupt"] {
        let page = portal().request("GET", "/bai-viet/bai-day-du").fault(fault).send();
        page.assert_status(200).assert_contains("Đoạn mở đầu").assert_lacks("Tin bài mới</h2>");
        portal().request("GET", "/").fault(fault).send().assert_status(200);
    }
}

#[test]
fn an_article_that_cannot_be_read_is_answered_with_503_not_404() {
    let page = portal().request("GET", "/bai-viet/bai-day-du").fault("articles-fail").send();
    page.assert_status(503).assert_not_stored().assert_contains("Tạm thời chưa xem được");
}

#[test]
fn the_404_page_of_an_old_address_is_not_cached_without_the_catalogue() {
    let page = portal().request("GET", "/bai-viet/bai-cu").fault("catalogue-fails").send();
    page.assert_status(404).assert_not_stored();
}
