//! The articles and files that the shared portal has from the start. Their times are relative to the start of the test
//! run, so that none of them expires.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use cong_core::vietnamese::Timestamp;

const DAY: i64 = 24 * 3600;

pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_secs()).unwrap())
}

/// Returns the time `seconds` from now, in the notation of articles.
pub fn time(seconds: i64) -> String {
    Timestamp(now().0 + seconds).rfc3339()
}

/// The text of a document. `fields` must contain at least `updated`.
pub fn document(title: &str, fields: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nauthor = \"Ban Biên tập\"\n{fields}\n+++\n{body}\n")
}

/// The text of a document of 01/03/2024 with these additional fields and a short body.
pub fn short_document(title: &str, fields: &str) -> String {
    let fields = format!("updated = 2024-03-01\n{fields}");
    document(title, &fields, &format!("Nội dung của {title}."))
}

pub fn write(content: &Path) {
    fs::create_dir_all(content.join("articles")).unwrap();
    fs::create_dir_all(content.join("files")).unwrap();
    let article = |slug: &str, document: &str| {
        fs::write(content.join(format!("articles/{slug}.md")), document).unwrap();
    };
    let file = |name: &str, bytes: &[u8]| {
        fs::write(content.join("files").join(name), bytes).unwrap();
    };

    article("bai-day-du", FULL);
    for number in 1..=25 {
        let fields = format!(
            "updated = 2020-01-{number:02}T08:00:00+07:00\ncategory = \"Nhiều bài\"\nsummary = \"Tóm tắt {number}.\""
        );
        article(
            &format!("nhieu-{number:02}"),
            &document(&format!("Bài số {number}"), &fields, "Nội dung."),
        );
    }
    article("nhap", &document("Bài nháp", "updated = 2020-02-01\ndraft = true", "Chưa xong."));
    let scheduled = format!("updated = 2020-02-01\npublish_at = {}", time(30 * DAY));
    article("hen-gio", &document("Bài hẹn giờ", &scheduled, "Chưa tới giờ."));
    let standing =
        format!("updated = 2020-02-02\n[notice]\nfrom = {}\nuntil = {}", time(-DAY), time(DAY));
    article("thong-bao-dang-hien", &document("Cầu Cẩm tạm dừng lưu thông", &standing, "Nội dung."));
    let past = format!(
        "updated = 2020-02-02\n[notice]\nfrom = {}\nuntil = {}",
        time(-2 * DAY),
        time(-DAY)
    );
    article("thong-bao-da-qua", &document("Thông báo đã qua", &past, "Nội dung."));
    let draft = |opens: i64, closes: i64, more: &str| {
        format!(
            "updated = 2020-02-03\n[consultation]\nopens = {}\ncloses = {}\nunit = \"Ban Tư vấn\"\n{more}",
            time(opens),
            time(closes)
        )
    };
    let drafts = [
        ("du-thao-dang-mo", "Dự thảo đang mở", draft(-30 * DAY, DAY, "")),
        ("du-thao-con-lau", "Dự thảo còn lâu", draft(-30 * DAY, 3 * DAY, "")),
        ("du-thao-sap-mo", "Dự thảo sắp mở", draft(2 * DAY, 40 * DAY, "")),
        ("du-thao-da-dong", "Dự thảo đã đóng", draft(-40 * DAY, -DAY, "")),
        ("du-thao-dong-truoc", "Dự thảo đóng trước", draft(-40 * DAY, -2 * DAY, "")),
        (
            "du-thao-da-ban-hanh",
            "Dự thảo đã ban hành",
            draft(-60 * DAY, -9 * DAY, "issued = \"bai-day-du\""),
        ),
        ("du-thao-qua-ngan", "Dự thảo quá ngắn", draft(-DAY, DAY, "")),
    ];
    for (slug, title, fields) in drafts {
        article(slug, &document(title, &fields, "## Điều 1\n\nNội dung."));
    }
    let fields = draft(-30 * DAY, 5 * DAY, "");
    article("du-thao-nhieu-dieu", &document("Dự thảo nhiều điều", &fields, CLAUSES));
    for slug in [
        "du-thao-tra-loi",
        "du-thao-rut-tra-loi",
        "du-thao-tra-loi-thu-dich",
        "ban-tra-loi",
        "ban-xung-dot",
        "ban-cong-bo-y",
        "ban-hen-muoi-phut",
    ] {
        let fields = draft(-60 * DAY, -5 * DAY, "");
        article(slug, &document("Dự thảo đã trả lời", &fields, CLAUSES));
    }
    article(
        "in-english",
        &document("In English", "updated = 2020-02-04\nlang = \"en\"", "Text[^1].\n\n[^1]: Note."),
    );
    for number in 1..=21 {
        let fields = format!("updated = 2016-01-{number:02}\nlang = \"en-GB\"");
        let title = format!("English number {number}");
        article(&format!("english-{number:02}"), &document(&title, &fields, "Text."));
    }
    let fields = "updated = 2016-02-01\nlang = \"hmn\"\ncategory = \"Tiếng dân tộc\"";
    article("tieng-mong", &document("Lus Hmoob", fields, "Nyob zoo."));
    article(
        "thu-dich",
        &document("Tiêu đề <script>alert(1)</script>", HOSTILE_FIELDS, HOSTILE_BODY),
    );
    article("thieu-truong", "+++\ntitle = \"Thiếu trường\"\n+++\nNội dung.\n");
    article("khong-phai-tai-lieu", "Chỉ là chữ.\n");

    let windows = document("Từ Windows", "updated = 2020-02-05", "Dòng một.\n\nDòng hai.");
    article("tu-windows", &format!("\u{FEFF}{}", windows.replace('\n', "\r\n")));
    let utf16: Vec<u8> = windows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(content.join("articles/utf-16.md"), [&[0xFF, 0xFE], utf16.as_slice()].concat())
        .unwrap();
    fs::write(content.join("articles/ban-go-cu.md"), b"+++\ntitle = \"B\xE1o c\xE1o\"\n+++\nx\n")
        .unwrap();
    fs::write(
        content.join("articles/dang-json.json"),
        "{\"title\": \"Dạng JSON\", \"updated\": \"2020-02-06T08:00:00\", \"author\": \"Ban Biên tập\", \"image\": {\"file\": \"ảnh.png\", \"alt\": \"Ảnh chụp\"}, \"body\": \"## Mục\\n\\nNội dung **JSON**.\"}",
    )
    .unwrap();
    let long =
        "Đoạn văn dài để đo sức chịu tải của trang, viết bằng tiếng Việt có dấu. ".repeat(4_000);
    article("rat-dai", &document("Bài rất dài", "updated = 2020-02-07\nsummary = \"Dài.\"", &long));

    for (slug, title, fields, body) in TO_BE_SEARCHED {
        let fields = format!("category = \"Thử tìm\"\n{fields}");
        article(slug, &document(title, &fields, body));
    }

    file("anh.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    file("trang.html", b"<script>alert(1)</script>");
    file("ghi-chu.txt", "Ghi chú".as_bytes());
    file("tai-lieu.pdf", b"%PDF-1.4 not really");
}

/// The body of a draft with two clauses, one of which has a subclause.
pub const CLAUSES: &str = "Căn cứ quy chế.

## Chương I. Quy định chung

### Điều 1. Mục đích

Nội dung điều 1.

### Điều 2. Phạm vi

Nội dung điều 2.

#### Khoản 1

Nội dung khoản 1.";

const FULL: &str = r#"+++
title = "Bài đầy đủ các trường"
updated = 2019-07-05T09:30:33+07:00
author = "Nguyễn Thị Hạnh"
published = 2019-07-04T08:00:00+07:00
source = "Báo Sơn Lâm"
summary = "Tóm tắt của bài đầy đủ."
category = "Khoa học và công nghệ"
image = { file = "anh.svg", alt = "Ảnh đại diện" }
aliases = ["bai-cu", "/SitePages/TinTuc.aspx?ItemID=512", "/Tin tức/cũ.aspx"]

[[attachments]]
file = "tai-lieu.pdf"
title = "Toàn văn"

[[changes]]
date = 2019-07-05
note = "Sửa số liệu ở đoạn hai."

[document]
number = "27/QĐ-LHH"
kind = "Quyết định"
issued_on = 2019-07-01
issuer = "Liên hiệp Hội"
parent = "Liên hiệp Hội Việt Nam"
place = "Sơn Lâm"

[[document.signers]]
capacity = "KT. Chủ tịch"
position = "Phó Chủ tịch"
name = "Hà Thị Vân"

[[document.signers]]
name = "Lò Văn Pản"
+++
Đoạn mở đầu[^1].

## Điều 1. Phạm vi

| Xã | Số hộ |
|---|---:|
| Nà Khoang | 42 |

![Sơ đồ](anh.svg "Chú thích ảnh")

[Bài khác](/bai-viet/nhieu-01), [bài bên cạnh](nhieu-02)

[^1]: Ghi chú cuối bài.
"#;

const HOSTILE_FIELDS: &str = r#"updated = 2020-02-04
summary = "\"><script>alert(2)</script>"
category = "Chuyên mục <img src=x onerror=alert(3)>"
source = "<b>nguồn</b>"
image = { file = "x\" onerror=\"alert(4).svg", alt = "\"><script>alert(5)</script>" }
[[attachments]]
file = "a\"><script>.pdf"
title = "<script>alert(6)</script>"
[[changes]]
date = 2020-02-04
note = "<script>alert(7)</script>""#;

const HOSTILE_BODY: &str = r#"<script>alert(8)</script>

Chữ <img src=x onerror=alert(9)> và [nhấn](javascript:alert(10)) và <javascript:alert(11)>.

[a]: javascript:alert(12)
[liên kết][a] ![x](javascript:alert(13)) ![y](https://example.com/theo-doi.png)

Ký tự điều khiển&#1;&#xFFFE; giữa chừng.

## <script>alert(14)</script>

| <script>alert(15)</script> |
|:-:|
| ok |
"#;

/// The articles for the tests of search: slug, title, fields and body of each.
const TO_BE_SEARCHED: [(&str, &str, &str, &str); 16] = [
    (
        "tim-du-thao",
        "Đề nghị góp ý Dự thảo Quyết định",
        "updated = 2018-01-01\nsummary = \"Về việc điều chỉnh.\"",
        "Văn phòng ở Bắc Kạn cho toàn văn dự thảo đăng trên trang này.",
    ),
    (
        "tim-nam",
        "Ông Nam nói về hòa bình",
        "updated = 2018-01-02\nsummary = \"Ông kể.\"",
        "Lời kể.",
    ),
    (
        "tim-hoa",
        "Một năm hoà bình",
        "updated = 2018-01-03\nsummary = \"Nhìn lại.\"",
        "Bản tổng kết.",
    ),
    ("tim-ban-hanh", "Về việc ban hành", "updated = 2018-01-04\nsummary = \"Mẫu.\"", "Mẫu văn."),
    (
        "tim-ban-hanh-khac",
        "Bạn hạnh phúc",
        "updated = 2018-01-05\nsummary = \"Kể chuyện.\"",
        "Việc thực hành của bạn.",
    ),
    (
        "tim-so-van-ban",
        "Văn bản có số",
        "updated = 2018-01-06\nsummary = \"Mẫu.\"\n[document]\nnumber = \"1837/QĐ-UBND\"",
        "Toàn văn.",
    ),
    (
        "tim-so-tach-roi",
        "Các phần của số",
        "updated = 2018-01-07\nsummary = \"Mẫu.\"",
        "UBND viết QĐ, còn 1837 là năm.",
    ),
    (
        "tim-o-noi-dung",
        "Bài thứ ba",
        "updated = 2018-02-03\nsummary = \"Mẫu.\"",
        "Có từ khoangduoi.",
    ),
    (
        "tim-o-tom-tat",
        "Bài thứ hai",
        "updated = 2018-02-02\nsummary = \"Từ khoangduoi.\"",
        "Có chữ.",
    ),
    ("tim-o-tieu-de", "Bài khoangduoi", "updated = 2018-02-01\nsummary = \"Mẫu.\"", "Có chữ."),
    (
        "tim-cach-xa",
        "Hai từ cách xa",
        "updated = 2018-03-02\nsummary = \"Mẫu.\"",
        "Trước là cauruong, sau nữa mới là hosen.",
    ),
    (
        "tim-lien-nhau",
        "Hai từ liền nhau",
        "updated = 2018-03-01\nsummary = \"Mẫu.\"",
        "Trước là cauruong hosen, sau nữa mới là hết.",
    ),
    ("tim-dung-tu", "Đúng từ", "updated = 2018-05-01\nsummary = \"Mẫu.\"", "Từ moigoi ở đây."),
    ("tim-dai-hon", "Từ moigoithem", "updated = 2018-05-02\nsummary = \"Mẫu.\"", "Có chữ."),
    (
        "tim-bang-cu",
        "Hai bài bằng nhau",
        "updated = 2019-04-01\nsummary = \"Mẫu.\"",
        "Từ banngang.",
    ),
    (
        "tim-bang-moi",
        "Hai bài bằng nhau",
        "updated = 2020-04-01\nsummary = \"Mẫu.\"",
        "Từ banngang.",
    ),
];
