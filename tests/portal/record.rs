//! The ledger of a consultation: it is sealed every day, shown on receipts, and can be verified with the public export
//! alone.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use cong_core::vietnamese::Timestamp;

use crate::harness::{
    Answer, CLAUSES, Portal, VIETNAMESE, cong, eventually, form_token_at, now, own_portal, portal,
    receipt_hash, scratch, time,
};

const DAY: i64 = 24 * 3600;

/// A portal for the tests of this module. It is locked, so that they run one after another, because they set its clock.
fn shared() -> MutexGuard<'static, Portal> {
    static PORTAL: OnceLock<Mutex<Portal>> = OnceLock::new();
    let portal = PORTAL.get_or_init(|| Mutex::new(own_portal("record")));
    portal.lock().unwrap_or_else(PoisonError::into_inner)
}

fn draft(portal: &Portal, slug: &str, opens: i64, closes: &str) {
    let document = format!(
        "+++\ntitle = \"Dự thảo\"\nupdated = 2020-02-03\nauthor = \"An\"\n[consultation]\nopens = {}\n\
         closes = {closes}\nunit = \"Ban Tư vấn\"\n+++\n{CLAUSES}\n",
        time(opens),
    );
    portal.put_article(slug, document);
}

fn comment(portal: &Portal, slug: &str, text: &str) -> String {
    let fields = [
        ("loai", "gop-y-du-thao"),
        ("bai", slug),
        ("dieu", "dieu-2-pham-vi"),
        ("noi_dung", text),
        ("ho_ten", "Lò Thị Hiên"),
        ("dien_thoai", "0912 345 678"),
        ("cong_khai_ten", "1"),
        ("dong_y", "1"),
    ];
    portal.submit(&fields).assert_taken()
}

/// Runs the upkeep with a clock that is `days` ahead.
fn upkeep_after(portal: &Portal, days: i64) {
    portal.upkeep(&format!("clock={}", now().0 + days * DAY));
}

/// Seals all entries of a draft's ledger, with a clock that is `days` ahead.
fn seal_after(portal: &Portal, slug: &str, days: i64) {
    let waiting = format!("SELECT 1 FROM ledger WHERE slug = '{slug}' AND seal_id IS NULL");
    eventually("the day is sealed", || {
        upkeep_after(portal, days);
        portal.sql("DB", &waiting).is_empty().then_some(())
    });
}

fn export(portal: &Portal, slug: &str) -> String {
    portal.get(&format!("/du-thao/{slug}/so-cai.jsonl")).assert_status(200).text()
}

fn verify(folder: &Path, options: &[&str]) -> Output {
    let (locale, vietnamese) = VIETNAMESE;
    cong().arg("verify").arg(folder).args(options).env(locale, vietnamese).output().unwrap()
}

#[track_caller]
fn assert_ledger_is_valid(folder: &Path) -> String {
    let output = verify(folder, &[]);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

#[test]
fn comments_are_sealed_once_a_day_and_receipts_show_the_chain_value() {
    let portal = &*shared();
    let slug = "khoa-so";
    draft(portal, slug, -30 * DAY, &time(30 * DAY));
    let receipts = ["Một.", "Hai.", "Ba."].map(|text| comment(portal, slug, text));
    let page = format!("/du-thao/{slug}/so-cai");
    portal.upkeep("");
    portal.get(&page).assert_success_cached().assert_contains("<strong>3</strong> mục chờ khóa sổ");
    portal.get(&receipts[0]).assert_contains("chờ khóa sổ");
    // Several runs at once, and one more, seal the day once.
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| upkeep_after(portal, 1));
        }
    });
    seal_after(portal, slug, 1);
    let seals = portal.sql("DB", &format!("SELECT size, chain FROM seal WHERE slug = '{slug}'"));
    assert_eq!(seals.len(), 1, "{seals:?}");
    assert_eq!(seals[0]["size"], 3);
    let chain = seals[0]["chain"].as_str().unwrap();
    portal.get(&page).assert_contains(chain).assert_lacks("chờ khóa sổ vào");
    for receipt in &receipts {
        portal
            .get(receipt)
            .assert_not_stored()
            .assert_contains(chain)
            .assert_contains("Đường đến mã gốc");
    }
    let folder = scratch("record-sealed");
    fs::write(folder.join("so.jsonl"), export(portal, slug)).unwrap();
    assert_ledger_is_valid(&folder);
    assert!(verify(&folder, &["--chain", chain]).status.success());
    assert!(!verify(&folder, &["--chain", &"0".repeat(64)]).status.success());
}

#[test]
fn lawful_erasures_keep_the_ledger_valid_and_dropped_or_altered_comments_are_found() {
    let portal = &*shared();
    let slug = "kiem-tra";
    draft(portal, slug, -30 * DAY, &time(30 * DAY));
    let texts =
        ["Sẽ bị bỏ.", "Sẽ bị sửa.", "Sẽ xóa tên.", "Sẽ rút lại.", "Sẽ che bớt.", "Sẽ xóa chữ."];
    let receipts = texts.map(|text| comment(portal, slug, text));
    let set = |text: &str, what: &str| {
        format!(
            "UPDATE comment SET {what}, handled_by = 'Hà' WHERE slug = '{slug}' AND text = '{text}';"
        )
    };
    let mut steps =
        format!("UPDATE comment SET public_text = text, handled_by = 'Hà' WHERE slug = '{slug}';");
    steps += &format!(
        "UPDATE comment SET decision = 'partly', answer = 'Đã xem.', handled_by = 'Hà' WHERE slug = '{slug}';"
    );
    steps += &format!("INSERT INTO answers_released (slug, handled_by) VALUES ('{slug}', 'Hà')");
    portal.sql_many("DB", &steps);
    seal_after(portal, slug, 1);
    let folder = scratch("record-checked");
    fs::write(folder.join("truoc.jsonl"), export(portal, slug)).unwrap();
    assert_ledger_is_valid(&folder);

    let act = |receipt: &str, action: &str| {
        portal.act(receipt, action, "0912345678").assert_redirect(303, receipt);
    };
    act(&receipts[2], "xoa");
    act(&receipts[3], "rut");
    portal.sql_many(
        "DB",
        &(set("Sẽ che bớt.", "public_text = 'Sẽ […]'")
            + &set("Sẽ xóa chữ.", "text = NULL, public_text = '[đã gỡ]'")),
    );
    // The ledger is valid before the erasures are sealed, and afterwards.
    fs::write(folder.join("giua.jsonl"), export(portal, slug)).unwrap();
    assert_ledger_is_valid(&folder);
    seal_after(portal, slug, 2);
    let whole = export(portal, slug);
    fs::write(folder.join("sau.jsonl"), &whole).unwrap();
    let printed = assert_ledger_is_valid(&folder);
    assert!(printed.contains("theo yêu cầu của người gửi"), "{printed}");
    for gone in ["Sẽ rút lại.", "Sẽ che bớt.", "Sẽ xóa chữ."] {
        assert!(!whole.contains(gone), "{gone} is in {whole}");
    }
    assert_eq!(whole.matches("\"value\":\"Lò Thị Hiên\"").count(), 4);
    assert!(!whole.contains("0912345678"), "{whole}");

    let forged = scratch("record-forged");
    let dropped: String = whole
        .lines()
        .filter(|line| !line.contains("Sẽ bị bỏ."))
        .map(|l| format!("{l}\n"))
        .collect();
    let altered = whole.replace("Sẽ bị sửa.", "Đã bị sửa.");
    for record in [dropped, altered] {
        assert_ne!(record, whole);
        fs::write(forged.join("so.jsonl"), record).unwrap();
        let output = verify(&forged, &[]);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{printed}");
    }
}

#[test]
fn the_database_rejects_changes_of_the_ledger() {
    let portal = portal();
    let receipt = comment(portal, "du-thao-nhieu-dieu", "Đã vào sổ.");
    let hash = receipt_hash(&receipt);
    let comment = format!(
        "(SELECT comment.id FROM comment JOIN submission ON submission.id = submission_id WHERE receipt_hash = '{hash}')"
    );
    let refused = |sql: &str, message| portal.assert_refuses(sql, message);
    refused(
        &format!("DELETE FROM ledger WHERE comment_id = {comment}"),
        "the record does not change",
    );
    refused(
        &format!("UPDATE ledger SET leaf = '{}' WHERE comment_id = {comment}", "0".repeat(64)),
        "the record does not change",
    );
    refused(
        &format!("UPDATE ledger SET slug = 'khac' WHERE comment_id = {comment}"),
        "the record does not change",
    );
    refused(&format!("DELETE FROM comment WHERE id = {comment}"), "never deleted");
    refused(
        &format!("UPDATE comment SET text = 'Khác', handled_by = 'Hà' WHERE id = {comment}"),
        "what was sent does not change",
    );
    refused(
        &format!("UPDATE comment SET public_text = text WHERE id = {comment}"),
        "say who makes this change",
    );
    refused(
        &format!("UPDATE submission SET is_named = 0 WHERE receipt_hash = '{hash}'"),
        "say who",
    );
    portal.sql(
        "DB",
        &format!(
            "UPDATE submission SET is_named = 0, handled_by = 'Hà' WHERE receipt_hash = '{hash}'"
        ),
    );
    refused(
        &format!(
            "UPDATE submission SET is_named = 1, handled_by = 'Hà' WHERE receipt_hash = '{hash}'"
        ),
        "only its sender",
    );
}

#[test]
fn a_comment_is_accepted_in_the_last_second_and_refused_in_the_next_even_with_a_cached_page() {
    let portal = &*shared();
    let slug = "giay-cuoi";
    let closes = now().0 + 3_600;
    draft(portal, slug, -30 * DAY, &Timestamp(closes).rfc3339());
    let page = format!("/bai-viet/{slug}");
    let at = |second: i64| portal.request("GET", &page).fault(&format!("clock={second}")).send();
    let send = |second: i64, text: &str| -> Answer {
        let token = form_token_at(closes - 60);
        let fields = [
            ("ma_phieu", token.as_str()),
            ("loai", "gop-y-du-thao"),
            ("bai", slug),
            ("noi_dung", text),
        ];
        portal.feedback(&fields).fault(&format!("clock={second}")).send()
    };
    let cold = portal.get(&page).assert_success_cached();
    assert!(cold.text().contains("Góp ý dự thảo này"));
    let last = at(closes).assert_contains("Góp ý dự thảo này");
    assert_eq!(last.header("cache-control"), Some("no-store"));
    send(closes, "Trong giây cuối.").assert_status(303);
    at(closes + 1).assert_lacks("Góp ý dự thảo này").assert_contains("đang tổng hợp ý kiến");
    send(closes + 1, "Chậm một giây.")
        .assert_status(422)
        .assert_contains("Đã hết thời gian góp ý")
        .assert_contains("Chậm một giây.");
    let stored = portal.sql("DB", "SELECT text FROM comment WHERE slug = 'giay-cuoi'");
    assert_eq!(stored.len(), 1);
}

#[test]
fn five_thousand_comments_on_many_clauses_are_listed_answered_and_in_the_ledger() {
    let portal = &*shared();
    let slug = "nam-nghin";
    let clauses: String =
        (1..=120).map(|n| format!("## Điều {n}\n\nNội dung điều {n}.\n\n")).collect();
    let document = format!(
        "+++\ntitle = \"Dự thảo lớn\"\nupdated = 2020-02-03\nauthor = \"An\"\n[consultation]\nopens = {}\n\
         closes = {}\nunit = \"Ban Tư vấn\"\n+++\n{clauses}",
        time(-60 * DAY),
        time(-DAY),
    );
    portal.put_article(slug, document);
    portal.sql_many(
        "DB",
        &format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
             INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at, capacity)
             SELECT printf('5%063d', i), 'gop-y-du-thao', '{slug}', '', 'Điều ' || (i % 120 + 1), '',
                    unixepoch() - 864000, 'individual' FROM n;
             INSERT INTO comment (submission_id, position, slug, clause, clause_title, text)
             SELECT id, 1, about, 'dieu-' || substr(text, 6), text, 'Ý kiến số ' || substr(receipt_hash, 60)
             FROM submission WHERE about = '{slug}';
             UPDATE comment SET public_text = text, decision = 'explained', answer = 'Trả lời.',
                    handled_by = 'Hà' WHERE slug = '{slug}';
             INSERT INTO answers_released (slug, handled_by) VALUES ('{slug}', 'Hà')"
        ),
    );
    let first = portal.get(&format!("/du-thao/{slug}/tiep-thu")).assert_status(200);
    first.assert_contains("<strong>5.000</strong>").assert_contains("aria-label=\"Trang 100\"");
    let last = portal.get(&format!("/du-thao/{slug}/y-kien?trang=100")).assert_status(200);
    assert_eq!(last.text().matches("class=\"comment\"").count(), 50);
    last.assert_contains("Điều 120");
    let one = portal.get(&format!("/du-thao/{slug}/y-kien?dieu=dieu-7")).assert_status(200);
    assert_eq!(one.text().matches("class=\"comment\"").count(), 42);

    let table = portal.get(&format!("/du-thao/{slug}/tiep-thu.csv")).assert_status(200).text();
    let mut numbers: Vec<_> = table
        .split("Ý kiến số ")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), 5_000);

    // The upkeep seals a bounded number of these 10,000 entries in each run.
    seal_after(portal, slug, 1);
    let folder = scratch("record-large");
    fs::write(folder.join("so.jsonl"), export(portal, slug)).unwrap();
    let printed = assert_ledger_is_valid(&folder);
    assert!(printed.contains("5.000 ý kiến, 5.000 trả lời"), "{printed}");
}
