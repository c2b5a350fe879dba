//! How editors work with submissions at the desk: find, answer, release, erase and export them.

use crate::harness::{Answer, CLAUSES, eventually, portal, receipt_code};

/// Sends a submission with its sender's identity. Returns the submission's number and the address of its receipt.
#[track_caller]
fn sent(kind: &str, subject: &str, text: &str) -> (i64, String) {
    let fields = [
        ("loai", kind),
        ("tieu_de", subject),
        ("noi_dung", text),
        ("ho_ten", "Lù Thị Mẩy"),
        ("dia_chi", "Bản Nà Lạn, xã Cẩm Giàng"),
        ("dien_thoai", "0987 111 222"),
        ("thu_dien_tu", "may.lu@example.vn"),
        ("dong_y", "1"),
    ];
    let location = portal().submit(&fields).assert_taken();
    let found = portal().editor().find_submission(&location);
    (found.rsplit('/').next().unwrap().parse().unwrap(), location)
}

/// Returns the number of the submission's version, from the hidden field of the form on the page.
#[track_caller]
fn version(page: &Answer) -> String {
    page.field("phien_ban")
}

fn audit_trail(id: i64) -> Vec<(String, String)> {
    let sql = format!("SELECT what, who FROM audit WHERE submission_id = {id} ORDER BY id");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    portal().sql("DB", &sql).iter().map(|row| (text(&row["what"]), text(&row["who"]))).collect()
}

const EDITOR: &str = "lan.tran@cong.example";
const PUBLISHER: &str = "minh.le@cong.example";

#[test]
fn submissions_can_be_filtered_by_state_kind_article_due_date_suspicion_and_words() {
    let (old, _) =
        sent("cau-hoi", "Cấp điện hồ Khuổi Sao", "Khi nào đóng điện? <b>Mốc bàn biên tập</b>.");
    let (new, receipt) = sent("gop-y", "Đường lên hồ Khuổi Sao", "Mốc bàn biên tập: đường lầy.");
    portal().sql_many(
        "DB",
        &format!(
            "UPDATE submission SET received_at = received_at - 200 * 86400 WHERE id = {old};
             INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at)
             VALUES (lower(hex(randomblob(32))), 'bao-sai', 'bai-khuoi-sao', '', 'ĐƯỢC GHI bằng SQL', '',
                     unixepoch())"
        ),
    );
    let editor = portal().editor();
    let list = |query: &str| editor.get(&format!("/bien-tap/y-kien?q=moc+ban+bien+tap&{query}"));
    let page = list("").assert_status(200).assert_not_stored().assert_runs_no_script();
    // The submission that is due first comes first.
    let text = page.text();
    let place = |id| {
        text.find(&format!("href=\"/bien-tap/y-kien/{id}\"")).expect("the list has the submission")
    };
    assert!(place(old) < place(new));
    page.assert_contains("<strong>2</strong> ý kiến theo bộ lọc này").assert_contains("quá hạn");
    list("loai=gop-y").assert_contains("<strong>1</strong> ý kiến");
    list("han=qua-han").assert_contains("<strong>1</strong> ý kiến").assert_contains("Cấp điện");
    list("han=sap-den").assert_contains("<strong>0</strong> ý kiến");
    list("trang-thai=da-tra-loi").assert_contains("Không có ý kiến nào như vậy");
    list("nghi-rac=co").assert_contains("<strong>0</strong> ý kiến");
    list("trang-thai=tat-ca&nghi-rac=tat-ca&loai=&bai=&han=")
        .assert_contains("<strong>2</strong> ý kiến");
    let by_words = |words: &str| editor.get(&format!("/bien-tap/y-kien?q={words}"));
    by_words("M%E1%BB%90C+DIEN").assert_contains(&format!("/bien-tap/y-kien/{old}\""));
    // Senders are not searched, and SQL and LIKE patterns have no effect.
    by_words("may.lu").assert_contains("<strong>0</strong>");
    by_words("moc%25tap").assert_contains("<strong>0</strong>");
    by_words("%27%22%3Cscript%3E").assert_status(200).assert_runs_no_script();

    // Rows that were written with SQL can be found without accents after the next upkeep.
    let found = "<strong>1</strong> ý kiến";
    eventually("the row written with SQL is found without accents", || {
        portal().upkeep("");
        let page = by_words("duoc+ghi+sql&bai=bai-khuoi-sao").text();
        page.contains(found).then_some(())
    });

    for nonsense in ["trang=0", "trang=-1", "trang=x", "loai=khac", "trang-thai=khac", "han=x"] {
        list(nonsense).assert_status(400);
    }
    list("trang=99").assert_status(404);

    let code = receipt_code(&receipt);
    let look_up = |code: &str| editor.post("/bien-tap/y-kien", &[("ma", code)]);
    look_up(&code.to_lowercase()).assert_redirect(303, &format!("/bien-tap/y-kien/{new}"));
    look_up("00000-00000-00000-00000").assert_status(422).assert_contains("value=\"00000-00000");
    look_up("<i>").assert_status(422).assert_contains("value=\"&lt;i&gt;\"");
}

#[test]
fn the_page_of_a_submission_shows_all_data_and_offers_the_allowed_steps() {
    let (id, _) = sent("phan-anh", "Biển <script>", "Nội dung phản ánh\n<script>alert(1)</script>");
    let editor = portal().editor();
    let path = format!("/bien-tap/y-kien/{id}");
    let page = editor.get(&path).assert_status(200).assert_not_stored().assert_runs_no_script();
    let page = page
        .assert_contains("Lù Thị Mẩy")
        .assert_contains("0987 111 222")
        .assert_contains("Nội dung phản ánh\n&lt;script&gt;")
        .assert_contains("tiếp nhận")
        .assert_lacks("/xoa\"");
    let first = version(&page);
    let step = |fields: &[(&str, &str)]| editor.post(&path, fields);
    step(&[("viec", "chuyen"), ("phien_ban", &first), ("don_vi", " ")])
        .assert_status(422)
        .assert_contains("Hãy ghi tên đơn vị nhận");
    step(&[("viec", "chuyen"), ("phien_ban", &first), ("don_vi", "Sở Xây dựng")])
        .assert_redirect(303, &format!("{path}?da=chuyen"));
    // A form from an older version of the page changes nothing, and keeps what was typed.
    step(&[("viec", "chuyen"), ("phien_ban", &first), ("don_vi", "Sở <Khác>")])
        .assert_status(409)
        .assert_contains("Có thay đổi trong lúc bạn viết")
        .assert_contains("value=\"Sở &lt;Khác&gt;\"")
        .assert_contains("Sở Xây dựng");
    let now = version(&editor.get(&path));
    for (viec, status) in [("khong-rac", 400), ("tra-loi", 400), ("", 400)] {
        step(&[("viec", viec), ("phien_ban", &now)]).assert_status(status);
    }
    step(&[("viec", "xu-ly"), ("phien_ban", &now)])
        .assert_redirect(303, &format!("{path}?da=xu-ly"));
    let now =
        version(&editor.get(&format!("{path}?da=xu-ly")).assert_contains("Đã đánh dấu đang xử lý"));
    step(&[("viec", "la-rac"), ("phien_ban", &now)])
        .assert_redirect(303, &format!("{path}?da=la-rac"));
    let page = editor.get(&path).assert_contains("Đã được xác nhận là rác");
    step(&[("viec", "khong-rac"), ("phien_ban", &version(&page))])
        .assert_redirect(303, &format!("{path}?da=khong-rac"));
    let done = audit_trail(id);
    let by_editor = done.iter().filter(|(_, who)| who == EDITOR).map(|(what, _)| what.as_str());
    let by_editor: Vec<_> = by_editor.collect();
    assert_eq!(
        by_editor,
        [
            "state received > passed_on",
            "state passed_on > in_progress",
            "suspicion none > confirmed",
            "suspicion confirmed > none"
        ]
    );
    for unknown in ["/bien-tap/y-kien/999999999", "/bien-tap/y-kien/999999999/tra-loi"] {
        editor.get(unknown).assert_status(404);
    }
    editor.get("/bien-tap/y-kien/-1").assert_status(404);
    editor.get("/bien-tap/y-kien/1x").assert_status(404);
}

#[test]
fn an_answer_can_be_previewed_and_nothing_typed_is_lost() {
    let (id, receipt) = sent("cau-hoi", "Hỏi về lớp tập huấn", "Lớp tập huấn mở ngày nào?");
    let editor = portal().editor();
    let path = format!("/bien-tap/y-kien/{id}");
    let form = format!("{path}/tra-loi");
    let first = version(&editor.get(&form).assert_status(200));
    let text = "Ngày 12/12.\n<b>Tại</b> hội trường.";
    let preview = editor.post(&form, &[("phien_ban", &first), ("cau_tra_loi", text), ("xem", "1")]);
    let preview = preview.assert_status(200).assert_contains("Xem trước: người gửi sẽ thấy");
    let seen = "<h2 id=\"tra_loi\">Trả lời của Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn Lâm</h2>\
                <div class=\"as-written\">Ngày 12/12.\n&lt;b&gt;Tại&lt;/b&gt; hội trường.</div>";
    preview
        .assert_contains(seen)
        .assert_contains("\nNgày 12/12.\n&lt;b&gt;Tại&lt;/b&gt; hội trường.</textarea>");
    portal().get(&receipt).assert_lacks("12/12");
    editor
        .post(&form, &[("phien_ban", &first), ("cau_tra_loi", " \n")])
        .assert_status(422)
        .assert_contains("Hãy viết câu trả lời");
    let long = "dài ".repeat(3_000);
    let refused = editor.post(&form, &[("phien_ban", &first), ("cau_tra_loi", &long)]);
    refused.assert_status(422).assert_contains("11.999 ký tự").assert_contains(long.trim());
    editor
        .post(&form, &[("phien_ban", &first), ("cau_tra_loi", text)])
        .assert_redirect(303, &format!("{path}?da=tra-loi"));
    portal().get(&receipt).assert_contains(seen);

    // Another editor opened the form before this change.
    let other = portal().publisher();
    let late = other.post(&form, &[("phien_ban", &first), ("cau_tra_loi", "Của người sau.")]);
    let late = late.assert_status(409).assert_contains("Của người sau.</textarea>");
    let late = late.assert_contains("viết câu trả lời").assert_contains(EDITOR);
    other
        .post(&form, &[("phien_ban", &version(&late)), ("cau_tra_loi", "Của người sau.")])
        .assert_redirect(303, &format!("{path}?da=sua-tra-loi"));
    portal().get(&receipt).assert_contains("Của người sau.");
    let page = editor.get(&path).assert_contains("câu trả lời hiện nay bị bỏ");
    editor
        .post(&path, &[("viec", "xu-ly"), ("phien_ban", &version(&page))])
        .assert_redirect(303, &format!("{path}?da=xu-ly"));
    portal().get(&receipt).assert_lacks("Của người sau.").assert_contains("Đang xử lý");
    let done = audit_trail(id);
    assert!(done.contains(&("answer written".to_owned(), PUBLISHER.to_owned())), "{done:?}");
    assert!(done.contains(&("answer removed".to_owned(), EDITOR.to_owned())), "{done:?}");
}

#[test]
fn a_question_is_released_without_personal_data_and_can_be_changed_and_taken_back() {
    let text = "Tôi là Lù Thị Mẩy, ở bản Nà Lạn, số 0987111222 hoặc 024 3825 1234: hỏi giống lúa.";
    let (id, _) = sent("cau-hoi", "Lù Thị Mẩy hỏi giống lúa", text);
    let (editor, publisher) = (portal().editor(), portal().publisher());
    let path = format!("/bien-tap/y-kien/{id}");
    let form = format!("{path}/cong-bo");
    publisher.get(&form).assert_status(200).assert_contains("Chỉ công bố được ý kiến đã trả lời");
    let first = version(&editor.get(&format!("{path}/tra-loi")));
    editor
        .post(
            &format!("{path}/tra-loi"),
            &[("phien_ban", &first), ("cau_tra_loi", "Hỏi chị Mẩy: may.lu@example.vn.")],
        )
        .assert_status(303);
    editor.get(&path).assert_lacks("/cong-bo\"").assert_contains("nhờ người được công bố");
    editor.get(&form).assert_status(403);
    let page = publisher.get(&form).assert_status(200);
    let page = page
        .assert_contains("value=\"[…] hỏi giống lúa\"")
        .assert_contains("Tôi là […], ở […], số […] hoặc […]: hỏi giống lúa.</textarea>")
        .assert_contains("Hỏi chị Mẩy: […].</textarea>")
        .assert_contains("0987111222")
        .assert_lacks("Tôi đã kiểm tra");
    let version_now = version(&page);
    let fields = |text: &'static str, more: &[(&'static str, &'static str)]| {
        let own = [
            ("tieu_de", "Giống lúa nào hợp <vùng cao>?"),
            ("cau_hoi", text),
            ("cau_tra_loi", "Giống lúa cạn."),
            ("linh_vuc", "Nông nghiệp bàn biên tập"),
        ];
        [&own[..], more].concat()
    };
    let post = |version: &str, fields: &[(&str, &str)]| {
        publisher.post(&form, &[fields, &[("phien_ban", version)]].concat())
    };
    let preview = post(&version_now, &fields("Hỏi giống lúa.", &[("xem", "1")])).assert_status(200);
    preview
        .assert_contains("Giống lúa nào hợp &lt;vùng cao&gt;?</h3>")
        .assert_contains("trả lời:</strong>");
    post(&version_now, &fields("Gọi 0912 345 678.", &[]))
        .assert_status(422)
        .assert_contains("<strong>0912 345 678</strong>")
        .assert_contains("Tôi đã kiểm tra")
        .assert_contains("Gọi 0912 345 678.</textarea>");
    portal().get(&format!("/hoi-dap/{id}")).assert_status(404);
    // A release or erasure by an editor is refused, whatever the form contains.
    for step in ["cong-bo", "xoa"] {
        let token = editor.get(&path).field("ma_phien");
        let fields =
            [("ma_phien", token.as_str()), ("phien_ban", &version_now), ("viec", "y-kien")];
        editor.form(&format!("{path}/{step}"), &fields).send().assert_status(403);
    }
    let ticked = fields("Gọi 0912 345 678.", &[("da_kiem_tra", "co")]);
    post(&version_now, &ticked).assert_redirect(303, &format!("{path}?da=cong-bo"));
    portal().get(&format!("/hoi-dap/{id}")).assert_status(200).assert_contains("Gọi 0912 345 678.");
    post(&version_now, &fields("Khác.", &[]))
        .assert_status(409)
        .assert_contains("Khác.</textarea>");
    editor.get(&format!("{path}/tra-loi")).assert_contains("hãy thu hồi bản công bố trước");
    let page = publisher.get(&form).assert_contains("<option value=\"Nông nghiệp bàn biên tập\">");
    post(&version(&page), &fields("Hỏi giống lúa.", &[]))
        .assert_redirect(303, &format!("{path}?da=sua-cong-bo"));
    portal().get(&format!("/hoi-dap/{id}")).assert_lacks("0912");
    let page = publisher.get(&form);
    post(&version(&page), &[("viec", "thu-hoi")])
        .assert_redirect(303, &format!("{path}?da=thu-hoi"));
    portal().get(&format!("/hoi-dap/{id}")).assert_status(404);
    let released: Vec<_> =
        audit_trail(id).into_iter().filter(|(what, _)| what.starts_with("release")).collect();
    let expected = ["released", "release changed", "release taken back"];
    assert_eq!(released, expected.map(|what| (what.to_owned(), PUBLISHER.to_owned())));
}

#[test]
fn a_publisher_erases_the_identity_of_a_sender_and_the_whole_submission() {
    let (id, receipt) = sent("gop-y", "Cần xóa ở bàn biên tập", "Nội dung cần xóa ở bàn biên tập.");
    let publisher = portal().publisher();
    let path = format!("/bien-tap/y-kien/{id}");
    let form = format!("{path}/xoa");
    portal().editor().get(&form).assert_status(403);
    let page =
        publisher.get(&form).assert_status(200).assert_contains("Mất:").assert_contains("Còn:");
    let first = version(&page);
    publisher
        .post(&form, &[("viec", "nguoi-gui"), ("phien_ban", &first)])
        .assert_status(422)
        .assert_contains("Hãy đánh dấu");
    publisher
        .post(&form, &[("viec", "nguoi-gui"), ("phien_ban", &first), ("dong_y_nguoi_gui", "co")])
        .assert_redirect(303, &format!("{path}?da=xoa-nguoi-gui"));
    publisher
        .get(&path)
        .assert_contains("Thông tin người gửi đã được xóa")
        .assert_contains("Nội dung cần xóa")
        .assert_lacks("Lù Thị Mẩy");
    let whole = [("viec", "y-kien"), ("dong_y_y_kien", "co")];
    let post =
        |version: &str| publisher.post(&form, &[&whole[..], &[("phien_ban", version)]].concat());
    let late = post(&first).assert_status(409).assert_contains("xóa thông tin người gửi");
    post(&version(&late)).assert_redirect(303, &format!("{path}?da=xoa-y-kien"));
    publisher.get(&path).assert_status(200).assert_lacks("Nội dung cần xóa");
    publisher.get(&format!("{path}/tra-loi")).assert_contains("không trả lời được nữa");
    portal().get(&receipt).assert_contains("Ý kiến này đã được rút lại");
    let left = portal().sql(
        "DB",
        &format!(
            "SELECT folded, text, (SELECT group_concat(what || ' ' || who) FROM audit WHERE submission_id = {id}) AS trail
             FROM submission WHERE id = {id}"
        ),
    );
    assert_eq!((&left[0]["folded"], &left[0]["text"]), (&"".into(), &"".into()));
    let trail = left[0]["trail"].as_str().unwrap();
    assert!(trail.contains(&format!("identity erased {PUBLISHER}")), "{trail}");
    assert!(trail.contains(&format!("state received > withdrawn {PUBLISHER}")), "{trail}");
}

#[test]
fn exports_have_all_filtered_submissions_and_senders_only_for_publishers() {
    sent("cau-hoi", "=1+1 bảng biên tập", "Bảng biên tập; =1+1; một câu hỏi.");
    portal().sql(
        "DB",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 620)
         INSERT INTO submission (receipt_hash, kind, about, subject, text, text_hash, received_at)
         SELECT lower(hex(randomblob(32))), 'bao-sai', 'bang-bien-tap', 'Bảng biên tập', 'Dòng ' || i, '', 1 FROM n",
    );
    let (editor, publisher) = (portal().editor(), portal().publisher());
    let csv =
        editor.get("/bien-tap/y-kien.csv?bai=bang-bien-tap").assert_status(200).assert_not_stored();
    assert!(csv.header("content-disposition").unwrap().contains("y-kien.csv"));
    let text = csv.text();
    assert_eq!(text.lines().count(), 621);
    assert!(
        text.contains("\"Dòng 1\"") && text.contains("\"Dòng 620\"") && !text.contains("Họ tên")
    );
    let page =
        editor.get("/bien-tap/y-kien?bai=bang-bien-tap&trang=3").assert_lacks("kem=nguoi-gui");
    page.assert_contains("<strong>620</strong>")
        .assert_contains("Ý kiến – về bang-bien-tap – trang 3");
    let address = "/bien-tap/y-kien.csv?loai=cau-hoi&q=b%E1%BA%A3ng+bien+tap";
    let with_senders = format!("{address}&kem=nguoi-gui");
    editor.get(&with_senders).assert_status(403);
    let table = editor.get(address).assert_lacks("Mẩy");
    table.assert_contains("\"'=1+1 bảng").assert_contains("Bảng biên tập;' =1+1; một");
    let link = publisher.get("/bien-tap/y-kien?loai=cau-hoi&q=b%E1%BA%A3ng+bien+tap");
    link.assert_contains("kem=nguoi-gui");
    publisher.get(&with_senders).assert_contains("Lù Thị Mẩy").assert_contains("Họ tên");
    let lines = portal()
        .sql("DB", "SELECT what, who FROM desk_audit WHERE what LIKE 'submissions exported%'");
    let has =
        |what: &str, who: &str| lines.iter().any(|line| line["what"] == what && line["who"] == who);
    assert!(has("submissions exported: bai=bang-bien-tap", EDITOR), "{lines:?}");
    assert!(has("submissions exported: loai=cau-hoi&q=…, with senders", PUBLISHER), "{lines:?}");
    assert!(!lines.iter().any(|line| line["what"].as_str().unwrap().contains("tập")), "{lines:?}");
}

#[test]
fn the_page_of_a_submission_with_comments_shows_each_clause_and_links_to_the_draft() {
    let slug = "ban-bien-tap-y-kien-du-thao";
    portal().put_article(
        slug,
        format!(
            "+++\ntitle = \"Dự thảo của bàn biên tập\"\nupdated = 2026-11-01\nauthor = \"a\"\n[consultation]\n\
             opens = 2020-01-01\ncloses = 2100-01-01\nunit = \"Ban\"\n+++\n{CLAUSES}"
        ),
    );
    let fields = [
        ("loai", "gop-y-du-thao"),
        ("bai", slug),
        ("noi_dung", "Góp ý <i>của</i> phần riêng biệt."),
    ];
    portal().submit(&fields).assert_taken();
    let editor = portal().editor();
    let list = editor.get(&format!("/bien-tap/y-kien?bai=/du-thao/{slug}&q=rieng+biet")).text();
    let link = "class=\"desk-title\"><a href=\"/bien-tap/y-kien/";
    let (_, rest) = list.split_once(link).expect("the list has the submission");
    let id = rest.split('"').next().unwrap();
    let page = editor.get(&format!("/bien-tap/y-kien/{id}")).assert_status(200);
    page.assert_contains("Góp ý &lt;i&gt;của&lt;/i&gt; phần riêng biệt.")
        .assert_contains("Toàn bộ dự thảo")
        .assert_contains(&format!("/bien-tap/du-thao/{slug}\""))
        .assert_lacks("/tra-loi\"");
    let page = editor.get(&format!("/bien-tap/y-kien/{id}/tra-loi")).assert_status(200);
    page.assert_contains("ở trang của dự thảo").assert_lacks("<textarea");
    let csv = editor.get(&format!("/bien-tap/y-kien.csv?bai={slug}"));
    csv.assert_contains("\"Toàn bộ dự thảo: Góp ý <i>của</i> phần riêng biệt.\"");
    // When a comment's text is erased, search no longer finds it.
    let sql = format!("UPDATE comment SET text = NULL, handled_by = 'Hà' WHERE slug = '{slug}'");
    portal().sql("DB", &sql);
    portal().upkeep("");
    let gone = editor.get(&format!("/bien-tap/y-kien?bai={slug}&q=rieng+biet"));
    gone.assert_contains("<strong>0</strong>");
    portal().delete_article(slug);
}
