//! `cong backup`, `cong restore` and `cong erasures`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use crate::harness::{
    NAME, Portal, VIETNAMESE, assert_says, cong, own_empty_storage, own_portal_on, own_portal_with,
    receipt_hash, scratch, wrangler_on,
};

const TABLES: [&str; 15] = [
    "answers_released",
    "audit",
    "comment",
    "consultation",
    "consultation_audit",
    "d1_migrations",
    "daily_message",
    "desk_audit",
    "identity",
    "ledger",
    "rating",
    "released",
    "seal",
    "submission",
    "tombstone",
];
const HOSTILE: &str = "Dòng 1 \\n '; DROP TABLE x; -- \"[`/*\u{9b}\r\nDòng 2 🌾 e\u{301} NULL";

/// The number of letters `ế` (three bytes each) in a text. Written in hexadecimal, the text is longer than D1 allows for
/// a whole SQL statement.
const LONG: usize = 20_000;

/// Everything in a portal's storage that cannot be rebuilt from other data.
#[derive(Debug, PartialEq)]
struct Kept {
    rows: BTreeMap<&'static str, Vec<Value>>,
    /// The metadata and the expiration of each key, by namespace and key.
    keys: BTreeMap<(&'static str, String), (Value, Value)>,
    values: BTreeMap<(&'static str, String), Vec<u8>>,
}

/// A portal's storage with a row in every table, and a backup of it.
struct Source {
    state: PathBuf,
    kept: Kept,
    backup: PathBuf,
    /// The output of `cong backup`.
    said: String,
    /// The address of the receipt of an answered submission.
    answered: String,
    named: String,
    waiting: String,
}

fn source() -> &'static Source {
    static SOURCE: OnceLock<Source> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let portal = own_portal_with("backup", &[]);
        put_values(&portal);
        let send = |text: &str, faults: &str| {
            portal.error_report(text).fault(faults).send().assert_taken()
        };
        let answered = send(HOSTILE, "");
        let named = send(&"ế".repeat(LONG), "");
        let [withdrawn, erased] = ["Sẽ rút lại.", "Sẽ xóa người gửi."].map(|text| send(text, ""));
        portal.act_as_sender(&withdrawn, "rut");
        portal.act_as_sender(&erased, "xoa");
        handle(&portal, &receipt_hash(&answered));
        let rating = [("co_ich", "khong"), ("nhan_xet", HOSTILE)];
        portal.request("POST", "/bai-viet/bai/danh-gia").form(&rating).send().assert_taken();
        let waiting = send("Đang đợi cơ sở dữ liệu.", "db-fails");

        portal.end();
        let state = portal.state.clone();
        let kept = kept(&state);
        let backup = scratch("backup-made").join("sao lưu");
        let output = run(&["backup"], &backup, &state);
        let said = said(&output);
        assert!(output.status.success(), "{said}");
        Source { state, kept, backup, said, answered, named, waiting }
    })
}

/// Stores articles and files whose keys are not valid file names, some with metadata, some with bytes that are not
/// UTF-8.
fn put_values(portal: &Portal) {
    let document = "\u{feff}+++\r\ntitle = \"Bài\"\r\nupdated = 2024-03-01\r\nauthor = \"An\"\r\n+++\r\nChào.\r\n";
    let pair = |key: &str, value: &str| json!({ "key": key, "value": value });
    let bytes = |key: &str, value: &[u8]| json!({ "key": key, "value": BASE64_STANDARD.encode(value), "base64": true });
    let mut with_rev = pair("bai", document);
    with_rev["metadata"] = json!({ "rev": "2", "khác": [1.5, null, "\u{2028}"] });
    let articles = json!([
        with_rev,
        pair("Bai", "another in capitals"),
        pair("../../con", "no path"),
        pair("aux.", ""),
        pair("-x", "like an option"),
        pair("__proto__", "like none"),
        pair("thay-the", "a real \u{fffd}"),
        bytes("hong", b"\xff\xfe no text"),
    ]);
    let mut large = vec![0xfe; 11 * 1024 * 1024];
    large.extend(0..=255);
    let mut expiring = pair("sắp hết hạn.txt", "Còn đến năm 2033.");
    expiring["expiration"] = json!(2_000_000_000);
    let files = json!([
        bytes("ảnh 1.png", &(0..=255).collect::<Vec<u8>>()),
        bytes("lớn.bin", &large),
        pair("-ghi chú.txt", "Xin chào"),
        pair("trống.txt", ""),
        expiring,
    ]);
    for (binding, pairs) in [("ARTICLES", articles), ("FILES", files)] {
        let path = portal.state.join("pairs.json");
        fs::write(&path, pairs.to_string()).unwrap();
        portal.wrangler(&["kv", "bulk", "put", "--binding", binding, path.to_str().unwrap()]);
        fs::remove_file(path).unwrap();
    }
}

/// Answers the submission with the receipt hash `answered` and releases the answer. Adds to the draft `du-thao` a
/// comment, its released answer and a seal.
fn handle(portal: &Portal, answered: &str) {
    portal.sql_many(
        "DB",
        &format!(
            "UPDATE submission SET state = 'answered', answer = 'Xong\\n.' || char(10), handled_by = 'Hà'
             WHERE receipt_hash = '{answered}';
             INSERT INTO released (submission_id, subject, text, answer, handled_by)
             SELECT id, 'Hỏi', 'Hỏi', 'Đáp', 'Hà' FROM submission WHERE receipt_hash = '{answered}';
             INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at, capacity)
             VALUES ('{}', 'gop-y-du-thao', 'du-thao', '', 'Điều 5', '', 1700000000, 'organisation');
             INSERT INTO comment (submission_id, position, slug, clause, clause_title, text)
             SELECT max(id), 1, about, 'dieu-5', 'Điều 5', 'Nâng mức hỗ trợ.' FROM submission
             WHERE about = 'du-thao';
             UPDATE comment SET public_text = text, decision = 'explained', answer = 'Không.', handled_by = 'Hà';
             INSERT INTO answers_released (slug, handled_by) VALUES ('du-thao', 'Hà');
             INSERT INTO desk_audit (at, what, who) VALUES (1700000000, 'sync asked for', 'ha@cong.example');
             INSERT INTO daily_message (channel, day, tries) VALUES ('email', '2026-11-26', 1)",
            "c".repeat(64)
        ),
    );
    portal.upkeep("");
    portal.sql_many(
        "DB",
        &format!(
            "INSERT INTO seal (slug, day, size, root, chain) VALUES ('du-thao', '2026-11-26', 1, '{0}', '{0}');
             UPDATE ledger SET seal_id = 1, position = 0 WHERE id = (SELECT min(id) FROM ledger)",
            "d".repeat(64)
        ),
    );
}

/// Reads the storage with wrangler alone, without the tool.
fn kept(state: &Path) -> Kept {
    let queries: Vec<_> = TABLES.iter().map(|table| format!("SELECT * FROM {table}")).collect();
    let answers: Vec<Value> =
        json_of(state, &["d1", "execute", "DB", "--json", "--command", &queries.join(";")]);
    let rows = TABLES.into_iter().zip(answers).map(|(table, answer)| {
        let mut rows = answer["results"].as_array().unwrap().clone();
        rows.sort_by_key(Value::to_string);
        (table, rows)
    });
    let rows = rows.collect();
    let (mut keys, mut values) = (BTreeMap::new(), BTreeMap::new());
    for binding in ["ARTICLES", "FILES", "INBOX"] {
        let listed: Vec<Value> = json_of(state, &["kv", "key", "list", "--binding", binding]);
        let names: Vec<_> =
            listed.iter().map(|key| key["name"].as_str().unwrap().to_owned()).collect();
        for (key, name) in listed.iter().zip(&names) {
            let about = (key["metadata"].clone(), key["expiration"].clone());
            keys.insert((binding, name.clone()), about);
        }
        let path = state.join("names.json");
        fs::write(&path, serde_json::to_vec(&names).unwrap()).unwrap();
        let texts: BTreeMap<String, Value> =
            json_of(state, &["kv", "bulk", "get", "--binding", binding, path.to_str().unwrap()]);
        fs::remove_file(path).unwrap();
        for name in names {
            let text = texts.get(&name).and_then(|text| text["value"].as_str());
            let value = match text.filter(|text| !text.contains('\u{fffd}')) {
                Some(text) => text.as_bytes().to_vec(),
                None => {
                    wrangler_on(state, &["kv", "key", "get", "--binding", binding, &name]).unwrap()
                }
            };
            values.insert((binding, name), value);
        }
    }
    Kept { rows, keys, values }
}

fn json_of<T: serde::de::DeserializeOwned>(state: &Path, args: &[&str]) -> T {
    serde_json::from_slice(&wrangler_on(state, args).unwrap()).unwrap()
}

fn command(words: &[&str], operand: &Path, state: &Path) -> Command {
    let mut command = cong();
    command.args(words).arg(operand).arg("--state").arg(state).stdin(Stdio::null());
    command
}

pub fn run(words: &[&str], operand: &Path, state: &Path) -> Output {
    command(words, operand, state).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

#[track_caller]
pub fn assert_succeeds(output: &Output) -> String {
    let said = said(output);
    assert!(output.status.success(), "{said}");
    for private in ["Mai", "0912", "đợi", "Chào", "Dòng"] {
        assert!(!said.contains(private), "{private} in\n{said}");
    }
    said
}

#[track_caller]
pub fn assert_refused(output: &Output, why: &str) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_says(&said, &[why]);
}

/// Interrupts a restore when it has restored the database and nothing else.
#[track_caller]
fn break_off_after_the_database(mut restore: Command) {
    let mut process = restore.stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut after_database = lines.skip_while(|line| !line.starts_with("✓ database"));
    assert!(after_database.next().is_some(), "the database was not restored");
    let asked = Command::new("kill").args(["-INT", &process.id().to_string()]).status();
    assert!(asked.unwrap().success());
    let rest: Vec<_> = after_database.collect();
    assert_eq!(process.wait().unwrap().code(), Some(130), "{rest:?}");
    assert!(rest.iter().any(|line| line.contains("run the same command again")), "{rest:?}");
}

/// Asserts that all data are restored, and that the desk's audit trail has the two rows that a restore writes.
#[track_caller]
fn assert_restored(state: &Path) {
    let mut restored = kept(state);
    let trail = restored.rows.get_mut("desk_audit").unwrap();
    let is_restore = |row: &Value| {
        row["what"].as_str().unwrap().starts_with("restore ") && row["who"] == "portal"
    };
    assert_eq!(trail.iter().filter(|row| is_restore(row)).count(), 2, "{trail:?}");
    trail.retain(|row| !is_restore(row));
    let kept = &source().kept;
    assert_eq!(restored.keys, kept.keys);
    for table in TABLES {
        assert!(restored.rows[table] == kept.rows[table], "rows of {table} differ");
    }
    for (key, value) in &kept.values {
        assert!(restored.values[key] == *value, "the value of {key:?} differs");
    }
}

#[test]
fn a_restore_brings_back_every_row_and_byte_even_after_an_interrupted_restore() {
    let source = source();
    for table in TABLES {
        assert!(!source.kept.rows[table].is_empty(), "the source has no rows in {table}");
    }
    assert_says(
        &source.said,
        &["8 saved", "5 saved", "5 submissions", "personal data", "after 30 days"],
    );
    let state = scratch("backup-restored").join("state");
    break_off_after_the_database(command(&["restore", "--yes"], &source.backup, &state));
    let said = assert_succeeds(&run(&["restore", "--yes"], &source.backup, &state));
    assert_says(
        &said,
        &["has a part of this backup", "! Without --erasures", "made anew from the articles"],
    );
    assert_restored(&state);

    // A portal works on the restored storage: articles are readable, receipts can be looked up, the queue is moved, and
    // the database enforces its rules.
    let portal = own_portal_on("backup-restored-portal", &state);
    portal.get("/bai-viet/bai").assert_status(200).assert_contains("Chào.");
    portal.get(&source.answered).assert_contains("Ý kiến của bạn đã được trả lời");
    portal.upkeep("");
    assert_eq!(portal.stored("Đang đợi cơ sở dữ liệu.")[0]["name"], NAME);
    portal.assert_refuses("DELETE FROM submission", "never deleted");
    portal.assert_refuses("UPDATE audit SET who = 'Khác'", "the audit trail does not change");

    assert_refused(
        &run(&["restore", "--yes"], &source.backup, &state),
        "restored into local storage already",
    );

    // A list of erasures can be applied after the restore, and applying it changes nothing else.
    let list = state.with_file_name("erasures.json");
    let hash = receipt_hash(&source.named);
    let erasure = json!({ "receipt_hash": hash, "what": "identity", "at": 1, "who": "sender" });
    let erasures = json!({ "format": 1, "made_at": 4_000_000_000_i64, "erasures": [erasure] });
    fs::write(&list, erasures.to_string()).unwrap();
    let mut command = command(&["restore", "--yes", "--erasures"], &list, &state);
    let said = assert_succeeds(&command.arg(&source.backup).output().unwrap());
    assert!(said.contains("only what the list names is erased"), "{said}");
    let sql = format!(
        "SELECT count(name) AS named FROM submission LEFT JOIN identity ON submission_id = id
         WHERE receipt_hash = '{hash}'"
    );
    let rows: Value = json_of(&state, &["d1", "execute", "DB", "--json", "--command", &sql]);
    assert_eq!(rows[0]["results"], json!([{ "named": 0 }]));
}

#[test]
fn erasures_after_the_backup_stay_in_effect() {
    let source = source();
    // On a copy of the portal, senders withdraw and erase after the backup was made.
    let later = own_portal_on("backup-later", &source.state);
    let list = scratch("backup-erasures").join("erasures.json");
    assert_succeeds(&run(&["erasures"], &list, &later.state));
    let earlier = fs::read_to_string(&list).unwrap();
    later.act_as_sender(&source.answered, "rut");
    later.act_as_sender(&source.named, "xoa");
    later.act_as_sender(&source.waiting, "rut");
    later.sql("DB", "UPDATE comment SET text = NULL, public_text = '[Đã gỡ.]', handled_by = 'Hà'");
    let said = assert_succeeds(&run(&["erasures"], &list, &later.state));
    assert!(said.contains("✓ erasures: 7 in"), "{said}");
    let written = fs::read_to_string(&list).unwrap();
    assert!(written.len() > earlier.len() && !written.contains("Mai"), "{written}");

    // The restore goes into storage that already has its tables, as after a deploy.
    let state = own_empty_storage("backup-erased");
    let mut command = command(&["restore", "--yes", "--erasures"], &list, &state);
    let said = assert_succeeds(&command.arg(&source.backup).output().unwrap());
    assert!(said.contains("The list of erasures has 7"), "{said}");

    // The text of a submission that was withdrawn while it waited in `INBOX` is nowhere in the restored storage.
    let restored = kept(&state);
    let waiting = ("INBOX", receipt_hash(&source.waiting));
    let left = String::from_utf8_lossy(&restored.values[&waiting]);
    assert!(!left.contains("đợi") && !left.contains("Mai"), "{left}");
    assert_eq!(restored.keys, source.kept.keys);

    let portal = own_portal_on("backup-erased-portal", &state);
    portal.upkeep("");
    let rows = |portal: &Portal, location: &str| {
        let hash = receipt_hash(location);
        let sql = format!(
            "SELECT state, subject, length(text) AS length, answer, name, phone,
                    (SELECT json_group_array(what || who) FROM tombstone AS t
                     WHERE t.receipt_hash = s.receipt_hash) AS erased,
                    (SELECT count(*) FROM released AS r WHERE r.submission_id = s.id) AS released
             FROM submission AS s LEFT JOIN identity ON submission_id = id WHERE receipt_hash = '{hash}'"
        );
        portal.sql("DB", &sql)
    };
    for location in [&source.answered, &source.named, &source.waiting] {
        let after = rows(&portal, location);
        assert_eq!(after, rows(&later, location), "the restored row differs from the erased one");
        assert!(after[0]["name"].is_null());
    }
    assert_eq!(rows(&portal, &source.answered)[0]["state"], "withdrawn");
    assert_eq!(rows(&portal, &source.waiting)[0]["state"], "withdrawn");
    assert_eq!(rows(&portal, &source.named)[0]["length"], LONG);
    portal.get(&source.answered).assert_contains("Ý kiến này đã được rút lại");
    let left = portal.sql("DB", "SELECT text, public_text, text_salt FROM comment");
    let gone = json!({ "text": null, "public_text": "[Đã gỡ theo yêu cầu.]", "text_salt": null });
    assert_eq!(left, [gone]);

    // Running `cong erasures` on an older database keeps the entries that only the list has.
    let said = assert_succeeds(&run(&["erasures"], &list, &source.state));
    assert!(said.contains("5 of the earlier list are not in the database"), "{said}");
    assert_eq!(fs::read_to_string(&list).unwrap().matches("receipt_hash").count(), 7);
}

#[test]
fn a_restore_refuses_a_portal_with_data_and_a_damaged_backup() {
    let source = source();
    let refused = run(&["restore", "--yes"], &source.backup, &source.state);
    assert_refused(
        &refused,
        "local storage has ARTICLES: 8, FILES: 5, INBOX: 1, answers_released: 1",
    );
    assert_refused(&refused, "Nothing was written");
    assert_refused(&run(&["backup"], &source.backup, &source.state), "is not an empty folder");

    let state = scratch("backup-untouched").join("state");
    let nobody = run(&["restore"], &source.backup, &state);
    assert_refused(&nobody, "There is no terminal to ask for confirmation: add --yes");
    fs::remove_dir_all(&state).unwrap();
    let database = source.backup.join("db.sql");
    let whole = fs::read(&database).unwrap();
    let damaged = scratch("backup-damaged");
    for entry in ["backup.json", "SHA256SUMS"] {
        fs::copy(source.backup.join(entry), damaged.join(entry)).unwrap();
    }
    fs::write(damaged.join("db.sql"), &whole[..whole.len() - 1]).unwrap();
    assert_refused(
        &run(&["restore", "--yes"], &damaged, &state),
        "db.sql is missing or has changed",
    );
    fs::write(damaged.join("db.sql"), &whole).unwrap();
    assert_refused(&run(&["restore", "--yes"], &damaged, &state), "articles/000001");
    assert_refused(&run(&["restore", "--yes"], &state, &state), "is not a backup");
    assert!(!state.exists());

    let nowhere = damaged.join("made");
    assert_refused(&run(&["backup"], &nowhere, &state), "There is no local storage in");
    assert!(!state.exists() && !nowhere.exists());
}

#[test]
fn backup_restore_and_erasures_print_vietnamese_with_a_vietnamese_locale() {
    let run = |words: &[&str]| {
        let mut command = cong();
        command.args(words).stdin(Stdio::null()).env(VIETNAMESE.0, VIETNAMESE.1);
        said(&command.output().unwrap())
    };
    for (words, says) in [
        (&["backup", "--help"][..], "Cách dùng: cargo run backup [TÙY CHỌN] <THƯ_MỤC>"),
        (&["restore", "--help"], "dữ liệu nêu trong đó không được khôi phục"),
        (&["erasures", "apply", "--help"], "Xóa lại những gì danh sách ghi"),
        (&["erasures", "apply", "khong-co"], "✗ Không đọc được khong-co"),
        (&["erasures", "--help"], "Cách dùng: cargo run erasures [TÙY CHỌN] <TỆP>"),
        (&["restore", "khong-co"], "✗ khong-co không phải là một bản sao lưu"),
        (&["backup", "x", "--state", "khong-co"], "✗ Không có dữ liệu nào ở "),
    ] {
        assert_says(&run(words), &[says]);
    }
}
