//! Tests with a wrong clock: no page fails, nothing irreversible happens, and everything is as before once the clock is
//! right. The fault changes the clock of a whole portal, so each test starts its own.

use crate::harness::{
    NAME, Portal, SENDER, form_token, now, own_portal_with, short_document, time,
};

const DAY: i64 = 24 * 3600;
const YEAR: i64 = 365 * DAY;
/// The last second of JavaScript's `Date`, on 13/09/275760.
const END_OF_TIME: i64 = 8_640_000_000_000;

/// Starts a portal with an article of each kind that depends on the clock.
fn portal(name: &str, settings: &[&str]) -> Portal {
    let portal = own_portal_with(name, &[&["SYNC_ON_LOAD:false"], settings].concat());
    let between = |key: [&str; 2], from: i64, until: i64| {
        format!("{} = {}\n{} = {}", key[0], time(from), key[1], time(until))
    };
    let notice = between(["from", "until"], -DAY, 30 * DAY);
    let consultation = between(["opens", "closes"], -30 * DAY, 30 * DAY);
    portal.put_article(
        "mot",
        short_document("Bài một", "image = { file = \"anh.svg\", alt = \"x\" }"),
    );
    portal.put_article("nhap", short_document("Bản nháp", "draft = true"));
    portal.put_article("da-hen", short_document("Đã tới giờ", "publish_at = 2024-06-01"));
    portal.put_article(
        "hen-gio",
        short_document("Chưa tới giờ", &format!("publish_at = {}", time(30 * DAY))),
    );
    portal.put_article("thong-bao", short_document("Tin khẩn", &format!("[notice]\n{notice}")));
    portal.put_article(
        "du-thao",
        short_document("Dự thảo", &format!("[consultation]\nunit = \"Ban\"\n{consultation}")),
    );
    portal.upkeep("");
    portal.upkeep("");
    portal
}

fn at(second: i64) -> String {
    format!("clock={second}")
}

/// Returns what the sync derives from the articles: the lists, counts and search results in the catalogue, and the hot
/// index.
fn derived(portal: &Portal) -> (Vec<Vec<serde_json::Value>>, String) {
    let catalogue = portal.sql_many(
        "CATALOGUE",
        "SELECT slug, listed FROM article ORDER BY slug;
         SELECT * FROM month_count ORDER BY scope, month;
         SELECT slug FROM article JOIN search ON search.rowid = article.id
         WHERE search MATCH '\"noi\"' ORDER BY slug;
         SELECT file, due_at > unixepoch() + 86400 AS is_put_off FROM picture;
         SELECT * FROM due",
    );
    (catalogue, portal.kv_text("INDEX", "hot"))
}

#[test]
fn pages_and_lists_survive_a_wrong_clock_and_recover_when_it_is_right() {
    let portal = portal("clock", &[]);
    let before = derived(&portal);
    assert!(before.1.contains("Tin khẩn") && before.1.contains("\"du-thao\""), "{}", before.1);
    let paths = [
        "/",
        "/bai-viet/mot",
        "/bai-viet/hen-gio",
        "/bai-viet/du-thao",
        "/tin-bai",
        "/tin-bai/2024",
        "/tim-kiem?q=noi+dung",
        "/du-thao",
        "/du-thao/du-thao/y-kien",
        "/gop-y?du-thao=du-thao",
        "/hoi-dap",
        "/so-do-trang",
        "/atom.xml",
        "/rss.xml",
        "/sitemap.xml",
    ];
    for clock in [0, now().0 - 20 * YEAR, now().0 + 20 * YEAR, END_OF_TIME] {
        for path in paths {
            let page = portal.request("GET", path).fault(&at(clock)).send();
            assert!(matches!(page.status, 200 | 404), "{path} at {clock}: {}", page.status);
        }
        for _ in 0..2 {
            portal.upkeep(&at(clock));
        }
        portal.request("GET", "/bai-viet/nhap").fault(&at(clock)).send().assert_status(404);
        let list = portal.request("GET", "/tin-bai").fault(&at(clock)).send();
        list.assert_contains("Bài một").assert_lacks("Bản nháp");

        for _ in 0..2 {
            portal.upkeep("");
        }
        assert_eq!(derived(&portal), before, "after {clock}");
        portal.get("/bai-viet/hen-gio").assert_status(404);
        portal.get("/tim-kiem?q=chua+toi+gio").assert_lacks("/bai-viet/hen-gio");
        portal.get("/").assert_contains("Tin khẩn").assert_contains("Dự thảo");
    }
    assert!(!portal.logged().contains("panicked"));
}

#[test]
fn nothing_irreversible_happens_while_the_clock_runs_ahead() {
    let portal = portal("clock-ahead", &[]);
    let send = |kind: &str, text: &str| {
        let own = [("loai", kind), ("bai", "du-thao"), ("tieu_de", "Câu hỏi"), ("noi_dung", text)];
        portal.submit(&[&SENDER[..], &own].concat()).assert_taken()
    };
    send("cau-hoi", "Đã trả lời hôm nay.");
    send("gop-y-du-thao", "Góp ý hôm nay.");
    portal.sql(
        "DB",
        "UPDATE submission SET state = 'answered', answer = 'Rồi.', handled_by = 'Hà'
         WHERE text = 'Đã trả lời hôm nay.'",
    );
    for years in [1, 20] {
        portal.upkeep(&at(now().0 + years * YEAR));
    }
    assert_eq!(portal.stored("Đã trả lời hôm nay.")[0]["name"], NAME);
    assert_eq!(portal.sql("DB", "SELECT * FROM seal").len(), 0, "a day in the future was sealed");
    // A day that is really over is sealed.
    portal.upkeep(&at(now().0 + DAY));
    assert_eq!(portal.sql("DB", "SELECT * FROM seal").len(), 1);
}

#[test]
fn a_form_opened_or_sent_under_a_wrong_clock_is_shown_again_with_its_text() {
    let portal = portal("clock-forms", &[]);
    for clock in [0, now().0 + 20 * YEAR] {
        let strange = portal.request("GET", "/gop-y").fault(&at(clock)).send().form_token();
        let send = |token: &str, faults: &str| {
            portal.text_feedback(token, "Viết khi đồng hồ sai.").fault(faults).send()
        };
        // One form was opened under the wrong clock and is sent under the right one; the other is the reverse.
        for (token, faults) in [(strange, String::new()), (form_token(), at(clock))] {
            let page = send(&token, &faults).assert_status(422).assert_not_stored();
            let page = page.assert_contains("Viết khi đồng hồ sai.");
            assert_ne!(page.form_token(), token);
        }
    }
    assert_eq!(portal.stored("Viết khi đồng hồ sai.").len(), 0);
    let location = portal.submit_text("Viết khi đồng hồ đã đúng.");
    portal.get(&location).assert_status(200);
}

#[test]
fn a_page_cached_under_a_wrong_clock_is_not_served_under_the_right_one() {
    let portal = portal("clock-memory", &["PAGE_MEMORY_SECONDS:600"]);
    let page = |faults: &str| portal.request("GET", "/bai-viet/mot").fault(faults).send();
    for (number, clock) in [0, now().0 + 20 * YEAR].into_iter().enumerate() {
        page(&at(clock)).assert_status(200);
        let title = format!("Bản {number}");
        portal.put_article("mot", short_document(&title, ""));
        page(&at(clock + 1)).assert_lacks(&title);
        page("").assert_contains(&title);
        // The page that is cached now is served next.
        portal.put_article("mot", short_document("Bản sau", ""));
        page("").assert_contains(&title);
    }
}

#[test]
fn a_wrong_clock_closes_the_desk_and_the_right_one_opens_it_again() {
    let portal = portal("clock-desk", &[]);
    let editor = portal.editor();
    editor.get("/bien-tap").assert_status(200);
    for clock in [0, now().0 + 20 * YEAR] {
        let page = editor.request("GET", "/bien-tap").fault(&at(clock)).send();
        page.assert_status(403).assert_not_stored();
        editor.get("/bien-tap").assert_status(200);
    }
}
