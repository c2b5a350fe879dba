//! `cong import`: old pages, exports and Word files become articles. No portal runs, but every article that is written
//! is read with the portal's parser.

mod samples;
mod systems;
mod word;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use cong_core::article::{Article, DocumentRules, Labels, parse, render};

use crate::harness::{assert_says, cong, scratch};

/// A folder for one test, with the files to import in its subfolder `source/`.
struct Office {
    folder: PathBuf,
}

impl Office {
    fn with(name: &str, files: &[(&str, &[u8])]) -> Self {
        let office = Self { folder: scratch(name) };
        for (path, bytes) in files {
            office.add(path, bytes);
        }
        office
    }

    fn add(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.join("source").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn import(&self, options: &[&str]) -> Output {
        let mut command = cong();
        command.arg("import").arg("source").args(options).current_dir(&self.folder);
        command.env("LC_ALL", "C.UTF-8").output().unwrap()
    }

    /// Imports the sources, none of which may be unreadable, and returns the report.
    #[track_caller]
    fn imported(&self, options: &[&str]) -> String {
        let output = self.import(options);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        text
    }

    #[track_caller]
    fn article(&self, slug: &str) -> Article {
        let path = self.folder.join("content/articles").join(format!("{slug}.md"));
        let bytes =
            fs::read(&path).unwrap_or_else(|_| panic!("{slug} is not among {:?}", self.written()));
        let parsed = parse(&bytes, &DocumentRules::default()).unwrap();
        assert!(parsed.warnings.is_empty(), "{:?}", parsed.warnings);
        parsed.article
    }

    /// Returns all files under `content/`, as a map from path to content.
    fn written(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut all = BTreeMap::new();
        collect(&self.folder.join("content"), &mut all);
        all
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.folder.join("content").join(folder)).into_iter().flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn collect(folder: &Path, all: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, all);
        } else {
            all.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

fn html(article: &Article) -> String {
    let labels = Labels { table: "Bảng", footnotes: "Chú thích", back_to_text: "Về" };
    render(&article.body, &labels, None).html
}

/// Encodes a sample page in TCVN3. Letters that TCVN3 lacks are encoded in ISO 8859-1. The signs `@` are removed: in
/// the sample, they only mark the text that is meant to be in TCVN3.
fn tcvn3(page: &str) -> Vec<u8> {
    const LETTERS: &str = "·ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ·";
    let code = |c: char| match LETTERS.chars().position(|letter| letter == c && c != '·') {
        Some(index) => 0xA0 + u8::try_from(index).unwrap(),
        None => u8::try_from(c).unwrap(),
    };
    page.chars().filter(|c| *c != '@').map(code).collect()
}

/// Encodes text in windows-1258, which writes most accented Vietnamese letters as a base letter followed by a tone
/// mark.
fn windows_1258(page: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in page.chars() {
        let letter = c.to_string();
        let (whole, _, failed) = encoding_rs::WINDOWS_1258.encode(&letter);
        if !failed {
            bytes.extend_from_slice(&whole);
            continue;
        }
        let tones = [
            ('\u{300}', 0xCC),
            ('\u{309}', 0xD2),
            ('\u{303}', 0xDE),
            ('\u{301}', 0xEC),
            ('\u{323}', 0xF2),
        ];
        let found = tones.into_iter().find_map(|(tone, code)| {
            let bases = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars();
            let base = bases
                .into_iter()
                .find(|base| cong_core::vietnamese::nfc(&format!("{base}{tone}")) == letter)?;
            Some((base, code))
        });
        let (base, code) = found.unwrap_or_else(|| panic!("{c} cannot be written in windows-1258"));
        bytes.extend_from_slice(&encoding_rs::WINDOWS_1258.encode(&base.to_string()).0);
        bytes.push(code);
    }
    bytes
}

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0picture";

/// A copy of a portal as wget makes it, with two articles and the home page.
fn sharepoint(name: &str) -> Office {
    let other = samples::SHAREPOINT
        .replace("Bàn giao 42 ngôi nhà cho hộ nghèo ở Bản Lục", "Mở đường lên Nà Khoang")
        .replace("05/07/2019 09:30:33", "04/07/2019 3:05:00 CH")
        .replace("Mỗi ngôi nhà", "Con đường dài 3 km. Mỗi ngôi nhà");
    Office::with(
        name,
        &[
            (
                "sonlam.gov.vn/SitePages/ChiTietTin.aspx@ItemID=512.html",
                samples::SHAREPOINT.as_bytes(),
            ),
            ("sonlam.gov.vn/SitePages/ChiTietTin.aspx@ItemID=513.html", other.as_bytes()),
            ("sonlam.gov.vn/SitePages/Home.aspx.html", samples::HOME.as_bytes()),
            ("sonlam.gov.vn/Lists/Attachments/anh 1.jpg", JPEG),
            ("sonlam.gov.vn/Lists/Attachments/Download.aspx@id=7", b"%PDF-1.4"),
        ],
    )
}

const BASE: [&str; 2] = ["--base-url", "https://sonlam.gov.vn"];
const HOUSES: &str = "ban-giao-42-ngoi-nha-cho-ho-ngheo-o-ban-luc";

#[test]
fn a_portal_copied_with_wget_becomes_articles_with_files_and_old_addresses() {
    let office = sharepoint("import-sharepoint");
    let report = office.imported(&BASE);
    let article = office.article(HOUSES);
    assert_eq!(article.title, "Bàn giao 42 ngôi nhà cho hộ nghèo ở Bản Lục");
    assert_eq!(article.updated.date_time(), "05/07/2019 09:30:33");
    assert_eq!(article.published, article.updated);
    assert_eq!(article.author, "Nông Minh Quý");
    assert_eq!(
        article.summary,
        "Sáng 4/7, huyện bàn giao nhà cho 42 hộ nghèo của ba thôn vùng cao."
    );
    assert_eq!(article.category.as_ref().unwrap().name, "Kinh tế - Xã hội");
    assert_eq!(article.aliases, ["/SitePages/ChiTietTin.aspx?ItemID=512"]);
    assert!(!article.draft);
    let page = html(&article);
    assert_says(
        &page,
        &[
            "Mỗi ngôi nhà rộng 45 m², do Quỹ “Vì người nghèo” hỗ trợ 50 triệu đồng.",
            "src=\"/tep/anh-1.jpg\"",
            "<th scope=\"col\">Thôn</th>",
            "<td>Nà Khoang</td><td>22</td>",
            "<a href=\"/tep/quyet-dinh-so-27.pdf\">Quyết định số 27</a>",
            "<a href=\"/bai-viet/mo-duong-len-na-khoang\">tin trước</a>",
            "<a href=\"https://sonlam.gov.vn/Lists/Attachments/KeHoach.docx\">Kế hoạch 112</a>",
        ],
    );
    assert!(!page.contains("Tin khác") && !page.contains("Trang chủ"), "{page}");
    assert_eq!(office.names("files"), ["anh-1.jpg", "quyet-dinh-so-27.pdf"]);
    assert_eq!(office.article("mo-duong-len-na-khoang").updated.date_time(), "04/07/2019 15:05:00");
    assert_says(
        &report,
        &[
            "Home.aspx.html: không phải bài viết",
            "tác giả là phỏng đoán: Nông Minh Quý",
            "1 ảnh không có mô tả",
            "tệp không có bên cạnh trang: https://sonlam.gov.vn/Lists/Attachments/KeHoach.docx",
            "2 bài mới",
        ],
    );
}

#[test]
fn a_second_import_changes_nothing_and_keeps_changes_of_editors() {
    let office = sharepoint("import-again");
    assert_says(&office.imported(&["--dry-run"]), &["sẽ thành", "chưa ghi gì"]);
    assert!(office.written().is_empty());
    office.imported(&BASE);
    let first = office.written();
    assert_says(&office.imported(&BASE), &["0 bài mới, 2 bài không đổi"]);
    assert_eq!(office.written(), first);

    let path = office.folder.join(format!("content/articles/{HOUSES}.md"));
    let corrected = fs::read_to_string(&path).unwrap().replace("Quỹ", "quỹ");
    fs::write(&path, &corrected).unwrap();
    fs::write(office.folder.join("content/files/anh-1.jpg"), b"another").unwrap();
    let report = office.imported(&[&BASE[..], &["--report", "bao-cao.json"]].concat());
    assert_says(&report, &["đã có với nội dung khác, được giữ nguyên"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), corrected);
    assert_eq!(fs::read(office.folder.join("content/files/anh-1.jpg")).unwrap(), b"another");
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(office.folder.join("bao-cao.json")).unwrap()).unwrap();
    assert_eq!(json["entries"][0]["outcome"], "kept");
    assert_eq!(json["entries"][0]["slug"], HOUSES);
}

#[test]
fn pages_are_read_in_every_encoding_even_with_a_wrong_declaration() {
    let utf16: Vec<u8> = samples::JOOMLA.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let office = Office::with("import-encodings", &[
        ("tin.htm", &tcvn3(samples::DOTNETNUKE_TCVN3)),
        ("Mo-lop.html", &windows_1258(samples::LIFERAY_1258)),
        ("Mo-lop_files/nam.png", b"\x89PNG\r\n\x1a\n"),
        ("tuyen-dung.html", &[b"\xFF\xFE", utf16.as_slice()].concat()),
        ("vni.html", "<meta charset=utf-8><h1>Hoäi nghò toång keát</h1><div class=noidung><p>Ngaøy 5/7, Sôû Noâng nghieäp toå chöùc \
            hoäi nghò toång keát coâng taùc thuûy lôïi.</p><p>Taùc giaû: Ñaëng Vaên Öôùc</p></div>".as_bytes()),
    ]);
    let report = office.imported(&["--category", "Tin cũ"]);

    let article = office.article("hop-bao-quy-i");
    assert_eq!(article.title, "HỌP BÁO QUÝ I");
    assert_eq!(article.updated.date_time(), "05/04/2004 14:20:00");
    assert_eq!(article.author, "Báo Sơn Lâm");
    assert_eq!(article.category.as_ref().unwrap().name, "Tin cũ");
    assert_says(
        &html(&article),
        &["đàn trâu, bò tăng 3% so với cùng kỳ.", "<strong>1. Nông nghiệp</strong><br />"],
    );

    let article = office.article("mo-lop-tap-huan-trong-nam");
    assert_eq!(article.updated.date_time(), "12/03/2021 14:05:00");
    assert_eq!(
        article.aliases,
        ["/web/guest/chi-tiet/-/asset_publisher/x/content/mo-lop-tap-huan"]
    );
    assert_eq!(article.category.as_ref().unwrap().name, "Khuyến nông");
    let page = html(&article);
    assert_says(
        &page,
        &[
            "<h2 id=\"noi-dung\">",
            "Chăm sóc, thu hái",
            "<li>Tưới nước</li>",
            "src=\"/tep/nam.png\" alt=\"Bà con xem giàn nấm\"",
        ],
    );
    assert!(!page.contains("Facebook"), "{page}");

    let article = office.article("thong-bao-tuyen-dung-vien-chuc");
    assert_eq!(article.author, "Phòng Tổ chức");
    assert_eq!(article.published.date_time(), "10/02/2020 08:15:00");
    assert_eq!(article.updated.date_time(), "12/02/2020 16:00:00");
    assert_eq!(article.aliases, ["/index.php/thong-bao/57-tuyen-dung"]);
    assert_says(&html(&article), &["<a href=\"https://video.example.vn/v/9\">"]);

    let article = office.article("hoi-nghi-tong-ket");
    assert_eq!(article.author, "Đặng Văn Ước");
    assert!(article.draft, "an article without a time becomes a draft article");
    assert_says(
        &html(&article),
        &["Ngày 5/7, Sở Nông nghiệp tổ chức hội nghị tổng kết công tác thủy lợi."],
    );
    assert_says(&report, &["không rõ thời gian", "phần nhúng <iframe>", "không rõ địa chỉ cũ"]);
}

#[test]
fn a_wordpress_export_and_a_feed_become_articles() {
    let office = Office::with(
        "import-exports",
        &[
            ("wordpress.xml", samples::WORDPRESS.as_bytes()),
            ("uploads/2022/05/cam.png", b"\x89PNG\r\n\x1a\n"),
            ("uploads/2022/05/quy-trinh.pdf", b"%PDF-1.5"),
            ("tin.atom", samples::ATOM.as_bytes()),
        ],
    );
    let report = office.imported(&[]);
    let article = office.article("ghep-cam-kinh-nghiem");
    assert_eq!(article.title, "Ghép cam – kinh nghiệm");
    assert_eq!(article.author, "Hà Thị Vân");
    assert_eq!(article.updated.date_time(), "04/05/2022 09:00:00");
    assert_eq!(article.summary, "Cách chọn cành và mắt ghép.");
    assert_eq!(article.category.as_ref().unwrap().name, "Kỹ thuật");
    assert_eq!(article.aliases, ["/2022/05/ghep-cam/"]);
    let page = html(&article);
    assert_says(
        &page,
        &[
            "<figure><img src=\"/tep/cam.png\" alt=\"Cành ghép\"",
            "<figcaption>Cành ghép sau 20 ngày</figcaption>",
            "<a href=\"/tep/quy-trinh.pdf\">quy trình</a>",
        ],
    );
    assert!(!page.contains("contact-form"), "{page}");
    assert!(office.article("bai-viet-do").draft);
    assert_says(
        &report,
        &[
            "chuyên mục thứ hai: Cây cam",
            "mã ngắn [contact-form-7]",
            "1 mục loại “nav_menu_item”",
            "trạng thái “draft”",
        ],
    );

    let article = office.article("ban-tin-dong-set");
    assert_eq!(article.author, "Tổ Dự báo");
    assert_eq!(article.updated.date_time(), "01/08/2023 09:30:00");
    assert_eq!(article.aliases, ["/ban-tin/1"]);
    assert_says(&html(&article), &["có <strong>dông</strong> ở vùng cao"]);
}

#[test]
fn a_word_file_keeps_its_headings_lists_tables_notes_and_pictures() {
    let office = Office::with("import-word", &[("bao-cao.docx", &word::word(word::BODY))]);
    let report = office.imported(&[]);
    let article = office.article("bao-cao-tong-ket-de-tai-giong-lua-can");
    assert_eq!(article.author, "Lò Văn Chính");
    assert_eq!(article.updated.date_time(), "02/03/2018 08:00:00");
    assert_says(
        &html(&article),
        &[
            "<h2 id=\"i-ket-qua\">I. Kết quả</h2>",
            "Đề tài do sở Khoa học chủ trì",
            "<strong>ở bảy xã</strong>",
            "<a href=\"https://example.vn/luat\">Luật</a> về 3 m³",
            "<ol>\n<li>Chọn giống\n<ul>\n<li>Giống địa phương</li>\n</ul>\n</li>\n<li>Gieo thử</li>\n</ol>",
            "<th scope=\"col\">Xã</th>",
            "<td>24</td>",
            "alt=\"Ruộng lúa cạn\"",
            "Theo số liệu năm 2018.",
        ],
    );
    assert_says(
        &report,
        &["thời gian là lúc tệp Word được lưu", "chữ đã xóa khi theo dõi sửa đổi"],
    );
    assert_eq!(office.names("files").len(), 1);
}

#[test]
fn hostile_sources_are_reported_and_write_nothing_outside_the_content_folder() {
    let zeros = vec![b' '; 130 * 1024 * 1024];
    let bomb = word::archive(&[("word/document.xml", &zeros)]);
    drop(zeros);
    let deep_word =
        word::word(&format!("{}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000)));
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
        <rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><item><title>&b;</title></item></channel></rss>";
    let escape = "<h1>Đường dẫn lạ trong trang</h1><div class=noidung><p>Ngày 05/07/2019: một đoạn văn đủ dài để thành bài viết ở đây.</p>\
        <img src=\"../../secret.png\"><a href=\"file:///etc/passwd\">x</a><a href=\"javascript:alert(1)\">y</a>\
        <a href=\"/../../../etc/passwd\">z</a><img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"../../ra ngoài\"></div>";
    let office = Office::with(
        "import-hostile",
        &[
            ("deep.html", "<div>".repeat(100_000).as_bytes()),
            ("bold.html", "<b id=1>".repeat(100_000).as_bytes()),
            (
                "lists.html",
                format!(
                    "<div class=noidung>{}{}",
                    "<ul><li>".repeat(400),
                    "Một đoạn văn đủ dài để thành bài viết ở đây, ngày 05/07/2019. ".repeat(3)
                )
                .as_bytes(),
            ),
            ("entities.xml", entities.as_bytes()),
            (
                "deep.xml",
                format!(
                    "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">{}",
                    "<x>".repeat(100_000)
                )
                .as_bytes(),
            ),
            ("bomb.docx", &bomb),
            ("deep.docx", &deep_word),
            ("no.docx", b"PK\x03\x04nothing"),
            ("cu.doc", b"\xD0\xCF\x11\xE0"),
            ("empty.html", b""),
            ("noise.html", &(0..=255).cycle().take(20_000).collect::<Vec<u8>>()),
            ("escape.html", escape.as_bytes()),
            ("a.exe", b"MZ"),
        ],
    );
    fs::write(office.folder.join("secret.png"), b"\x89PNG secret").unwrap();
    let output = office.import(&[]);
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{report}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("nguồn không đọc được.") && !errors.contains("panicked"), "{errors}");
    assert_says(
        &report,
        &[
            "✗ deep.html: không đọc được: lồng nhau quá sâu",
            "✗ bold.html: không đọc được",
            "✗ entities.xml: không đọc được",
            "✗ deep.xml: không đọc được: XML lồng nhau quá sâu",
            "✗ bomb.docx: không đọc được: giải nén ra hơn 64 MiB",
            "✗ deep.docx: không đọc được: XML lồng nhau quá sâu",
            "✗ no.docx: không đọc được",
            "✗ cu.doc: không đọc được: tệp Word kiểu cũ (.doc): hãy mở bằng Word và lưu thành .docx",
            "empty.html: không phải bài viết",
            "a.exe: không phải bài viết",
        ],
    );
    let page = html(&office.article("duong-dan-la-trong-trang"));
    assert!(
        !page.contains("javascript:") && !page.contains("file:") && !page.contains("secret"),
        "{page}"
    );
    let mut folder = fs::read_dir(&office.folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect::<Vec<_>>();
    folder.sort();
    assert_eq!(folder, ["content", "secret.png", "source"]);
    assert!(!office.written().values().any(|bytes| bytes.ends_with(b"secret")));
}
