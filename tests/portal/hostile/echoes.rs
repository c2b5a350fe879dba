//! Attempts at script injection: whatever pages, feeds and tables repeat of a request must be plain text.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{ElementRef, Html};

use super::{ROUTES, assert_answered_safely, assert_nothing_panicked};
use crate::harness::{Answer, portal};

/// Text that would break out of attributes, text, CDATA and header lines if it were not escaped.
const SCRIPT: &str = "\"><script>x</script>'--><svg onload=x>]]><?php x?>\r\nX-Dau: 1";

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl Answer {
    /// Asserts that no part of what was sent became markup, a header or an address.
    #[track_caller]
    fn assert_harmless(self, what: &str) -> Self {
        assert_eq!(self.header("x-dau"), None, "{what}");
        let answer = self.assert_leads_to_this_site(what);
        let content_type = answer.header("content-type").unwrap_or_default().to_owned();
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        if content_type.starts_with("text/html") {
            let page = Html::parse_document(&text);
            for element in page.root_element().descendants().filter_map(ElementRef::wrap) {
                let element = element.value();
                let is_data = element.attr("type") == Some("application/ld+json");
                assert!(element.name() != "script" || is_data, "{what}: {text}");
                for (name, value) in element.attrs() {
                    let address = value.trim().to_lowercase();
                    assert!(!name.starts_with("on"), "{what}: {name}={value}");
                    assert!(!address.starts_with("javascript:"), "{what}: {name}={value}");
                    assert!(!name.contains(['<', '"', '\'']), "{what}: {name}");
                }
            }
        } else if content_type.contains("xml") {
            roxmltree::Document::parse(&text).unwrap();
        } else {
            // Downloads and data must not be interpreted as a page.
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
        }
        answer
    }
}

/// Paths, each with the query parameters that its page reads.
const PARAMETERS: [(&str, &[&str]); 15] = [
    ("/tin-bai", &["trang"]),
    ("/tim-kiem", &["q", "chuyen-muc", "nam", "trang"]),
    ("/hoi-dap", &["chuyen-muc", "trang"]),
    ("/gop-y", &["bai", "du-thao"]),
    ("/gop-y?du-thao=du-thao-nhieu-dieu", &["dieu"]),
    ("/gop-y/da-nhan/00000-00000-00000-00000", &["viec"]),
    ("/du-thao/du-thao-tra-loi/y-kien", &["dieu", "trang"]),
    ("/bien-tap", &["da"]),
    ("/bien-tap/bai-viet", &["q", "trang-thai", "chuyen-muc", "trang", "da"]),
    ("/bien-tap/bai-viet/nhap", &["trang"]),
    ("/bien-tap/bai-viet/dia_chi_cu", &["trang"]),
    ("/bien-tap/y-kien", &["q", "trang-thai", "loai", "bai", "han", "nghi-rac", "trang"]),
    ("/bien-tap/y-kien.csv", &["q", "bai", "kem"]),
    ("/bien-tap/du-thao/du-thao-tra-loi", &["dieu", "con", "trang", "chon", "da"]),
    ("/bien-tap/du-thao/du-thao-tra-loi/xem-truoc", &["dieu", "trang", "da"]),
];

#[test]
fn no_query_parameter_is_repeated_as_markup() {
    let script = encoded(SCRIPT);
    let publisher = portal().publisher();
    let joint = |route: &str| if route.contains('?') { '&' } else { '?' };
    for (route, parameters) in PARAMETERS {
        for parameter in parameters {
            let address = format!("{route}{}{parameter}={script}", joint(route));
            publisher.get(&address).assert_guarded(&address).assert_harmless(&address);
        }
    }
    for route in ROUTES {
        let address =
            format!("{route}{}utm_source={script}&callback={script}&{script}=x", joint(route));
        portal().get(&address).assert_guarded(&address).assert_harmless(&address);
    }
    // The parameter is shown as text.
    let page = portal().get(&format!("/tim-kiem?q={script}"));
    page.assert_contains("value=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;");
}

#[test]
fn bidi_control_characters_are_removed_from_forms_and_queries() {
    const CONTROLS: &str = "\u{202E}\u{2067}\u{200F}\u{61C}";
    let text = format!("Chữ {CONTROLS}viết ngược.");
    let name = format!("Lò {CONTROLS}Ngược");
    let form = [
        ("loai", "cau-hoi"),
        ("tieu_de", &name),
        ("noi_dung", &text),
        ("ho_ten", &name),
        ("dong_y", "1"),
    ];
    portal().submit(&form).assert_taken();
    let stored = &portal().stored("Chữ viết ngược.")[0];
    assert_eq!((&stored["subject"], &stored["name"]), (&"Lò Ngược".into(), &"Lò Ngược".into()));
    let query: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    portal().get(&format!("/tim-kiem?q={query}")).assert_contains("value=\"Lò Ngược\"");
    portal()
        .editor()
        .get(&format!("/bien-tap/y-kien?q={query}"))
        .assert_contains("value=\"Lò Ngược\"");
}

#[test]
fn no_path_is_repeated_as_markup() {
    let editor = portal().editor();
    for folder in [
        "/",
        "/tep/",
        "/bai-viet/",
        "/chuyen-muc/",
        "/tin-bai/",
        "/du-thao/",
        "/gop-y/da-nhan/",
        "/hoi-dap/",
        "/bien-tap/",
        "/bien-tap/y-kien/",
        "/bien-tap/bai-viet/",
    ] {
        for name in [encoded(SCRIPT), SCRIPT.replace("\r\n", "%0d%0a").replace(' ', "%20")] {
            for path in
                [format!("{folder}{name}"), format!("{folder}{name}/"), format!("{folder}X/{name}")]
            {
                if let Some(answer) = assert_answered_safely(portal().get_raw(&path, ""), &path) {
                    answer.assert_harmless(&path);
                }
            }
        }
        let path = format!("{folder}{}", encoded(SCRIPT));
        editor.get(&path).assert_guarded(&path).assert_harmless(&path);
    }
    assert_nothing_panicked(portal(), "doi-lai");
}

#[test]
fn no_form_field_is_repeated_as_markup() {
    let names = [
        "ma_phieu",
        "loai",
        "bai",
        "tieu_de",
        "noi_dung",
        "noi_dung_2",
        "dieu",
        "dieu_2",
        "so_y_kien",
        "tu_cach",
        "cong_khai_ten",
        "ho_ten",
        "dia_chi",
        "dien_thoai",
        "thu_dien_tu",
        "dong_y",
        "them",
        "trang_web",
        "cf-turnstile-response",
        "ma",
        "lien_lac",
        "co_ich",
        "nhan_xet",
        "khac",
    ];
    for path in [
        "/gop-y",
        "/gop-y/tra-cuu",
        "/gop-y/da-nhan/00000-00000-00000-00000?viec=rut",
        "/bai-viet/bai-day-du/danh-gia",
    ] {
        let all: Vec<_> = names.iter().map(|name| (*name, SCRIPT)).collect();
        let single = names.iter().map(|name| vec![(*name, SCRIPT)]);
        let of_drafts = [
            ("loai", "gop-y-du-thao"),
            ("bai", "du-thao-nhieu-dieu"),
            ("dieu", SCRIPT),
            ("noi_dung", SCRIPT),
        ];
        for fields in single.chain([all, of_drafts.to_vec(), vec![(SCRIPT, "x")]]) {
            let what = format!("{fields:?} to {path}");
            let answer = portal().request("POST", path).form(&fields).send();
            answer.assert_guarded(&what).assert_harmless(&what).assert_not_stored();
        }
    }
    // A form sent without a sign-in comes back with all fields.
    let all: Vec<_> = names.iter().map(|name| (*name, SCRIPT)).chain([(SCRIPT, SCRIPT)]).collect();
    let answer = portal().request("POST", "/bien-tap/y-kien").form(&all).send().assert_status(401);
    answer.assert_harmless("a form of the desk").assert_contains("&lt;script&gt;x&lt;/script&gt;");
}

#[test]
fn accepted_submissions_are_escaped_wherever_they_are_shown() {
    let formula = format!("=1+1{SCRIPT}");
    let fields = [
        ("loai", "cau-hoi"),
        ("bai", "bai-day-du"),
        ("tieu_de", &formula),
        ("noi_dung", SCRIPT),
        ("ho_ten", &formula),
        ("dia_chi", "@SUM(A1)"),
        ("dien_thoai", "+84 209 387 0123"),
        ("thu_dien_tu", "\"><script>x</script>@example.vn"),
        ("dong_y", "1"),
    ];
    let receipt = portal().submit(&fields).assert_taken();
    let pages = [receipt.clone(), format!("{receipt}?viec=rut"), format!("{receipt}?viec=xoa")];
    for page in pages {
        portal().get(&page).assert_status(200).assert_guarded(&page).assert_harmless(&page);
    }
    let publisher = portal().publisher();
    let one = publisher.find_submission(&receipt);
    let ends = ["", "/tra-loi", "/cong-bo", "/xoa"];
    let pages = ends.iter().map(|end| format!("{one}{end}"));
    for page in pages.chain(["/bien-tap".to_owned(), "/bien-tap/y-kien?bai=bai-day-du".to_owned()])
    {
        publisher.get(&page).assert_status(200).assert_guarded(&page).assert_harmless(&page);
    }
    let table =
        publisher.get("/bien-tap/y-kien.csv?bai=bai-day-du&kem=nguoi-gui").assert_status(200);
    let table = table.assert_contains("\"'=1+1").assert_contains("\"'@SUM(A1)\"");
    table.assert_contains("\"'+84 209 387 0123\"").assert_harmless("a table").assert_lacks(",\"=");

    // A released question and its category are shown to everybody without changes.
    let id = one.rsplit('/').next().unwrap();
    let written = SCRIPT.replace('\'', "''");
    portal().sql_many(
        "DB",
        &format!(
            "UPDATE submission SET state = 'answered', answer = '{written}', handled_by = 'Hà' WHERE id = {id};
             INSERT INTO released (submission_id, subject, text, answer, category, handled_by)
             VALUES ({id}, '{written}', '{written}', '{written}', 'Dấu {written}', 'Hà')"
        ),
    );
    for page in ["/hoi-dap", &format!("/hoi-dap/{id}"), "/hoi-dap/atom.xml", &receipt] {
        portal().get(page).assert_status(200).assert_guarded(page).assert_harmless(page);
    }
    portal().sql("DB", &format!("UPDATE released SET is_taken_back = 1, handled_by = 'Hà' WHERE submission_id = {id} RETURNING 1"));
}
