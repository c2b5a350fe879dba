//! Handling submissions with the SQL that the operators' handbook gives: what the database accepts, rejects and
//! records.

use serde_json::json;

use crate::harness::{Portal, own_portal_with, portal, receipt_hash};

/// Sends feedback, and returns the id of the submission and the address of its receipt.
#[track_caller]
fn submission(text: &str) -> (i64, String) {
    let location = portal().submit_text(text);
    (id_of(portal(), &location), location)
}

fn id_of(portal: &Portal, location: &str) -> i64 {
    let hash = receipt_hash(location);
    let sql = format!("SELECT id FROM submission WHERE receipt_hash = '{hash}'");
    portal.sql("DB", &sql)[0]["id"].as_i64().unwrap()
}

fn sql(statements: &str) {
    portal().sql("DB", statements);
}

#[test]
fn the_sql_blocks_of_the_handbook_work_in_their_order() {
    let (id, location) = submission("Đi qua mọi bước trong sổ tay vận hành.");
    let handbook = include_str!("../../docs/operations.md");
    let blocks: Vec<_> = handbook.split("```sql\n").skip(1).collect();
    assert!(blocks.len() >= 4);
    for block in blocks {
        let steps = block.split("```").next().unwrap().replace("123", &id.to_string());
        // The equals sign is needed because a block may begin with an SQL comment, which looks like an option.
        portal().wrangler(&["d1", "execute", "DB", &format!("--command={steps}")]);
    }
    let trail = portal()
        .sql("DB", &format!("SELECT what FROM audit WHERE submission_id = {id} ORDER BY id"));
    let steps: Vec<_> = trail.iter().map(|row| row["what"].as_str().unwrap()).collect();
    for step in [
        "suspicion none > confirmed",
        "suspicion confirmed > none",
        "state received > passed_on",
        "state passed_on > in_progress",
        "state in_progress > answered",
        "answer written",
        "released",
        "release taken back",
        "state answered > withdrawn",
    ] {
        assert!(steps.contains(&step), "{step} is not in {steps:?}");
    }
    portal().get(&location).assert_contains("Ý kiến này đã được rút lại");
}

#[test]
fn a_submission_can_be_passed_on_handled_answered_and_released() {
    let (id, location) = submission("Xin hỏi thủ tục cấp giấy phép, số của tôi là 0911 222 333.");
    sql(&format!(
        "UPDATE submission SET state = 'passed_on', passed_to = 'Sở Xây dựng <b>', handled_by = 'Hà'
         WHERE id = {id}"
    ));
    portal()
        .get(&location)
        .assert_contains("Đã chuyển đến đơn vị có thẩm quyền")
        .assert_contains("Sở Xây dựng &lt;b&gt;");
    sql(&format!("UPDATE submission SET state = 'in_progress', handled_by = 'Hà' WHERE id = {id}"));
    portal().get(&location).assert_contains("Đang xử lý");
    sql(&format!(
        "UPDATE submission SET state = 'answered', handled_by = 'Hà',
                answer = 'Nộp tại bộ phận một cửa.' || char(10) || '<script>alert(1)</script>'
         WHERE id = {id}"
    ));
    let receipt = portal().get(&location).assert_not_stored();
    receipt
        .assert_contains("Ý kiến của bạn đã được trả lời")
        .assert_contains("Nộp tại bộ phận một cửa.\n&lt;script&gt;")
        .assert_contains("Trả lời lúc")
        .assert_lacks("<script")
        .assert_lacks("Hạn trả lời");

    let path = format!("/hoi-dap/{id}");
    portal().get(&path).assert_status(404);
    sql(&format!(
        "INSERT INTO released (submission_id, subject, text, answer, category, handled_by)
         SELECT id, 'Thủ tục cấp giấy phép', 'Xin hỏi thủ tục cấp giấy phép.', answer, 'Thủ tục', 'Hà'
         FROM submission WHERE id = {id}"
    ));
    portal().get(&path).assert_status(200).assert_lacks("0911").assert_lacks("<script");

    let trail = portal()
        .sql("DB", &format!("SELECT what, who FROM audit WHERE submission_id = {id} ORDER BY id"));
    assert_eq!(trail[0], json!({"what": "received", "who": "sender"}));
    let trail = trail[1..].to_vec();
    let expected: Vec<_> = [
        "state received > passed_on",
        "state passed_on > in_progress",
        "answer written",
        "state in_progress > answered",
        "released",
    ]
    .map(|what| json!({"what": what, "who": "Hà"}))
    .into();
    let sorted = |mut rows: Vec<serde_json::Value>| {
        rows.sort_by_key(ToString::to_string);
        rows
    };
    assert_eq!(sorted(trail), sorted(expected));

    // When the sender withdraws the submission, the released question is removed too.
    let request = portal().request("POST", &format!("{location}?viec=rut"));
    request.form(&[]).send().assert_redirect(303, &location);
    portal().get(&path).assert_status(404);
    portal().get(&location).assert_lacks("một cửa");
}

#[test]
fn the_database_rejects_forbidden_changes() {
    let location = portal().error_report("Ý kiến để thử các quy tắc.").send().assert_taken();
    let id = id_of(portal(), &location);
    let hash = receipt_hash(&location);
    let set =
        |what: &str| format!("UPDATE submission SET {what}, handled_by = 'Hà' WHERE id = {id}");
    let refused = |sql: &str, message| portal().assert_refuses(sql, message);

    refused(&format!("DELETE FROM submission WHERE id = {id}"), "never deleted");
    refused(&set("text = 'Khác'"), "what was sent does not change");
    refused(&set("kind = 'cau-hoi'"), "does not change");
    refused(&set("answer_days = 90"), "does not change");
    refused(&set("received_at = received_at + 1"), "does not move to a later one");
    refused(&set("state = 'done'"), "does not go from this state to that one");
    refused(&set("state = 'passed_on'"), "CHECK constraint failed");
    refused(&set("state = 'answered'"), "CHECK constraint failed");
    refused(&set("state = 'withdrawn', text = '', subject = ''"), "insert a tombstone");
    let nobody = format!("UPDATE submission SET state = 'in_progress' WHERE id = {id}");
    refused(&nobody, "say who makes this change");
    let replace = format!(
        "INSERT OR REPLACE INTO submission (id, receipt_hash, kind, subject, text, text_hash, received_at)
         VALUES ({id}, '{hash}', 'gop-y', 'Khác', 'Khác', '', 0)"
    );
    refused(&replace, "FOREIGN KEY constraint failed");
    let release = format!(
        "INSERT INTO released (submission_id, subject, text, answer, handled_by)
         VALUES ({id}, 'a', 'b', 'c', 'Hà')"
    );
    refused(&release, "only what is answered can be released");

    refused("UPDATE identity SET kept_from = 1", "follows from its submission");
    refused("UPDATE identity SET phone = '1'", "say who corrects personal data");
    refused("DELETE FROM identity", "insert a tombstone");
    sql(&set("state = 'answered', answer = 'Xong.'"));
    refused(&set("state = 'received', answer = NULL"), "does not go from this state to that one");
    refused("UPDATE audit SET who = 'Khác'", "the audit trail does not change");
    refused("DELETE FROM audit", "the audit trail does not change");
    let rewrite =
        format!("REPLACE INTO audit (id, submission_id, what, who) VALUES (1, {id}, '', '')");
    refused(&rewrite, "the audit trail does not change");
    refused(&set("answered_at = answered_at + 1"), "the time of an answer does not change");
    sql(&release);
    refused("DELETE FROM released", "set is_taken_back");
    refused("UPDATE released SET text = 'Khác'", "say who makes this change");
    let again = "state = 'in_progress'";
    refused(&set(again), "take the release back first");
    sql(&format!("INSERT INTO tombstone (receipt_hash, what) VALUES ('{hash}', 'identity')"));
    refused("DELETE FROM tombstone", "a tombstone stays");
    refused("UPDATE tombstone SET what = 'submission'", "a tombstone does not change");
}

#[test]
fn personal_data_is_erased_after_its_retention_period() {
    let portal = own_portal_with("erasing", &["IDENTITY_MONTHS:24"]);
    let send = |text: &str, trap: &str| {
        let form = [
            ("loai", "bao-sai"),
            ("noi_dung", text),
            ("ho_ten", "Vi Văn Tài"),
            ("dong_y", "1"),
            ("trang_web", trap),
        ];
        id_of(&portal, &portal.submit(&form).assert_taken())
    };
    let [old, recent, open, spam] = [
        send("Trả lời đã lâu.", ""),
        send("Mới trả lời.", ""),
        send("Chưa trả lời.", ""),
        send("Bị đánh dấu đã lâu.", "x"),
    ];
    portal.sql(
        "DB",
        &format!(
            "UPDATE submission SET received_at = unixepoch('now', '-10 years');
             UPDATE submission SET state = 'answered', answer = 'Đã xem.', handled_by = 'Hà',
                    answered_at = unixepoch('now', '-24 months', '-2 days') WHERE id = {old};
             UPDATE submission SET state = 'answered', answer = 'Đã xem.', handled_by = 'Hà',
                    answered_at = unixepoch('now', '-23 months') WHERE id = {recent};
             UPDATE submission SET suspicion = 'confirmed', handled_by = 'Hà' WHERE id = {spam};"
        ),
    );
    // The comments on a draft count as answered when all answers of the draft are released.
    let [long_answered, just_answered] = [("lau", 25), ("moi", 23)].map(|(draft, months)| {
        let hash = format!("{draft:0>64}");
        portal.sql_many(
            "DB",
            &format!(
                "INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at)
                 VALUES ('{hash}', 'gop-y-du-thao', '{draft}', '', 'Điều 1', '', unixepoch('now', '-10 years'));
                 INSERT INTO identity (submission_id, name, address, phone, email, consented_at)
                 SELECT id, 'Vi Văn Tài', '', '', '', received_at FROM submission
                 WHERE receipt_hash = '{hash}';
                 INSERT INTO answers_released (slug, released_at, handled_by)
                 VALUES ('{draft}', unixepoch('now', '-{months} months'), 'Hà')"
            ),
        );
        let sql = format!("SELECT id FROM submission WHERE receipt_hash = '{hash}'");
        portal.sql("DB", &sql)[0]["id"].as_i64().unwrap()
    });
    portal.upkeep("");
    let left = portal.sql("DB", "SELECT submission_id AS id FROM identity ORDER BY 1");
    assert_eq!(left, [recent, open, just_answered].map(|id| json!({"id": id})));
    let trail = portal.sql(
        "DB",
        "SELECT submission_id AS id, who FROM audit WHERE what = 'identity erased' ORDER BY 1",
    );
    let erased = [old, spam, long_answered];
    assert_eq!(trail, erased.map(|id| json!({"id": id, "who": "portal"})));
    assert_eq!(portal.sql("DB", "SELECT 1 FROM submission WHERE text <> ''").len(), 6);
}
