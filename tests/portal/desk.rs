//! The desk: it is closed to everybody who is not signed in, and it accepts only forms of its own pages.

use std::collections::{HashMap, HashSet};

use crate::harness::{Session, portal};

const ADDRESSES: &[&str] = &[
    "/bien-tap",
    "/bien-tap/",
    "/Bien-Tap",
    "/%62ien-tap",
    "/bien-tap?da=dong-bo",
    "/bien-tap/x",
    "/bien-tap/bai-viet",
    "/bien-tap/bai-viet?trang-thai=nhap",
    "/bien-tap/bai-viet/dia_chi_cu",
    "/bien-tap/bai-viet/nhap",
    "/bien-tap/bai-viet/nhap/xem-truoc",
    "/bien-tap/y-kien",
    "/bien-tap/y-kien.csv",
    "/bien-tap/y-kien.csv?kem=nguoi-gui",
    "/bien-tap/y-kien/1",
    "/bien-tap/y-kien/1/tra-loi",
    "/bien-tap/y-kien/1/cong-bo",
    "/bien-tap/y-kien/1/xoa",
    "/bien-tap/du-thao",
    "/bien-tap/du-thao/du-thao-tra-loi",
    "/bien-tap/du-thao/du-thao-tra-loi?con=chua-tra-loi&trang=2",
    "/bien-tap/du-thao/du-thao-tra-loi/1",
    "/bien-tap/du-thao/du-thao-tra-loi/xem-truoc",
];

#[test]
fn every_address_of_the_desk_requires_a_sign_in_and_is_never_cached() {
    for address in ADDRESSES {
        for method in ["GET", "HEAD", "POST", "DELETE"] {
            let answer = portal().request(method, address).send();
            answer.assert_status(401).assert_not_stored();
        }
        portal().get(address).assert_contains("Đăng nhập").assert_runs_no_script();
    }
}

#[test]
fn pages_of_the_desk_are_never_cached_for_signed_in_editors() {
    let editor = portal().editor();
    editor.get("/bien-tap").assert_status(200).assert_not_stored().assert_runs_no_script();
    editor.get("/bien-tap/").assert_redirect(308, "/bien-tap").assert_not_stored();
    editor.get("/bien-tap/khong-co").assert_status(404).assert_not_stored();
    editor.request("DELETE", "/bien-tap").send().assert_status(405).assert_not_stored();
}

#[test]
fn the_first_page_of_the_desk_names_overdue_submissions_and_broken_documents() {
    let fields = [
        ("loai", "cau-hoi"),
        ("tieu_de", "Câu hỏi cho ngày hôm nay <b>"),
        ("noi_dung", "Một câu hỏi đã chờ rất lâu."),
        ("ho_ten", "Lò Thị Mai"),
        ("thu_dien_tu", "mai@example.vn"),
        ("dong_y", "co"),
    ];
    portal().submit(&fields).assert_taken();
    // The submission is made old in the database.
    portal().sql(
        "DB",
        "UPDATE submission SET received_at = received_at - 90 * 86400
         WHERE text = 'Một câu hỏi đã chờ rất lâu.' RETURNING id",
    );
    let broken = "+++\ntitle = \"Hỏng\"\nupdated = \"hôm qua\"\n+++\nx\n";
    portal().put_article("ban-bien-tap-bai-hong", broken);
    let page = portal().editor().get("/bien-tap").assert_status(200);
    page.assert_contains("Câu hỏi cho ngày hôm nay &lt;b&gt;")
        .assert_contains("quá hạn")
        .assert_contains("ban-bien-tap-bai-hong")
        .assert_contains("Dòng 3, trường “updated”")
        .assert_lacks("mai@example.vn");
    portal().delete_article("ban-bien-tap-bai-hong");
}

#[test]
fn a_sync_started_by_an_editor_is_in_the_audit_trail() {
    let editor = portal().editor();
    editor.sync("/bien-tap", "/bien-tap?da=dong-bo").assert_contains("Đã đồng bộ một lượt");
    let lines = portal().sql("DB", "SELECT what, who FROM desk_audit");
    let is_named = |line: &serde_json::Value| {
        line["what"] == "sync asked for" && line["who"] == "lan.tran@cong.example"
    };
    assert!(lines.iter().any(is_named), "{lines:?}");
}

#[test]
fn a_form_without_the_token_of_the_session_is_refused_with_its_text_kept() {
    let editor = portal().editor();
    let origin = portal().origin();
    let fields = [("ma_phien", "khac"), ("ghi_chu", "Đã gõ <i>nhiều</i>")];
    let form = || editor.request("POST", "/bien-tap").form(&fields);
    form().header("origin", "https://noi-khac.example").send().assert_status(403);
    form().send().assert_status(403);
    form()
        .header("origin", &origin)
        .send()
        .assert_status(409)
        .assert_not_stored()
        .assert_contains("Đã gõ &lt;i&gt;nhiều&lt;/i&gt;")
        .assert_contains("Gửi lại");
    // Without a sign-in, the refusal shows what was typed, so that it can be copied.
    let unsigned = portal().request("POST", "/bien-tap").form(&fields);
    unsigned.send().assert_status(401).assert_contains("Đã gõ &lt;i&gt;nhiều&lt;/i&gt;");
}

/// How many pages with addresses of one shape (see `shape`) the test opens.
const OF_A_SHAPE: usize = 6;

/// Returns the shape of an address: the address with `*` for its variable parts, such as
/// `/bien-tap/bai-viet/*/xem-truoc?trang`.
fn shape(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let segments = path.split('/').enumerate();
    let segments = segments.map(|(number, segment)| if number == 3 { "*" } else { segment });
    let names = query.split('&').map(|pair| pair.split('=').next().unwrap());
    format!("{}?{}", segments.collect::<Vec<_>>().join("/"), names.collect::<Vec<_>>().join("&"))
}

/// Returns the links on a page that lead to the desk.
fn links(page: &str) -> impl Iterator<Item = String> {
    let addresses = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let of_desk =
        addresses.filter(|address| address.starts_with("/bien-tap") && !address.contains(".csv"));
    of_desk.map(|address| address.split('#').next().unwrap().replace("&amp;", "&"))
}

/// Opens every page that can be reached by links from the first page.
fn walk(session: &Session<'_>) {
    let first = "/bien-tap".to_owned();
    let mut seen = HashSet::from([first.clone()]);
    let mut waiting = vec![(first.clone(), first)];
    let mut of_shape: HashMap<String, usize> = HashMap::new();
    let mut titles: HashMap<String, String> = HashMap::new();
    while let Some((address, from)) = waiting.pop() {
        let looked_at = of_shape.entry(shape(&address)).or_default();
        *looked_at += 1;
        if *looked_at > OF_A_SHAPE {
            continue;
        }
        let answer = session.get(&address);
        // Other tests delete their articles at the same time.
        let is_linked = || links(&session.get(&from).text()).any(|link| link == address);
        if answer.status == 404 && !is_linked() {
            continue;
        }
        assert_eq!(answer.status, 200, "{address}");
        portal().get(&address).assert_status(401).assert_not_stored();
        let page = answer.assert_not_stored().assert_runs_no_script().text();
        assert_eq!(page.matches("<h1").count(), 1, "{address}");
        let (_, title) = page.split_once("<title>").unwrap();
        let title = title.split("</title>").next().unwrap().to_owned();
        // Two documents may have the same title.
        let document = address.split(['/', '?']).nth(3).unwrap_or_default();
        if let Some(other) = titles.insert(format!("{document}: {title}"), address.clone()) {
            panic!("{other} and {address} are both called {title}");
        }
        let new = links(&page).filter(|link| seen.insert(link.clone()));
        waiting.extend(new.map(|link| (link, address.clone())));
    }
    assert!(titles.len() > 12, "{titles:?}");
}

#[test]
fn every_page_of_the_desk_has_one_main_heading_and_a_unique_title() {
    walk(&portal().editor());
    walk(&portal().publisher());
}
