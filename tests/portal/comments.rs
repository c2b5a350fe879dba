//! Comments on a draft: the form, what it accepts, and what becomes public.

use serde_json::{Value, json};

use crate::harness::{Answer, form_token, portal, receipt_hash};

const DRAFT: &str = "du-thao-nhieu-dieu";

/// Sends the comment form of the draft with these additional fields.
fn send(fields: &[(&str, &str)]) -> Answer {
    let own = [("loai", "gop-y-du-thao"), ("bai", DRAFT)];
    portal().submit(&[&own[..], fields].concat())
}

fn stored(location: &str) -> Vec<Value> {
    let hash = receipt_hash(location);
    portal().sql(
        "DB",
        &format!(
            "SELECT position, clause, clause_title, comment.text FROM comment
             JOIN submission ON submission.id = submission_id
             WHERE receipt_hash = '{hash}' ORDER BY position"
        ),
    )
}

fn release(location: &str) {
    let hash = receipt_hash(location);
    portal().sql(
        "DB",
        &format!(
            "UPDATE comment SET public_text = text, handled_by = 'Hà' WHERE submission_id =
             (SELECT id FROM submission WHERE receipt_hash = '{hash}')"
        ),
    );
}

#[test]
fn every_clause_of_an_open_draft_links_to_the_comment_form() {
    let link = format!("/gop-y?du-thao={DRAFT}&amp;dieu=dieu-2-pham-vi");
    portal()
        .get(&format!("/bai-viet/{DRAFT}"))
        .assert_success_cached()
        .assert_contains(&format!("href=\"{link}\""))
        .assert_contains("Góp ý chương này")
        .assert_contains("Góp ý khoản này");
    portal()
        .get(&link.replace("&amp;", "&"))
        .assert_status(200)
        .assert_not_stored()
        .assert_contains("<option value=\"dieu-2-pham-vi\" selected>")
        .assert_contains("Chương I")
        .assert_contains("Khoản 1");
    portal().get("/bai-viet/du-thao-da-dong").assert_lacks("Góp ý điều này");
    portal().get(&format!("/gop-y?du-thao={DRAFT}&dieu=khong-co")).assert_status(200);
}

#[test]
fn comments_on_several_clauses_are_one_submission_with_one_receipt() {
    let location = send(&[
        ("dieu", "dieu-2-pham-vi"),
        ("noi_dung", "Phạm vi còn hẹp."),
        ("dieu_2", ""),
        ("noi_dung_2", "  "),
        ("noi_dung_3", "Nhìn chung dễ hiểu.\nNên ban hành sớm."),
    ])
    .assert_taken();
    let whole = "Nhìn chung dễ hiểu.\nNên ban hành sớm.";
    let comment = |position: u32, clause: &str, title: &str, text: &str| json!({"position": position, "clause": clause, "clause_title": title, "text": text});
    assert_eq!(
        stored(&location),
        [
            comment(1, "dieu-2-pham-vi", "Điều 2. Phạm vi", "Phạm vi còn hẹp."),
            comment(2, "", "", whole),
        ]
    );
    portal()
        .get(&location)
        .assert_contains("Góp ý về: Điều 2. Phạm vi")
        .assert_contains("Góp ý về: Toàn bộ dự thảo")
        .assert_contains(whole)
        .assert_contains("chờ khóa sổ");
}

#[test]
fn a_field_for_another_clause_can_be_added_and_nothing_typed_is_lost_or_stored() {
    let typed = "Chưa gửi, chỉ thêm một ô nữa.";
    let again = send(&[
        ("noi_dung", typed),
        ("dieu", "dieu-2-pham-vi"),
        ("so_y_kien", "1"),
        ("tu_cach", "to-chuc"),
        ("ho_ten", "Hội Cơ khí"),
        ("cong_khai_ten", "1"),
        ("them", "1"),
    ]);
    again
        .assert_status(200)
        .assert_not_stored()
        .assert_contains(typed)
        .assert_contains("<option value=\"dieu-2-pham-vi\" selected>")
        .assert_contains("id=\"noi_dung_2\"")
        .assert_contains("value=\"Hội Cơ khí\"")
        .assert_contains("name=\"cong_khai_ten\" value=\"1\" checked");
    let rows = portal().sql("DB", &format!("SELECT 1 FROM comment WHERE text = '{typed}'"));
    assert!(rows.is_empty());
}

#[test]
fn mistakes_in_comments_are_named_and_everything_typed_is_kept() {
    send(&[
        ("dieu", "dieu-da-bo"),
        ("noi_dung", "Về điều đã bỏ."),
        ("noi_dung_2", "Về toàn bộ."),
        ("tu_cach", "to-chuc"),
    ])
    .assert_status(422)
    .assert_contains("Phần này không còn trong dự thảo")
    .assert_contains("href=\"#dieu\"")
    .assert_contains("Hãy điền họ tên hoặc tên tổ chức.")
    .assert_contains("Về điều đã bỏ.")
    .assert_contains("Về toàn bộ.")
    .assert_contains("<option value=\"dieu-da-bo\" selected>");
    send(&[("dieu", "dieu-2-pham-vi"), ("noi_dung", " ")])
        .assert_status(422)
        .assert_contains("Hãy viết ý kiến.");
}

#[test]
fn the_same_comment_form_sent_twice_is_one_submission() {
    let token = form_token();
    let comment = |text| {
        let own = [("ma_phieu", token.as_str()), ("dieu", "dieu-2-pham-vi"), ("noi_dung", text)];
        send(&own).assert_taken()
    };
    let first = comment("Gửi hai lần.");
    assert_eq!(comment("Gửi hai lần."), first);
    assert_eq!(stored(&first).len(), 1);
    assert_ne!(comment("Gửi lần nữa, có sửa."), first);
}

#[test]
fn released_comments_are_public_by_clause_and_named_only_on_request() {
    let named = send(&[
        ("dieu", "dieu-2-pham-vi"),
        ("noi_dung", "Ý kiến của một người có tên."),
        ("ho_ten", "Lò Thị Hiên"),
        ("thu_dien_tu", "hien@example.vn"),
        ("cong_khai_ten", "1"),
        ("dong_y", "1"),
    ])
    .assert_taken();
    let unnamed = send(&[
        ("dieu", "dieu-2-pham-vi"),
        ("noi_dung", "Ý kiến của <script>alert(1)</script> một tổ chức."),
        ("tu_cach", "to-chuc"),
        ("ho_ten", "Hội Kín Tiếng"),
        ("dong_y", "1"),
    ])
    .assert_taken();
    let page = format!("/du-thao/{DRAFT}/y-kien?dieu=dieu-2-pham-vi");
    portal().get(&page).assert_lacks("người có tên");
    release(&named);
    release(&unnamed);
    let public = portal().get(&page).assert_success_cached();
    assert!(public.header("cache-control").unwrap().contains("stale-if-error=0"));
    public
        .assert_contains("Điều 2. Phạm vi")
        .assert_contains("Ý kiến của một người có tên.")
        .assert_contains("<strong>Lò Thị Hiên</strong>")
        .assert_contains("<strong>Tổ chức</strong>")
        .assert_contains("&lt;script&gt;")
        .assert_runs_no_script()
        .assert_lacks("Hội Kín Tiếng")
        .assert_lacks("hien@example.vn");

    // An erased name and a withdrawn comment disappear at once.
    portal().act(&named, "xoa", "hien@example.vn").assert_redirect(303, &named);
    portal().get(&page).assert_contains("người có tên").assert_lacks("Lò Thị Hiên");
    let withdraw = portal().request("POST", &format!("{unnamed}?viec=rut"));
    withdraw.form(&[]).send().assert_redirect(303, &unnamed);
    portal().get(&page).assert_lacks("một tổ chức.");
    portal().get(&unnamed).assert_contains("Nội dung đã được xóa.").assert_lacks("một tổ chức.");
    portal().get(&format!("/du-thao/{DRAFT}/y-kien")).assert_contains("người gửi rút lại");
}

#[test]
fn only_drafts_have_pages_of_comments() {
    for page in ["y-kien", "so-cai", "so-cai.jsonl", "tiep-thu", "tiep-thu.csv"] {
        portal().get(&format!("/du-thao/bai-day-du/{page}")).assert_status(404);
        portal().get(&format!("/du-thao/khong-co/{page}")).assert_status(404);
    }
    portal().get(&format!("/du-thao/{DRAFT}/y-kien?dieu=khong-co")).assert_status(404);
    portal().get(&format!("/du-thao/{DRAFT}/y-kien?trang=99")).assert_status(404);
    portal().get(&format!("/du-thao/{DRAFT}/y-kien?dieu=A%20B")).assert_status(400);
}

#[test]
fn without_the_database_pages_of_comments_say_so_and_comments_still_get_a_receipt() {
    let page = format!("/du-thao/{DRAFT}/y-kien");
    portal().request("GET", &page).fault("db-fails").send().assert_status(503);
    let fields = [
        ("loai", "gop-y-du-thao"),
        ("bai", DRAFT),
        ("dieu", "dieu-2-pham-vi"),
        ("noi_dung", "Gửi lúc cơ sở dữ liệu đang hỏng."),
    ];
    let location = portal().feedback(&fields).fault("db-fails").send().assert_taken();
    portal().get(&location).assert_contains("Góp ý về: Điều 2. Phạm vi");
    portal().upkeep("");
    assert_eq!(stored(&location).len(), 1);
    portal().get(&location).assert_contains("chờ khóa sổ");
    let entries = format!(
        "SELECT ledger.kind FROM ledger JOIN comment ON comment.id = comment_id
         JOIN submission ON submission.id = submission_id
         WHERE receipt_hash = '{}' AND leaf IS NOT NULL",
        receipt_hash(&location)
    );
    assert_eq!(portal().sql("DB", &entries), [json!({"kind": "comment"})]);
}
