//! The office's answers to the comments on a draft: hidden until all are released at once, then shown on a page, in a
//! CSV table and on the receipts.

use cong_core::submission::Receipt;

use crate::harness::portal;

/// Enters comments that came by post, each with a number, a clause and a text, with the SQL that the operators'
/// handbook gives.
pub fn enter(slug: &str, comments: &[(usize, &str, &str)]) {
    let mut sql = String::new();
    for (number, clause, text) in comments {
        let hash = receipt(slug, *number).hash();
        let text = text.replace('\'', "''");
        let title = if clause.is_empty() { "" } else { "Điều 2. Phạm vi" };
        sql += &format!(
            "INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at, capacity)
             VALUES ('{hash}', 'gop-y-du-thao', '{slug}', '', 'Gửi qua bưu điện', '', unixepoch() - 864000, 'individual');
             INSERT INTO comment (submission_id, position, slug, clause, clause_title, text)
             SELECT id, 1, about, '{clause}', '{title}', '{text}' FROM submission WHERE receipt_hash = '{hash}';"
        );
    }
    portal().sql_many("DB", &sql);
}

/// Returns a valid receipt code that is made from the number and from the length of the slug.
pub fn receipt(slug: &str, number: usize) -> Receipt {
    let digits = format!("{:09}{number:09}", slug.len());
    let alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let code = alphabet.chars().flat_map(|one| {
        let digits = digits.clone();
        alphabet.chars().map(move |two| format!("{digits}{one}{two}"))
    });
    code.map(|code| Receipt::parse(&code)).find_map(Result::ok).unwrap()
}

fn answer(slug: &str, decision: &str, text: &str, changed: &str) {
    let text = text.replace('\'', "''");
    portal().sql(
        "DB",
        &format!(
            "UPDATE comment SET public_text = text, decision = '{decision}', answer = '{text}',
                    changed = nullif('{changed}', ''), handled_by = 'Hà'
             WHERE slug = '{slug}' AND decision IS NULL"
        ),
    );
}

fn release(slug: &str) -> String {
    format!("INSERT INTO answers_released (slug, handled_by) VALUES ('{slug}', 'Hà')")
}

#[test]
fn answers_are_hidden_until_all_are_released_at_once() {
    let slug = "du-thao-tra-loi";
    enter(slug, &[(1, "dieu-2-pham-vi", "Phạm vi còn hẹp.")]);
    answer(slug, "accepted", "Đã mở rộng phạm vi.", "Điều 2 khoản 1");
    enter(slug, &[(2, "", "Nên ban hành sớm.")]);
    let page = format!("/du-thao/{slug}/tiep-thu");
    let table = format!("{page}.csv");
    let receipt = format!("/gop-y/da-nhan/{}", receipt(slug, 1));

    portal().assert_refuses(&release(slug), "every comment needs its decision");
    portal().get(&page).assert_status(404);
    portal().get(&table).assert_status(404);
    portal().get(&receipt).assert_status(200).assert_lacks("Đã mở rộng");
    portal()
        .get(&format!("/du-thao/{slug}/y-kien"))
        .assert_contains("còn hẹp")
        .assert_lacks("Đã mở");
    portal().get(&format!("/bai-viet/{slug}")).assert_contains("đang tổng hợp ý kiến");

    answer(slug, "explained", "Cần thêm thời gian lấy ý kiến.", "");
    portal().sql("DB", &release(slug));
    portal()
        .get(&page)
        .assert_success_cached()
        .assert_contains("Phạm vi còn hẹp.")
        .assert_contains("Đã mở rộng phạm vi.")
        .assert_contains("Điều 2 khoản 1")
        .assert_contains("Cần thêm thời gian lấy ý kiến.")
        .assert_contains("Tiếp thu: <strong>1</strong>")
        .assert_contains("Tiếp thu một phần: <strong>0</strong>")
        .assert_contains("Giải trình: <strong>1</strong>")
        .assert_contains(&format!("href=\"{table}\""));
    let csv = portal().get(&table).assert_status(200);
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").unwrap().starts_with("attachment"));
    assert!(csv.bytes.starts_with(b"\xEF\xBB\xBF"));
    assert_eq!(csv.text().lines().count(), 3);
    // Comments on the whole draft come before those on clauses.
    let rows = csv.text();
    assert!(rows.find("Nên ban hành").unwrap() < rows.find("còn hẹp").unwrap(), "{rows}");
    portal()
        .get(&receipt)
        .assert_contains("Ý kiến của bạn đã được trả lời")
        .assert_contains("Đã mở rộng phạm vi.")
        .assert_contains(&format!("href=\"{page}\""));
    portal()
        .get(&format!("/bai-viet/{slug}"))
        .assert_contains("Đã tiếp thu, giải trình")
        .assert_contains(&format!("href=\"{page}\""));
    let one = portal().get(&format!("{page}?dieu=_")).assert_contains("Cần thêm thời gian");
    one.assert_lacks("Đã mở rộng phạm vi.");
}

#[test]
fn corrected_and_taken_back_answers_leave_entries_in_the_ledger() {
    let slug = "du-thao-rut-tra-loi";
    enter(slug, &[(1, "", "Ý kiến sẽ được trả lời hai lần.")]);
    answer(slug, "explained", "Trả lời có lỗi chính tả.", "");
    portal().sql("DB", &release(slug));
    portal().upkeep("");
    let set =
        |what: &str| format!("UPDATE comment SET {what}, handled_by = 'Hà' WHERE slug = '{slug}'");
    portal().assert_refuses(&set("decision = NULL, answer = NULL"), "take them back first");
    portal().assert_refuses(&release(slug), "released already");
    portal().sql("DB", &set("answer = 'Trả lời đã sửa.'"));
    let page = format!("/du-thao/{slug}/tiep-thu");
    portal().get(&page).assert_contains("Trả lời đã sửa.").assert_lacks("lỗi chính tả");
    portal().assert_refuses("DELETE FROM answers_released", "set is_taken_back");
    portal().sql(
        "DB",
        &format!(
            "UPDATE answers_released SET is_taken_back = 1, handled_by = 'Hà' WHERE slug = '{slug}'"
        ),
    );
    portal().get(&page).assert_status(404);
    portal().get(&format!("/bai-viet/{slug}")).assert_contains("đang tổng hợp ý kiến");
    let trail = portal().sql(
        "DB",
        &format!("SELECT what FROM consultation_audit WHERE slug = '{slug}' ORDER BY id"),
    );
    let trail: Vec<_> = trail.iter().map(|row| row["what"].as_str().unwrap()).collect();
    assert_eq!(trail, ["answers released", "answers taken back"]);
    // The ledger has the first answer and its erasure. The second answer gets no other entries than its text.
    portal().upkeep("");
    let kinds = portal().sql(
        "DB",
        &format!(
            "SELECT kind, field FROM ledger WHERE slug = '{slug}' AND leaf IS NOT NULL ORDER BY id"
        ),
    );
    let kinds: Vec<_> = kinds
        .iter()
        .map(|row| {
            format!("{} {}", row["kind"].as_str().unwrap(), row["field"].as_str().unwrap_or(""))
        })
        .collect();
    assert!(
        kinds.starts_with(&["comment ".into(), "answer ".into(), "removal answer".into()]),
        "{kinds:?}"
    );
}

#[test]
fn hostile_text_is_escaped_on_the_page_and_in_the_csv_table() {
    let slug = "du-thao-tra-loi-thu-dich";
    let hostile = [
        "=HYPERLINK(\"https://example.com\";\"x\")",
        "+1+1",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\"><script>alert(1)</script>",
        "a\",\"b\r\n=1,c",
        "x;=1+1;y\t+1 \"; \"=2",
    ];
    let comments: Vec<_> =
        hostile.iter().enumerate().map(|(number, text)| (number, "", *text)).collect();
    enter(slug, &comments);
    answer(slug, "partly", "=cmd|' /C calc'!A0", "=1+1");
    portal().sql("DB", &release(slug));
    portal()
        .get(&format!("/du-thao/{slug}/tiep-thu"))
        .assert_status(200)
        .assert_runs_no_script()
        .assert_contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    let table = portal().get(&format!("/du-thao/{slug}/tiep-thu.csv")).text();
    let rows = read_csv(&table);
    assert_eq!(rows.len(), 1 + hostile.len());
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{rows:?}");
    for separator in *b",;\t" {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.flexible(true).delimiter(separator).from_reader(table.as_bytes());
        for row in reader.into_records() {
            for cell in &row.unwrap() {
                assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell:?}");
            }
        }
    }
    assert!(rows.iter().flatten().any(|cell| cell.contains("a\",\"b")), "{rows:?}");
}

/// Parses CSV in which every cell is quoted (RFC 4180).
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut rest = text.trim_start_matches('\u{FEFF}');
    while let Some(cell) = rest.strip_prefix('"') {
        let mut value = String::new();
        let mut after = cell;
        loop {
            let (part, next) = after.split_once('"').unwrap();
            value.push_str(part);
            after = next;
            match after.strip_prefix('"') {
                Some(next) => {
                    value.push('"');
                    after = next;
                }
                None => break,
            }
        }
        rows.last_mut().unwrap().push(value);
        rest = match after.strip_prefix(',') {
            Some(next) => next,
            None => {
                let next = after.strip_prefix("\r\n").unwrap();
                if !next.is_empty() {
                    rows.push(Vec::new());
                }
                next
            }
        };
    }
    assert!(rest.is_empty(), "{rest:?}");
    rows
}
