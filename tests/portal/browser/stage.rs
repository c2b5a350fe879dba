//! The portals for the tests in the browser. The main one contains the sample content, articles with extreme layouts,
//! submissions, comments and answers, all at fixed addresses.

use std::fs;
use std::sync::OnceLock;

use cong_core::submission::Receipt;

use crate::harness::{Portal, document, eventually, own_portal_with, root, time};

const DAY: i64 = 24 * 3600;

/// The main portal of the browser tests, with all the content that the comment of this module lists.
pub fn stage() -> &'static Portal {
    static STAGE: OnceLock<Portal> = OnceLock::new();
    STAGE.get_or_init(|| {
        let portal = own_portal_with("stage", &["SYNC_SHARE:100"]);
        fill(&portal);
        portal.sql_many("DB", &submissions());
        portal.sql_many("DB", &comments());
        portal.upkeep("");
        eventually("the catalogue has every article", || {
            portal.get("/");
            let waits =
                "SELECT slug FROM due UNION ALL SELECT 'all' FROM sync WHERE round_ended_at = 0";
            portal.sql("CATALOGUE", waits).is_empty().then_some(())
        });
        portal
    })
}

/// A portal that is not set up yet: it has no articles, no signing key, and no sign-in for editors.
pub fn bare() -> &'static Portal {
    static BARE: OnceLock<Portal> = OnceLock::new();
    BARE.get_or_init(|| own_portal_with("bare", &["ACCESS_TEAM:", "SIGNING_KEY:"]))
}

fn fill(portal: &Portal) {
    for (folder, binding) in [("articles", "ARTICLES"), ("files", "FILES")] {
        for sample in fs::read_dir(root().join("content").join(folder)).unwrap() {
            let path = sample.unwrap().path();
            let key = if binding == "FILES" { path.file_name() } else { path.file_stem() };
            portal.put(binding, key.unwrap().to_str().unwrap(), &fs::read(&path).unwrap());
        }
    }
    let article = |slug: &str, title: &str, fields: &str, body: &str| {
        portal.put_article(slug, document(title, fields, body));
    };
    extremes(&article);
    lists(&article);
    drafts(&article);
    let small = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"><rect width=\"40\" height=\"30\" fill=\"#3a7d44\"/></svg>";
    portal.put("FILES", "anh-40.svg", small.as_bytes());
    let broken = "+++\ntitle = \"Thiếu trường\"\nupdated = \"hôm qua\"\n+++\nNội dung.\n";
    portal.put_article("tai-lieu-hong", broken);
}

/// A function that publishes an article with this slug, title, further fields and text.
type Write<'a> = &'a dyn Fn(&str, &str, &str, &str);

/// Publishes articles with extreme layouts.
fn extremes(article: Write<'_>) {
    let words =
        "Quyết định phê duyệt nhiệm vụ khoa học và công nghệ cấp cơ sở tại các xã vùng cao ";
    let categorised = "updated = 2026-03-01\ncategory = \"Chưa từng thấy\"";
    article("tieu-de-rat-dai", words.repeat(3).trim(), categorised, "Nội dung ngắn.");
    article("mot-tu", "Lúa", categorised, "Lúa.");
    article("khong-tom-tat", "Không có tóm tắt", categorised, "# Một mục\n\n- Chỉ có danh sách");
    let fields = format!("{categorised}\nimage = {{ file = \"anh-40.svg\", alt = \"Ảnh nhỏ\" }}");
    article(
        "anh-nho",
        "Ảnh rộng 40 điểm",
        &fields,
        "Chữ.\n\n![Ảnh trong bài](anh-40.svg \"Lời chú\")",
    );
    let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(12));
    let table = [row("Tiêu đề cột"), row("---"), row("Số liệu 1.234.567").repeat(8)].concat();
    article("bang-12-cot", "Bảng có mười hai cột", categorised, &format!("Trước bảng.\n\n{table}"));
    let headings: String = (2..=6)
        .map(|level| format!("{} Đề mục cấp {level}\n\nĐoạn văn.\n\n", "#".repeat(level)))
        .collect();
    article("de-muc-sau", "Đề mục nhiều cấp", categorised, &headings.repeat(2));
    let notes: String = (1..=12).map(|n| format!("Câu có chú thích[^{n}].\n\n")).collect();
    let notes: String =
        notes + &(1..=12).map(|n| format!("[^{n}]: Lời chú {n}.\n\n")).collect::<String>();
    article("nhieu-chu-thich", "Mười hai chú thích", categorised, &notes);
    let long = format!(
        "{0} <https://example.com/{0}?{0}>\n\n`{0}`\n\n## {0}\n\n> {0}\n\n```\n{0} {0}\n```\n\n1. {0}\n",
        "Nghiêncứukhảonghiệmgiốnglúacạn".repeat(6)
    );
    article("tu-rat-dai", &"Rấtdàikhôngdấucách".repeat(12), categorised, &long);
    let fields = "updated = 2026-03-02\nlang = \"hmn\"\ncategory = \"Tiếng dân tộc\"";
    article("tieng-mong", "Lus Hmoob txog kev ua liaj teb", fields, "Nyob zoo. Peb ua liaj teb.");
    let fields =
        format!("updated = 2026-03-03\n[notice]\nfrom = {}\nuntil = {}", time(-DAY), time(DAY));
    article("thong-bao", "Cầu Cẩm tạm dừng lưu thông để sửa chữa trong ba ngày", &fields, "Chữ.");
    article("ban-nhap", "Bài còn là bản nháp", "updated = 2026-03-04\ndraft = true", "Chưa xong.");
    let fields = format!("updated = 2026-03-04\npublish_at = {}", time(30 * DAY));
    article("hen-gio", "Bài hẹn giờ", &fields, "Chưa tới giờ.");
    let aliases =
        "updated = 2026-03-05\naliases = [\"/cu/bang.aspx?id=1\", \"/?p=77\", \"mot-tu\"]";
    article("dia-chi-cu", "Bài có địa chỉ cũ", aliases, "Nội dung.");
    let aliases = "updated = 2026-03-06\naliases = [\"/cu/bang.aspx?id=1\"]";
    article("dia-chi-cu-khac", "Bài khác có cùng địa chỉ cũ", aliases, "Nội dung.");
}

/// Publishes so many articles that every list has a second page.
fn lists(article: Write<'_>) {
    for number in 1..=40 {
        let fields = format!(
            "updated = 2021-02-{:02}\ncategory = \"Chuyên mục thứ {number} của một cơ quan\"",
            number % 28 + 1
        );
        article(&format!("chuyen-muc-{number:02}"), &format!("Bài {number}"), &fields, "Nội dung.");
    }
    for number in 1..=25 {
        let fields =
            format!("updated = 2020-01-{number:02}T08:00:00+07:00\ncategory = \"Nhiều bài\"");
        article(&format!("nhieu-{number:02}"), &format!("Bài số {number}"), &fields, "Nội dung.");
        let fields =
            format!("updated = 2019-01-{number:02}\nlang = \"en\"\ncategory = \"English\"");
        let title = format!("A report on upland rice, number {number}");
        article(
            &format!("english-{number:02}"),
            &title,
            &fields,
            "Rice grows.[^1]\n\n[^1]: A note.",
        );
    }
}

const CLAUSES: &str = "Căn cứ quy chế.\n\n## Chương I. Quy định chung\n\n### Điều 1. Mục đích\n\nNội dung điều 1.\n\n\
    ### Điều 2. Phạm vi\n\nNội dung điều 2.\n\n#### Khoản 1\n\nNội dung khoản 1.";

/// Publishes a draft in each state.
fn drafts(article: Write<'_>) {
    let draft = |slug: &str, title: &str, opens: i64, closes: i64, more: &str, body: &str| {
        let fields = format!(
            "updated = 2026-02-03\ncategory = \"Văn bản\"\n[consultation]\nopens = {}\ncloses = {}\n\
             unit = \"Ban Tư vấn\"\nemail = \"gopy@example.vn\"\nphone = \"0202 3555 113\"\n{more}",
            time(opens),
            time(closes)
        );
        article(slug, title, &fields, body);
    };
    draft("du-thao-sap-mo", "Dự thảo sắp mở", 2 * DAY, 40 * DAY, "", CLAUSES);
    draft("du-thao-dang-mo", "Dự thảo đang mở", -30 * DAY, 5 * DAY, "", CLAUSES);
    draft("du-thao-da-dong", "Dự thảo đã đóng", -60 * DAY, -5 * DAY, "", CLAUSES);
    draft("du-thao-da-tra-loi", "Dự thảo đã trả lời", -90 * DAY, -45 * DAY, "", CLAUSES);
    let text = "Cơ quan tiếp nhận hồ sơ và trả kết quả theo thời hạn đã công bố. ".repeat(8);
    let decree = |days: &str| -> String {
        let clause = |n| format!("## Điều {n}. Việc thứ {n}\n\n{text} Hạn thứ {n} là {days}.\n\n");
        (1..=150).map(clause).collect()
    };
    let issued = "issued = \"van-ban-ban-hanh\"";
    draft("du-thao-ban-hanh", "Dự thảo dài", -90 * DAY, -45 * DAY, issued, &decree("năm ngày"));
    let fields = "updated = 2026-02-20\ncategory = \"Văn bản\"\n[document]\nnumber = \"27/QĐ-LHH\"\n\
        kind = \"Quyết định\"\nissued_on = 2026-02-20\nissuer = \"Liên hiệp Hội\"\nsigner = \"Hà Thị Vân\"";
    article("van-ban-ban-hanh", "Quyết định dài", fields, &decree("bảy ngày"));
}

/// Returns a valid receipt code made from a small number.
pub fn receipt(number: u8) -> String {
    let code = format!("00000-00000-00000-00{number}0{number}");
    Receipt::parse(&code).unwrap().to_string()
}

/// SQL that inserts submissions in every state. The id of each is the number of its receipt.
fn submissions() -> String {
    let mut sql = String::new();
    for (number, kind, subject) in [
        (1, "gop-y", "Giờ mở cửa thư viện"),
        (2, "phan-anh", "Về thủ tục cấp phép"),
        (3, "cau-hoi", "Khi nào đóng điện?"),
        (4, "cau-hoi", "Thủ tục cấp giấy phép"),
        (5, "gop-y", ""),
        (6, "bao-sai", "Sai ngày ở đoạn hai"),
        (7, "gop-y", "Mua hàng giá rẻ"),
    ] {
        let hash = Receipt::parse(&receipt(number)).unwrap().hash();
        let text =
            format!("Ý kiến số {number} của một người dân.\n\n{}", "Đề nghị xem lại. ".repeat(20));
        let suspicion = if number == 7 { "'honeypot'" } else { "NULL" };
        sql += &format!(
            "INSERT INTO submission (id, receipt_hash, kind, about, subject, text, text_hash, received_at,
                                     answer_days, answer_counts, suspicion)
             VALUES ({number}, '{hash}', '{kind}', 'mot-tu', '{subject}', '{text}', '',
                     unixepoch() - 86400 * 40 * ({number} = 3) - 3600, 15, 'working', {suspicion});
             INSERT INTO identity (submission_id, name, address, phone, email, consented_at)
             VALUES ({number}, 'Lò Thị Hiên', 'Bản Nà Lốc', '0912 345 678', 'hien@example.vn', unixepoch());"
        );
    }
    let withdrawn = Receipt::parse(&receipt(5)).unwrap().hash();
    sql += &format!(
        "UPDATE submission SET state = 'passed_on', passed_to = 'Sở Xây dựng', handled_by = 'Hà' WHERE id = 2;
         UPDATE submission SET state = 'in_progress', handled_by = 'Hà' WHERE id = 3;
         UPDATE submission SET state = 'answered', handled_by = 'Hà', answer = 'Nộp tại bộ phận một cửa.

Mang theo căn cước.' WHERE id = 4;
         INSERT INTO tombstone (receipt_hash, what) VALUES ('{withdrawn}', 'submission');
         WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 160)
         INSERT INTO submission (id, receipt_hash, kind, subject, text, text_hash, received_at, state, answer,
                                 answered_at, handled_by)
         SELECT i, printf('%064d', i), 'cau-hoi', 'Câu hỏi ' || i, 'Nội dung ' || i, '', 1700000000,
                iif(i > 125, 'received', 'answered'), iif(i > 125, NULL, 'Trả lời ' || i),
                iif(i > 125, NULL, 1700086400), 'Hà' FROM n;
         INSERT INTO released (submission_id, subject, text, answer, category, released_at, handled_by)
         SELECT id, 'Hỏi về việc thứ ' || id, 'Nội dung ' || id, 'Đáp ' || id || char(10) || 'dòng hai',
                iif(id <= 110, 'Đất đai', 'Thủ tục'), 1700100000 + id * 60, 'Hà'
         FROM submission WHERE id BETWEEN 101 AND 125;
         INSERT INTO rating (slug, is_useful, remark)
         SELECT 'mot-tu', value % 2, 'Nhận xét thứ ' || value FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]');"
    );
    sql
}

/// SQL that inserts comments on the drafts: some not public, some public, and those of one draft answered.
fn comments() -> String {
    let mut sql = String::new();
    for (slug, first, last) in [
        ("du-thao-dang-mo", 201, 260),
        ("du-thao-da-dong", 301, 303),
        ("du-thao-da-tra-loi", 401, 460),
    ] {
        sql += &format!(
            "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
             INSERT INTO submission (id, receipt_hash, kind, about, subject, text, text_hash, received_at, capacity)
             SELECT i, printf('%064d', i), 'gop-y-du-thao', '{slug}', '', 'Điều 2', '', unixepoch() - 864000,
                    iif(i % 3, 'individual', 'organisation') FROM n;
             INSERT INTO comment (id, submission_id, position, slug, clause, clause_title, text)
             SELECT id, id, 1, about, iif(id % 2, 'dieu-2-pham-vi', ''), iif(id % 2, 'Điều 2. Phạm vi', ''),
                    'Phạm vi ở ý ' || id || ' còn hẹp.' FROM submission WHERE about = '{slug}';"
        );
    }
    // Two more comments, whose receipt codes are known.
    for (number, slug) in [(8, "du-thao-dang-mo"), (9, "du-thao-da-tra-loi")] {
        let hash = Receipt::parse(&receipt(number)).unwrap().hash();
        sql += &format!(
            "INSERT INTO submission (id, receipt_hash, kind, about, subject, text, text_hash, received_at, capacity)
             VALUES ({number}, '{hash}', 'gop-y-du-thao', '{slug}', '', 'Điều 1', '', unixepoch() - 800000,
                     'individual');
             INSERT INTO comment (id, submission_id, position, slug, clause, clause_title, text)
             VALUES ({number}, {number}, 1, '{slug}', 'dieu-1-muc-dich', 'Điều 1. Mục đích', 'Nên nói rõ mục đích.');"
        );
    }
    sql + "UPDATE comment SET public_text = text, handled_by = 'Hà' WHERE slug = 'du-thao-dang-mo' AND id > 205;
           UPDATE comment SET public_text = text, decision = 'accepted', answer = 'Đã mở rộng phạm vi.',
                  changed = 'Điều 2 khoản 1', handled_by = 'Hà' WHERE slug = 'du-thao-da-tra-loi' AND id % 3 = 0;
           UPDATE comment SET public_text = text, decision = 'explained', answer = 'Cần thêm thời gian.',
                  handled_by = 'Hà' WHERE slug = 'du-thao-da-tra-loi' AND id % 3 > 0;
           INSERT INTO answers_released (slug, handled_by) VALUES ('du-thao-da-tra-loi', 'Hà')"
}
