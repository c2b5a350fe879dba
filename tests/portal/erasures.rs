//! `cong erasures apply`: erased and withdrawn data stay erased when the database is restored to an earlier state.

use std::fs;

use serde_json::{Value, json};

use crate::backup::{assert_refused, assert_succeeds, run};
use crate::harness::{NAME, Portal, own_portal_on, own_portal_with, receipt_hash, scratch};

/// Returns the contents of the database without the audit trails.
fn contents(portal: &Portal) -> Vec<Vec<Value>> {
    portal.sql_many(
        "DB",
        "SELECT receipt_hash, state, s.subject, s.text, s.answer, folded, is_named, name, phone, r.text AS released
         FROM submission AS s LEFT JOIN identity AS i ON i.submission_id = s.id
         LEFT JOIN released AS r ON r.submission_id = s.id ORDER BY receipt_hash;
         SELECT receipt_hash, position, c.text, text_salt IS NULL AS unsalted, name_salt IS NULL AS unnamed,
                answer_salt IS NULL AS unanswered, decision
         FROM comment AS c JOIN submission AS s ON s.id = submission_id ORDER BY receipt_hash, position;
         SELECT receipt_hash, what FROM tombstone UNION SELECT receipt_hash, what FROM partly_erased",
    )
}

#[test]
fn erasures_are_repeated_in_a_database_that_was_restored_in_place_and_is_in_use() {
    let portal = own_portal_with("erasures-before", &[]);
    let send =
        |text: &str, faults: &str| portal.error_report(text).fault(faults).send().assert_taken();
    let [withdrawn, erased, taken_back, corrected, kept_on] =
        ["một", "hai", "ba", "bốn", "năm"].map(|text| send(&format!("Ý kiến thứ {text}."), ""));
    let waiting = send("Hỏi trong lúc đợi", "db-fails");
    portal.sql_many(
        "DB",
        &format!(
            "UPDATE submission SET state = 'answered', answer = 'Đáp', handled_by = 'Hà';
             INSERT INTO released (submission_id, subject, text, answer, handled_by)
             SELECT id, 'Hỏi', text, 'Đáp', 'Hà' FROM submission;
             INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at, capacity, is_named)
             SELECT value, 'gop-y-du-thao', 'du-thao', '', 'Điều 5', '', 1700000000, 'individual', 1
             FROM json_each('[\"{}\", \"{}\"]');
             INSERT INTO identity SELECT id, 'Lò Thị Mai', '', '', '', 1700000000, NULL, NULL
             FROM submission WHERE about = 'du-thao';
             INSERT INTO comment (submission_id, position, slug, clause, clause_title, text)
             SELECT submission.id, value, about, '', '', 'Góp ý ' || value FROM submission, json_each('[1, 2, 3]')
             WHERE about = 'du-thao';
             UPDATE comment SET public_text = text, decision = 'explained', answer = 'Không.', handled_by = 'Hà';
             INSERT INTO answers_released (slug, handled_by) VALUES ('du-thao', 'Hà')",
            "a".repeat(64),
            "b".repeat(64)
        ),
    );
    portal.end();

    // Senders withdraw and erase, editors erase and redact, and `cong erasures` writes the list.
    let later = own_portal_on("erasures-later", &portal.state);
    later.upkeep("");
    later.act_as_sender(&withdrawn, "rut");
    later.act_as_sender(&erased, "xoa");
    later.act_as_sender(&waiting, "rut");
    let id = |location: &str| {
        format!("(SELECT id FROM submission WHERE receipt_hash = '{}')", receipt_hash(location))
    };
    later.sql_many(
        "DB",
        &format!(
            "UPDATE released SET is_taken_back = 1, handled_by = 'Hà' WHERE submission_id = {};
             UPDATE released SET text = 'Hỏi […]', handled_by = 'Hà' WHERE submission_id = {};
             INSERT INTO tombstone (receipt_hash, what, who) VALUES ('{}', 'submission', 'Hà');
             UPDATE comment SET text = NULL, public_text = '[…]', handled_by = 'Hà' WHERE id = 4;
             UPDATE comment SET public_text = 'Góp ý […]', handled_by = 'Hà' WHERE id = 5;
             UPDATE submission SET is_named = 0, handled_by = 'Hà' WHERE receipt_hash = '{}'",
            id(&taken_back),
            id(&corrected),
            "a".repeat(64),
            "b".repeat(64)
        ),
    );
    let list = scratch("erasures-list").join("erasures.json");
    assert_succeeds(&run(&["erasures"], &list, &later.state));

    // The older database, as Time Travel restores it.
    let restored = own_portal_on("erasures-restored", &portal.state);
    restored.get(&withdrawn).assert_contains("Đáp");
    let as_restored = contents(&restored);
    let written = fs::read_to_string(&list).unwrap();
    let broken = list.with_file_name("broken.json");
    for damaged in [&written[..written.len() - 3], &written.replace("\"comment 1\"", "\"all\"")] {
        fs::write(&broken, damaged).unwrap();
        let refused = run(&["erasures", "apply", "--yes"], &broken, &restored.state);
        assert_refused(&refused, "is not a list that cargo run erasures wrote");
    }
    let nobody = run(&["erasures", "apply"], &list, &restored.state);
    assert_refused(&nobody, "There is no terminal to ask for confirmation: add --yes");
    assert_eq!(contents(&restored), as_restored);

    // `cong erasures` before `cong erasures apply` keeps all entries of the list.
    let said = assert_succeeds(&run(&["erasures"], &list, &restored.state));
    assert!(said.contains("10 of the earlier list are not in the database"), "{said}");
    let said = assert_succeeds(&run(&["erasures", "apply", "--yes"], &list, &restored.state));
    assert!(said.contains("10 in the list") && said.contains("the database lacks 10"), "{said}");
    restored.upkeep("");
    later.upkeep("");
    let corrected_again =
        format!("SELECT count(*) AS n FROM released WHERE submission_id = {}", id(&corrected));
    assert_eq!(restored.sql("DB", &corrected_again), [json!({ "n": 0 })]);
    later.sql(
        "DB",
        &format!(
            "UPDATE released SET is_taken_back = 1, handled_by = 'Hà' WHERE submission_id = {}",
            id(&corrected)
        ),
    );
    assert_eq!(
        contents(&restored),
        contents(&later),
        "the database differs from the one in which the data was erased"
    );
    let public = restored.sql("DB", "SELECT public_text FROM comment ORDER BY id");
    let public: Vec<_> = public.iter().map(|row| row["public_text"].clone()).collect();
    let gone = Value::Null;
    assert_eq!(
        public,
        [
            &gone,
            &gone,
            &gone,
            &"[Đã gỡ theo yêu cầu.]".into(),
            &"[Đã gỡ.]".into(),
            &"Góp ý 3".into()
        ]
        .map(Value::clone)
    );
    for location in [&withdrawn, &waiting] {
        restored.get(location).assert_contains("Ý kiến này đã được rút lại").assert_lacks("Đáp");
    }
    restored.get(&erased).assert_contains("Đáp").assert_lacks("Xóa dữ liệu cá nhân");
    restored.get(&kept_on).assert_contains("Đáp");

    // A second run changes nothing. A row that exists in spite of its tombstone is reported.
    let before = (contents(&restored), restored.sql("DB", "SELECT * FROM audit"));
    let said = assert_succeeds(&run(&["erasures", "apply"], &list, &restored.state));
    assert!(said.contains("the database lacks 0"), "{said}");
    assert_eq!((contents(&restored), restored.sql("DB", "SELECT * FROM audit")), before);
    restored.sql_many(
        "DB",
        &format!(
            "DROP TRIGGER erased_stays_erased;
             INSERT INTO identity VALUES ({}, 'Lò Thị Mai', '', '', '', 1700000000, NULL, NULL)",
            id(&erased)
        ),
    );
    let failed = run(&["erasures", "apply", "--yes"], &list, &restored.state);
    assert_refused(
        &failed,
        "NOT ALL IS ERASED: the database lacks 0 of the list, and the data of 1",
    );
}

#[test]
fn erasures_of_parts_apply_to_a_submission_that_arrives_from_the_queue_later() {
    let portal = own_portal_with("erasures-queue", &[]);
    let hash = "e".repeat(64);
    let insert = |what| {
        format!(
            "INSERT INTO tombstone (receipt_hash, what, who) VALUES ('{hash}', '{what}', 'Hà');"
        )
    };
    portal.sql_many("DB", &[insert("comment 2"), insert("name"), insert("release")].concat());
    let comment = |text: &str| json!({ "clause": "", "title": "", "text": text, "text_salt": text, "content": text, "leaf": hash });
    let record = json!({
        "receipt_hash": hash, "kind": "gop-y-du-thao", "about": "du-thao", "subject": "",
        "text": "Toàn bộ dự thảo", "text_hash": "", "received_at": 1_700_000_000,
        "identity": { "name": NAME, "address": "", "phone": "", "email": "" },
        "comments": [comment("Ý giữ lại."), comment("Ý đã gỡ.")],
        "capacity": "individual", "is_named": true, "name_salt": "00",
    });
    portal.put("INBOX", &hash, record.to_string().as_bytes());
    portal.upkeep("");
    let rows = portal.sql(
        "DB",
        "SELECT c.text, text_salt, is_named, name, (SELECT group_concat(kind || leaf) FROM ledger
             WHERE comment_id = c.id) AS entries, instr(folded, 'go') AS found
         FROM comment AS c JOIN submission AS s ON s.id = c.submission_id
         LEFT JOIN identity AS i ON i.submission_id = s.id ORDER BY position",
    );
    let kept = "Ý giữ lại.";
    assert_eq!(
        rows,
        [
            json!({ "text": kept, "text_salt": kept, "is_named": 0, "name": NAME,
                    "entries": format!("comment{hash}"), "found": 0 }),
            json!({ "text": null, "text_salt": null, "is_named": 0, "name": NAME,
                    "entries": null, "found": 0 }),
        ]
    );
    assert!(portal.keys("INBOX").is_empty());
}
