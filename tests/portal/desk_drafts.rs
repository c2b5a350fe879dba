//! The desk's pages about drafts: answering comments and releasing the answers, which become public ten minutes later.

use crate::answers::{enter, receipt};
use crate::harness::{Answer, eventually, now, portal};

fn desk(slug: &str) -> String {
    format!("/bien-tap/du-thao/{slug}")
}

/// Returns the values of the check boxes on the page, in order. Each is `<id>:<version>` of a comment.
fn ticks(page: &Answer) -> Vec<String> {
    let text = page.text();
    let values = text.split("name=\"y_kien\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn id(tick: &str) -> &str {
    tick.split(':').next().unwrap()
}

/// Returns the first column of the result of a query.
fn column(sql: &str) -> Vec<String> {
    let rows = portal().sql("DB", sql);
    let cell = |row: &serde_json::Value| row.as_object().unwrap().values().next().unwrap().clone();
    rows.iter()
        .map(cell)
        .map(|cell| cell.as_str().map_or(cell.to_string(), str::to_owned))
        .collect()
}

#[test]
fn several_comments_are_answered_with_one_form() {
    let slug = "ban-tra-loi";
    enter(
        slug,
        &[
            (1, "dieu-2-pham-vi", "Mở rộng phạm vi. <script>alert(1)</script>"),
            (2, "", "Nên ban hành sớm."),
            (3, "dieu-2-pham-vi", "Phạm vi quá hẹp."),
        ],
    );
    let hash = receipt(slug, 1).hash();
    portal().sql_many(
        "DB",
        &format!(
            "INSERT INTO identity (submission_id, name, address, phone, email, consented_at)
             SELECT id, 'Lò <b>Mai</b>', '', '0912345678', '', received_at FROM submission WHERE receipt_hash = '{hash}';
             INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at, suspicion)
             VALUES ('{}', 'gop-y-du-thao', '{slug}', '', 'Rác', '', unixepoch(), 'confirmed');
             INSERT INTO comment (submission_id, position, slug, clause, clause_title, text)
             SELECT max(id), 1, about, '', '', 'Quảng cáo.' FROM submission WHERE about = '{slug}'",
            "9b".repeat(32)
        ),
    );
    let editor = portal().editor();
    let list = editor.get("/bien-tap/du-thao").assert_status(200).assert_not_stored();
    list.assert_contains(&format!("href=\"{}\"", desk(slug))).assert_runs_no_script();
    let page =
        editor.get(&desk(slug)).assert_status(200).assert_not_stored().assert_runs_no_script();
    // Comments on the whole draft come first, editors see the sender's name, and spam is hidden.
    let text = page.text();
    assert!(text.find("Nên ban hành sớm.").unwrap() < text.find("Mở rộng phạm vi.").unwrap());
    let page = page
        .assert_contains("Lò &lt;b&gt;Mai&lt;/b&gt;")
        .assert_contains("&lt;script&gt;alert(1)")
        .assert_contains("/bien-tap/y-kien/")
        .assert_contains("Chưa trả lời (3)")
        .assert_lacks("Quảng cáo.")
        .assert_lacks("0912345678");
    let [whole, one, two] = &ticks(&page)[..] else { panic!("three ticks") };
    let clause =
        editor.get(&format!("{}?dieu=dieu-2-pham-vi&con=chua-tra-loi&chon=tat-ca", desk(slug)));
    assert_eq!(clause.text().matches("\" checked").count(), 2, "{}", clause.text());
    clause.assert_lacks("Nên ban hành sớm.");

    let send = |fields: &[(&str, &str)]| editor.post(&desk(slug), fields);
    send(&[("viec", "tra-loi"), ("tra_loi", " "), ("da_sua", "Điều 9 \"khoản\" 1")])
        .assert_status(422)
        .assert_contains("href=\"#danh_sach\"")
        .assert_contains("Hãy chọn kết quả")
        .assert_contains("Hãy viết câu trả lời.")
        .assert_contains("Điều 9 &quot;khoản&quot; 1");
    send(&[("viec", "tra-loi"), ("y_kien", one), ("ket_qua", "accepted")])
        .assert_status(422)
        .assert_contains(&format!("value=\"{one}\" checked"));
    send(&[("viec", "tra-loi"), ("y_kien", "1;DROP:2")]).assert_status(400);
    send(&[("viec", "khac"), ("y_kien", one)]).assert_status(400);
    let answer = [
        ("ket_qua", "partly"),
        ("tra_loi", "Đã mở rộng một phần.\r\nXem Điều 2."),
        ("da_sua", "Điều 2"),
    ];
    send(&[&answer[..], &[("viec", "tra-loi"), ("y_kien", one), ("y_kien", two)]].concat())
        .assert_redirect(303, &format!("{}?da=tra-loi-y-kien", desk(slug)));
    editor
        .get(&desk(slug))
        .assert_contains("Tiếp thu một phần")
        .assert_contains("Đã mở rộng một phần.\nXem Điều 2.")
        .assert_contains("Chưa trả lời (1)");
    let trail = column(&format!(
        "SELECT what || ' ' || who FROM audit JOIN comment USING (submission_id) WHERE comment.id = {}",
        id(one)
    ));
    assert_eq!(trail.last().unwrap(), "comment 1 answered lan.tran@cong.example");
    // A comment of another draft, or an invalid id, cannot be answered here.
    for other in ["9007199254740991:1", whole.replace(':', "1:").as_str()] {
        send(&[&answer[..], &[("viec", "tra-loi"), ("y_kien", other)]].concat()).assert_status(400);
    }
    for address in ["?con=khac", "?trang=-1", "?trang=0", "?dieu=A%20B"] {
        editor.get(&format!("{}{address}", desk(slug))).assert_status(400);
    }
    for address in ["/0", "/999999", "/x", "/1/2"] {
        editor.get(&format!("{}{address}", desk(slug))).assert_status(404);
    }
    editor.get("/bien-tap/du-thao/khong-co-du-thao").assert_status(404);
    editor.get(&format!("{}?trang=99", desk(slug))).assert_status(200);
}

#[test]
fn a_conflicting_change_is_shown_and_not_overwritten() {
    let slug = "ban-xung-dot";
    enter(slug, &[(1, "", "Ý thứ nhất."), (2, "", "Ý thứ hai.")]);
    let editor = portal().editor();
    let page = editor.get(&format!("{}?con=chua-tra-loi", desk(slug)));
    let [one, two] = &ticks(&page)[..] else { panic!("two ticks") };
    let own = format!("{}/{}", desk(slug), id(one));
    let version = editor.get(&own).field("phien_ban");
    portal().sql(
        "DB",
        &format!(
            "UPDATE comment SET decision = 'explained', answer = 'Của Hà.', handled_by = 'Hà' WHERE id = {}",
            id(one)
        ),
    );
    let typed = [("viec", "tra-loi"), ("ket_qua", "accepted"), ("tra_loi", "Của Lan <i>.")];
    let both = [&typed[..], &[("y_kien", one.as_str()), ("y_kien", two)]].concat();
    let again = editor.post(&format!("{}?con=chua-tra-loi", desk(slug)), &both).assert_status(409);
    let renewed = ticks(&again);
    let again = again
        .assert_contains(&format!("Ý kiến số {}", id(one)))
        .assert_contains("ý 1: trả lời")
        .assert_contains("Của Hà.")
        .assert_contains("Của Lan &lt;i&gt;.")
        .assert_contains("value=\"accepted\" checked")
        .assert_contains(&format!("value=\"{two}\" checked"))
        .assert_not_stored();
    assert_eq!(again.text().matches("\" checked").count(), 3, "{}", again.text());
    let answers = || {
        column(&format!(
            "SELECT coalesce(answer, '') FROM comment WHERE slug = '{slug}' ORDER BY id"
        ))
    };
    assert_eq!(answers(), ["Của Hà.", ""]);

    // A form with a mistake keeps the version that it was opened with, so that the conflict is still detected.
    let mistaken = [("viec", "tra-loi"), ("tra_loi", "Của Lan <i>."), ("y_kien", one)];
    let page = editor.post(&desk(slug), &mistaken).assert_status(422);
    assert!(ticks(&page).contains(one), "{one} is not on {}", page.text());
    let mistaken = [("viec", "tra-loi"), ("tra_loi", "Của Lan."), ("phien_ban", &version)];
    assert_eq!(editor.post(&own, &mistaken).assert_status(422).field("phien_ban"), version);

    // The same holds on the page of a single comment.
    editor
        .post(&own, &[&typed[..], &[("phien_ban", &version)]].concat())
        .assert_status(409)
        .assert_contains("Của Lan &lt;i&gt;.")
        .assert_contains("ý 1: trả lời");
    assert_eq!(answers(), ["Của Hà.", ""]);
    let seen: Vec<_> = renewed.iter().map(|tick| ("y_kien", tick.as_str())).collect();
    editor.post(&desk(slug), &[&typed[..], &seen].concat()).assert_status(303);
    assert_eq!(answers(), ["Của Lan <i>.", "Của Lan <i>."]);
}

#[test]
fn only_publishers_release_redact_and_take_back_a_comment() {
    let slug = "ban-cong-bo-y";
    enter(slug, &[(1, "", "Tôi là Lò Văn Tám, đề nghị làm sớm."), (2, "", "Đồng ý với dự thảo.")]);
    let (editor, publisher) = (portal().editor(), portal().publisher());
    let page = editor.get(&desk(slug)).assert_lacks("value=\"cong-bo\"");
    let [one, two] = &ticks(&page)[..] else { panic!("two ticks") };
    let own = format!("{}/{}", desk(slug), id(one));
    let version = editor.get(&own).assert_lacks("value=\"cong-bo\"").field("phien_ban");
    let release = [("viec", "cong-bo"), ("y_kien", one.as_str()), ("y_kien", two), ("da_doc", "1")];
    editor.post(&desk(slug), &release).assert_status(403).assert_contains("PUBLISHERS");
    let redacted = [
        ("viec", "cong-bo"),
        ("ban_cong_bo", "Tôi là […], đề nghị làm sớm."),
        ("phien_ban", &version),
    ];
    editor.post(&own, &redacted).assert_status(403);

    let public = format!("/du-thao/{slug}/y-kien");
    portal().get(&public).assert_lacks("đề nghị làm sớm");
    publisher.get(&own).assert_contains(">\nTôi là Lò Văn Tám, đề nghị làm sớm.</textarea>");
    publisher
        .post(&own, &[("viec", "cong-bo"), ("ban_cong_bo", ""), ("phien_ban", &version)])
        .assert_status(422)
        .assert_contains("Hãy viết bản công bố.");
    publisher.post(&own, &redacted).assert_redirect(303, &format!("{own}?da=cong-bo-y-kien"));
    portal().get(&public).assert_contains("Tôi là […], đề nghị").assert_lacks("Lò Văn Tám");

    // Several comments are released as they were sent, after the publisher confirms having read them. A redacted text
    // stays redacted.
    let renewed = ticks(&publisher.get(&desk(slug)));
    let [one, two] = &renewed[..] else { panic!("two ticks") };
    let release = [("viec", "cong-bo"), ("y_kien", one.as_str()), ("y_kien", two)];
    publisher.post(&desk(slug), &release).assert_status(422).assert_contains("Hãy xác nhận đã đọc");
    publisher.post(&desk(slug), &[&release[..], &[("da_doc", "1")]].concat()).assert_status(303);
    portal()
        .get(&public)
        .assert_contains("Đồng ý với dự thảo.")
        .assert_contains("Tôi là […]")
        .assert_lacks("Lò Văn Tám");

    let version = publisher.get(&own).field("phien_ban");
    publisher
        .post(&own, &[("viec", "thu-hoi"), ("phien_ban", &version)])
        .assert_redirect(303, &format!("{own}?da=thu-hoi-y-kien"));
    portal().get(&public).assert_lacks("đề nghị làm sớm");
    publisher.get(&desk(slug)).assert_contains("Chưa công bố (1)");
}

#[test]
fn a_release_takes_effect_after_ten_minutes_and_can_be_cancelled_without_a_trace_until_then() {
    let slug = "ban-hen-muoi-phut";
    enter(slug, &[(1, "", "Ý chờ trả lời."), (2, "dieu-2-pham-vi", "Ý khác.")]);
    let (editor, publisher) = (portal().editor(), portal().publisher());
    let preview = format!("{}/xem-truoc", desk(slug));
    let version = editor
        .get(&format!("{}/{}", desk(slug), id(&ticks(&editor.get(&desk(slug)))[0])))
        .field("phien_ban");
    publisher
        .get(&preview)
        .assert_contains("2 ý kiến chưa trả lời")
        .assert_contains("chưa trả lời, chưa có bản công bố")
        .assert_lacks("Công bố toàn bộ trả lời");
    portal().upkeep("");
    portal().sql_many(
        "DB",
        &format!(
            "INSERT INTO identity (submission_id, name, address, phone, email, consented_at)
             SELECT id, 'Lò Thị Hiên', '', '', '', received_at FROM submission WHERE receipt_hash = '{}';
             UPDATE comment SET public_text = text, decision = 'accepted', answer = 'Sẽ làm.', handled_by = 'Hà'
             WHERE slug = '{slug}'",
            receipt(slug, 1).hash()
        ),
    );
    editor
        .get(&preview)
        .assert_contains("Tiếp thu: <strong>2</strong>")
        .assert_contains("Sẽ làm.")
        .assert_lacks("value=\"cong-bo\"");
    let token = editor.get(&desk(slug)).field("ma_phien");
    editor
        .form(&preview, &[("viec", "cong-bo"), ("phien_ban", "1"), ("ma_phien", &token)])
        .send()
        .assert_status(403);
    // Changes since the page was opened are shown before the release.
    publisher
        .post(&preview, &[("viec", "cong-bo"), ("phien_ban", &version)])
        .assert_status(409)
        .assert_contains("ý 1: trả lời");
    let version = publisher.get(&preview).field("phien_ban");
    let before = now().0;
    publisher
        .post(&preview, &[("viec", "cong-bo"), ("phien_ban", &version)])
        .assert_redirect(303, &format!("{preview}?da=cong-bo-tra-loi"));

    let address = format!("/du-thao/{slug}/tiep-thu");
    let letter = format!("/gop-y/da-nhan/{}", receipt(slug, 1));
    let assert_unseen = || {
        portal().get(&address).assert_status(404);
        portal().get(&format!("{address}.csv")).assert_status(404);
        portal()
            .get(&letter)
            .assert_status(200)
            .assert_lacks("Sẽ làm.")
            .assert_lacks("đã được trả lời");
        portal().get(&format!("/du-thao/{slug}/y-kien")).assert_lacks(&address);
        portal()
            .get(&format!("/bai-viet/{slug}"))
            .assert_contains("đang tổng hợp ý kiến")
            .assert_lacks(&address);
        portal()
            .get(&format!("/du-thao/{slug}/so-cai"))
            .assert_contains("<strong>2</strong> mục chờ");
        portal().get("/du-thao").assert_lacks(&address);
    };
    assert_unseen();
    let page = publisher.get(&preview).assert_contains("Thu hồi, chưa ai thấy");
    let shown_at: i64 = page.field("hien_ra").parse().unwrap();
    assert!((before + 600..before + 660).contains(&shown_at), "{shown_at}");
    editor
        .get(&desk(slug))
        .assert_contains("Trả lời hiện ra lúc")
        .assert_lacks("value=\"giu-lai\"");
    // An editor cannot change an answer after its release. A publisher's correction is released with the rest.
    let tick = ticks(&editor.get(&desk(slug))).swap_remove(0);
    let corrected = [
        ("viec", "tra-loi"),
        ("y_kien", &tick),
        ("ket_qua", "partly"),
        ("tra_loi", "Sẽ làm một phần."),
    ];
    editor.post(&desk(slug), &corrected).assert_status(403).assert_contains("Sẽ làm một phần.");
    publisher.post(&desk(slug), &corrected).assert_status(303);
    portal().upkeep("");
    // The ledger, and the time from which the retention of personal data counts.
    let entries = format!(
        "SELECT line FROM (
             SELECT id, kind || ' ' || (leaf IS NOT NULL) || ' ' || (at > unixepoch()) AS line
             FROM ledger WHERE slug = '{slug}'
             UNION ALL SELECT 0, 'kept from ' || coalesce(kept_from, 'nothing')
             FROM identity JOIN submission ON id = submission_id WHERE about = '{slug}'
         ) ORDER BY id"
    );
    let kept = format!("kept from {shown_at}");
    let expected = [&kept, "comment 1 0", "comment 1 0", "answer 0 1", "answer 0 1"];
    assert_eq!(column(&entries), expected);
    publisher
        .post(&preview, &[("viec", "giu-lai"), ("hien_ra", &shown_at.to_string())])
        .assert_redirect(303, &format!("{preview}?da=giu-lai-tra-loi"));
    assert_eq!(column(&entries), ["kept from nothing", "comment 1 0", "comment 1 0"]);
    publisher
        .post(&preview, &[("viec", "giu-lai"), ("hien_ra", &shown_at.to_string())])
        .assert_status(409);
    publisher
        .get(&desk(slug))
        .assert_contains("công bố trả lời – minh.le@cong.example")
        .assert_contains("thu hồi trả lời – minh.le@cong.example");

    // Another release, which becomes public after five seconds.
    portal().sql(
        "DB",
        &format!(
            "INSERT INTO answers_released (slug, released_at, handled_by) VALUES ('{slug}', unixepoch() + 5, 'Hà')"
        ),
    );
    let shown_at = publisher.get(&preview).field("hien_ra");
    eventually("the answers are public", || (portal().get(&address).status == 200).then_some(()));
    portal().get(&letter).assert_contains("Sẽ làm một phần.").assert_contains("đã được trả lời");
    portal().get(&format!("/bai-viet/{slug}")).assert_contains("Đã tiếp thu, giải trình");
    portal().get("/du-thao").assert_contains(&address);
    let late = [("viec", "giu-lai"), ("hien_ra", shown_at.as_str())];
    publisher.post(&preview, &late).assert_status(409).assert_contains("vừa hiện ra với mọi người");
    portal().get(&address).assert_status(200);
    publisher
        .post(&preview, &[("viec", "thu-hoi"), ("hien_ra", &shown_at)])
        .assert_redirect(303, &format!("{preview}?da=thu-hoi-tra-loi"));
    portal().get(&address).assert_status(404);
    let kinds = column(&format!(
        "SELECT kind FROM ledger WHERE slug = '{slug}' AND kind <> 'comment' ORDER BY id"
    ));
    assert_eq!(kinds[..2], ["answer", "answer"]);
    assert_eq!(kinds.len(), 6, "two answers, and two erasure entries for each: {kinds:?}");
}

#[test]
fn comments_can_be_handled_while_their_article_is_broken_or_not_public() {
    let slug = "ban-hong";
    portal().put_article(slug, "+++\ntitle = \"Hỏng\"\nupdated = \"hôm qua\"\n+++\nx\n");
    enter(slug, &[(1, "dieu-2-pham-vi", "Ý về bài hỏng."), (2, "", "Ý chung.")]);
    let editor = portal().editor();
    editor
        .get(&desk(slug))
        .assert_status(200)
        .assert_contains("Ý về bài hỏng.")
        .assert_contains("đang có lỗi");
    editor
        .get(&format!("{}/xem-truoc", desk(slug)))
        .assert_status(200)
        .assert_contains("Hãy sửa bài trước");
    editor.get("/bien-tap/du-thao").assert_contains("Bài đã gỡ hoặc đang có lỗi");
    let opens = crate::harness::time(-86_400 * 30);
    let hidden = format!(
        "+++\ntitle = \"Chưa công bố\"\nupdated = 2020-02-03\nauthor = \"An\"\ndraft = true\n[consultation]\n\
         opens = {opens}\ncloses = {}\nunit = \"Ban\"\n+++\n## Điều 2. Phạm vi\n",
        crate::harness::time(-60)
    );
    portal().put_article(slug, hidden);
    let page =
        editor.get(&desk(slug)).assert_contains("Chưa công bố").assert_contains("bài chưa công bố");
    let text = page.text();
    assert!(text.find("Ý chung.").unwrap() < text.find("Ý về bài hỏng.").unwrap());
    editor.get("/bien-tap/du-thao").assert_contains("bài chưa công bố");
    portal().delete_article(slug);
}

#[test]
fn only_publishers_mark_a_public_comment_as_spam() {
    let slug = "ban-rac-hay-khong-rac";
    enter(slug, &[(1, "", "Ý đã công khai.")]);
    let sql = format!(
        "UPDATE comment SET public_text = text, handled_by = 'Hà' WHERE slug = '{slug}' RETURNING submission_id"
    );
    let path = format!("/bien-tap/y-kien/{}", column(&sql)[0]);
    let (editor, publisher) = (portal().editor(), portal().publisher());
    let version = publisher.get(&path).assert_status(200).field("phien_ban");
    editor.get(&path).assert_contains("chỉ người được công bố").assert_lacks("value=\"la-rac\"");
    let token = editor.get("/bien-tap").field("ma_phien");
    let fields = [("viec", "la-rac"), ("phien_ban", version.as_str()), ("ma_phien", &token)];
    let forged = editor.form(&path, &fields).send();
    forged.assert_status(403).assert_contains("dành cho người được công bố");
    let suspicion =
        format!("SELECT coalesce(suspicion, '-') FROM submission WHERE about = '{slug}'");
    assert_eq!(column(&suspicion), ["-"]);
    publisher.post(&path, &fields[..2]).assert_redirect(303, &format!("{path}?da=la-rac"));
    assert_eq!(column(&suspicion), ["confirmed"]);
}
