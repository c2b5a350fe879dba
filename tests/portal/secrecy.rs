//! Secrets: personal data, receipt codes, tokens and keys are in no log, whatever fails, and response times reveal
//! nothing about a receipt code.

use std::fs;
use std::path::Path;

use crate::harness::{Portal, form_token, own_portal_with, receipt_code, receipt_hash, root};

/// The sender's name. This text and the following ones are unusual, so they are in a log only if the portal wrote them
/// there.
const NAME: &str = "Lường Thị Dấu Hiệu";
const ADDRESS: &str = "Bản Kín Đáo, xã Riêng Tư";
const PHONE: &str = "0911 222 333";
const EMAIL: &str = "dau.hieu@rieng.example";
const SUBJECT: &str = "Chuyện kín của nhà tôi";
const TEXT: &str = "Nội dung không ai khác được đọc";
/// The telephone number of another person.
const OTHER_PHONE: &str = "0933 444 555";
const ANSWER: &str = "Lời đáp riêng cho một người";

/// All secrets that a test has sent. None may be in the log.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    fn keep(&mut self, secret: impl Into<String>) -> String {
        let secret = secret.into();
        self.0.push(secret.clone());
        secret
    }

    /// Each secret as it was typed, and as it is encoded in addresses, forms, JSON and SQL.
    fn spellings(&self) -> impl Iterator<Item = String> {
        let encoded =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        self.0.iter().flat_map(move |secret| {
            let plus = encoded(secret);
            let json = serde_json::to_string(secret).unwrap();
            [
                secret.clone(),
                plus.replace('+', "%20"),
                plus,
                json.trim_matches('"').to_owned(),
                secret.replace('-', ""),
                secret.replace(' ', ""),
                secret.to_lowercase(),
            ]
        })
    }
}

/// Sends a submission with personal data, with these faults injected. Returns the address of its receipt, if it got
/// one.
fn submit(portal: &Portal, secrets: &mut Secrets, faults: &str) -> Option<String> {
    let token = secrets.keep(form_token());
    let fields = [
        ("ma_phieu", token.as_str()),
        ("loai", "phan-anh"),
        ("tieu_de", SUBJECT),
        ("noi_dung", TEXT),
        ("ho_ten", NAME),
        ("dia_chi", ADDRESS),
        ("dien_thoai", PHONE),
        ("thu_dien_tu", EMAIL),
        ("dong_y", "1"),
    ];
    let answer = portal.feedback(&fields).fault(faults).send();
    let location = answer.header("location")?;
    secrets.keep(receipt_code(location));
    Some(location.to_owned())
}

/// Opens every page of a receipt, and sends its forms with another person's telephone number, so that nothing is
/// erased.
fn follow(portal: &Portal, receipt: &str, faults: &str) {
    let code = receipt_code(receipt);
    for path in [
        receipt.to_owned(),
        format!("{receipt}?viec=rut"),
        format!("{receipt}/x"),
        receipt.to_lowercase(),
    ] {
        portal.request("GET", &path).fault(faults).send();
    }
    portal.request("POST", "/gop-y/tra-cuu").fault(faults).form(&[("ma", code)]).send();
    let contact = [("lien_lac", OTHER_PHONE)];
    portal.request("POST", &format!("{receipt}?viec=xoa")).fault(faults).form(&contact).send();
}

#[test]
fn personal_data_and_keys_are_never_in_the_log() {
    let portal = own_portal_with("secrecy", &["DATABASE_DEADLINE_MS:700"]);
    let mut secrets = Secrets::default();
    for secret in [NAME, ADDRESS, PHONE, OTHER_PHONE, EMAIL, SUBJECT, TEXT, ANSWER] {
        secrets.keep(secret);
    }
    let settings = fs::read_to_string(root().join(".dev.vars")).unwrap();
    let (_, key) = settings.split_once("SIGNING_KEY = \"").unwrap();
    secrets.keep(key.split('"').next().unwrap());

    let receipt = submit(&portal, &mut secrets, "").expect("a receipt");
    const FAULTS: [&str; 8] = [
        "db-fails",
        "db-hangs",
        "db-late",
        "db-fails,inbox-put-fails",
        "db-fails,inbox-get-fails",
        "inbox-delete-fails",
        "index-corrupt,catalogue-fails",
        "articles-fail",
    ];
    for faults in FAULTS {
        let own = submit(&portal, &mut secrets, faults);
        for receipt in own.iter().chain([&receipt]) {
            follow(&portal, receipt, faults);
        }
        portal.upkeep(faults);
    }

    // An editor finds, answers and exports the submission. Requests with invalid tokens are refused.
    let token = secrets.keep(portal.publisher().token());
    let publisher = portal.session(token.clone());
    let one = publisher.find_submission(&receipt);
    let page = publisher.get(&one).assert_contains(NAME);
    let form_token = secrets.keep(page.field("ma_phien"));
    let name: String = form_urlencoded::byte_serialize(NAME.as_bytes()).collect();
    let pages = [
        one.clone(),
        format!("{one}/tra-loi"),
        format!("{one}/xoa"),
        format!("/bien-tap/y-kien?q={name}"),
        "/bien-tap/y-kien.csv?kem=nguoi-gui".to_owned(),
    ];
    let answer = [("ma_phien", form_token.as_str()), ("phien_ban", "0"), ("cau_tra_loi", ANSWER)];

    for faults in ["", "db-fails", "db-hangs", "catalogue-fails"] {
        for page in &pages {
            publisher.request("GET", page).fault(faults).send();
        }
        publisher.form(&format!("{one}/tra-loi"), &answer).fault(faults).send();
    }
    let forged = secrets.keep(format!("{}x", &token[..token.len() - 1]));
    for token in [forged.as_str(), &secrets.keep("khong-phai.mot.token-nao-ca")] {
        portal.session(token.to_owned()).get("/bien-tap").assert_status(403);
    }

    // Search terms of visitors and editors may be names.
    let words = secrets.keep("Lường Thị Tìm Kiếm");
    let words: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
    for faults in ["catalogue-fails", "catalogue-hangs", "db-fails", "index-fails"] {
        for path in ["/tim-kiem", "/TIM-KIEM/", "/khong-co", "/tin-bai"] {
            portal.request("GET", &format!("{path}?q={words}")).fault(faults).send();
        }
        for path in ["/bien-tap/y-kien", "/bien-tap/bai-viet", "/bien-tap/y-kien.csv"] {
            publisher.request("GET", &format!("{path}?q={words}")).fault(faults).send();
        }
    }
    assert!(!portal.logged().contains("while searching"), "the log names the address of a search");
    portal.request("GET", "/tin-bai").fault("catalogue-fails").send();
    portal.assert_logs("failures were not logged: the addresses of their requests");

    // The error messages of the database itself.
    portal.sql_many("DB", "ALTER TABLE identity RENAME TO elsewhere");
    let broken = submit(&portal, &mut secrets, "");
    for receipt in broken.iter().chain([&receipt]) {
        follow(&portal, receipt, "");
    }
    pages.iter().for_each(|page| drop(publisher.get(page)));
    portal.upkeep("");

    // After the portal has ended, the log is complete.
    portal.end();
    let log = of_the_portal(&portal.logged());
    for told in ["D1 failed", "injected fault", "no such table", "was refused"] {
        assert!(log.contains(told), "{told} is not in the log:\n{log}");
    }
    for secret in secrets.spellings() {
        assert!(!log.contains(&secret), "{secret} is in the log:\n{log}");
    }
}

/// Removes the lines in which the local wrangler logs each request. The deployed Worker has this logging switched off.
fn of_the_portal(log: &str) -> String {
    log.lines().filter(|line| !line.starts_with("[wrangler:info] ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn logging_of_request_addresses_is_switched_off() {
    let settings = fs::read_to_string(root().join("wrangler.toml")).unwrap();
    let settings: toml::Table = settings.parse().unwrap();
    assert_eq!(settings["observability"]["logs"]["invocation_logs"].as_bool(), Some(false));
}

/// If submissions were looked up by the code itself, response times could reveal how many of its letters match. A
/// look-up by the hash reveals nothing, because nobody can choose the beginning of a hash.
#[test]
fn receipts_are_looked_up_by_hash_and_codes_are_stored_nowhere() {
    let portal = own_portal_with("secrecy-receipts", &["DATABASE_DEADLINE_MS:4000"]);
    let mut secrets = Secrets::default();
    let stored = submit(&portal, &mut secrets, "").expect("a receipt");
    let waiting = submit(&portal, &mut secrets, "db-fails").expect("a receipt");
    portal.get(&stored).assert_status(200);
    portal.get(&waiting).assert_status(200);

    let plan = "EXPLAIN QUERY PLAN SELECT id FROM submission WHERE receipt_hash = 'x'";
    let plan = portal.sql("DB", plan)[0]["detail"].as_str().unwrap().to_owned();
    assert!(
        plan.starts_with("SEARCH submission USING") && plan.contains("receipt_hash=?"),
        "{plan}"
    );

    // Check every column of every table, and all waiting submissions.
    let tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
    let mut everything = String::new();
    for table in portal.sql("DB", tables) {
        let rows = portal.sql("DB", &format!("SELECT * FROM {}", table["name"].as_str().unwrap()));
        everything.push_str(&serde_json::to_string(&rows).unwrap());
    }
    portal.end();
    let [kv, d1] = ["v3/kv", "v3/d1"].map(|folder| files_below(&portal.state.join(folder)));
    assert!(!kv.is_empty() && !d1.is_empty());
    assert!(everything.contains(&receipt_hash(&stored)));
    for code in [&stored, &waiting].map(|receipt| receipt_code(receipt).to_owned()) {
        for code in [code.replace('-', ""), code] {
            assert!(!everything.contains(&code), "{code} is in DB");
            let holder = kv
                .iter()
                .chain(&d1)
                .find(|bytes| bytes.windows(code.len()).any(|part| part == code.as_bytes()));
            assert!(holder.is_none(), "{code} is stored");
        }
    }
}

fn files_below(folder: &Path) -> Vec<Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|file| fs::read(file.path()).unwrap()).collect()
}

/// `SigningKey` compares authentication codes with the constant-time comparison of the crate `hmac`.
#[test]
fn authentication_codes_are_made_in_known_modules_and_compared_in_constant_time() {
    let mut making = Vec::new();
    let folders =
        ["src", "crates/core/src"].map(|folder| walkdir::WalkDir::new(root().join(folder)));
    for entry in folders.into_iter().flatten() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(root()).unwrap().display().to_string();
        if !entry.file_type().is_file() {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let is_signing = path == "crates/core/src/signing.rs";
        assert_eq!(code.contains("hmac::"), is_signing, "{path} uses hmac itself");
        assert_eq!(code.contains("verify_truncated_left"), is_signing, "{path}");
        if !is_signing && code.contains(".hmac(") {
            making.push((path, code.contains(".verifies(")));
        }
    }
    making.sort();
    // Modules that accept a code verify it. A receipt is looked up by its hash instead, and a salt is never accepted
    // from outside.
    let expected = [
        ("crates/core/src/form_token.rs", true),
        ("src/desk/form_token.rs", true),
        ("src/feedback/receipt_of.rs", false),
        ("src/feedback/record.rs", false),
    ];
    assert_eq!(making, expected.map(|(path, checks)| (path.to_owned(), checks)));
}
