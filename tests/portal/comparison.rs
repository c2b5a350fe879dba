//! The comparison of a draft with the issued legal document.

use std::sync::OnceLock;

use crate::harness::{Answer, Portal, portal, time};

const DAY: i64 = 24 * 3600;

/// The document of a draft whose consultation is over. `consultation` contains further lines of the table
/// `[consultation]`.
fn draft(title: &str, consultation: &str, body: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nupdated = 2015-01-01\nauthor = \"An\"\n[consultation]\n\
         opens = 2015-02-01\ncloses = 2015-03-01\nunit = \"Ban Tư vấn\"\n{consultation}\n+++\n{body}"
    )
}

fn issued(title: &str, fields: &str, body: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nupdated = 2015-04-01\nauthor = \"An\"\n{fields}\n+++\n{body}"
    )
}

const DRAFT: &str = "Dự thảo để góp ý.

## Điều 1. Phạm vi

Quy chế này quy định việc tiếp nhận sáng kiến.

## Điều 2. Kinh phí

Kinh phí do ngân sách tỉnh bảo đảm và được công khai hằng năm.

## Điều 3. Hội đồng

1. Hội đồng có năm thành viên.
2. Hội đồng họp mỗi quý một lần.

## Điều 4. Lệ phí

Người nộp hồ sơ trả lệ phí <script>alert(1)</script>.

## Điều 5. Hiệu lực

Quy chế có hiệu lực từ ngày ký.
";
const ISSUED: &str = "Căn cứ Điều lệ.

## Điều 1. Phạm vi

Quy chế này quy định việc tiếp nhận sáng kiến.

## Điều 2. Quyền của người nộp

Người nộp giữ mọi quyền \"><img src=x onerror=alert(2)>.

## Điều 3. Hội đồng

1. Hội đồng có bảy thành viên.
2. Hội đồng họp mỗi quý một lần.

## Điều 4. Kinh phí

Kinh phí do ngân sách tỉnh bảo đảm và được công khai hằng năm.

## Điều 5. Hiệu lực

Quy chế có hiệu lực từ ngày ký.
";

fn with_pair() -> &'static Portal {
    static PUT: OnceLock<()> = OnceLock::new();
    PUT.get_or_init(|| {
        let portal = portal();
        portal.put_article("so-sanh-cu", draft("Dự thảo", "issued = \"so-sanh-moi\"", DRAFT));
        portal.put_article("so-sanh-moi", issued("Quy chế & sáng kiến", "", ISSUED));
    });
    portal()
}

#[test]
fn the_outcome_of_each_clause_is_named_and_counted() {
    let page = with_pair().get("/du-thao/so-sanh-cu/so-sanh").assert_success_cached();
    let page = page.assert_runs_no_script();
    for text in [
        "<title>So sánh dự thảo với văn bản đã ban hành: Quy chế &amp; sáng kiến – ",
        "<link rel=\"canonical\" href=\"http://localhost:",
        "/du-thao/so-sanh-cu/so-sanh\">",
        "Kể cả phần mở đầu, văn bản đã ban hành có 6 điều, mục; dự thảo có 6.",
        "<dt>Giữ nguyên lời</dt><dd>3</dd>",
        "<dt>Sửa lời</dt><dd>2</dd>",
        "<dt>Thêm mới</dt><dd>1</dd>",
        "<dt>Bỏ</dt><dd>1</dd>",
        "<strong>1</strong> đổi số và <strong>1</strong> chuyển chỗ",
        "<a href=\"/bai-viet/so-sanh-moi#dieu-1-pham-vi\">Điều 1. Phạm vi</a> – <strong>giữ nguyên lời</strong></li>",
        "<a href=\"#ban_hanh_dieu-2-quyen-cua-nguoi-nop\">Điều 2. Quyền của người nộp</a> – <strong>thêm mới</strong></li>",
        "<a href=\"#ban_hanh_dieu-3-hoi-dong\">Điều 3. Hội đồng</a> – <strong>sửa lời</strong></li>",
        "Điều 4. Kinh phí</a> – <strong>giữ nguyên lời</strong>, trước là Điều 2, chuyển chỗ</li>",
        "<a href=\"#du_thao_dieu-4-le-phi\">Điều 4. Lệ phí</a> – <strong>bỏ</strong></li>",
        "id=\"ban_hanh_dieu-2-quyen-cua-nguoi-nop\"",
        "id=\"du_thao_dieu-4-le-phi\"",
    ] {
        assert!(page.text().contains(text), "{text:?} is not in:\n{}", page.text());
    }
}

#[test]
fn changed_words_are_marked_for_sighted_readers_and_screen_readers() {
    with_pair()
        .get("/du-thao/so-sanh-cu/so-sanh")
        .assert_contains(
            "1. Hội đồng có <del><span class=\"visually-hidden\">[bỏ: </span>năm<span \
             class=\"visually-hidden\">]</span></del> <ins><span class=\"visually-hidden\">[thêm: \
             </span>bảy<span class=\"visually-hidden\">]</span></ins> thành viên.",
        )
        .assert_contains("Cách đọc: <ins>")
        .assert_lacks("style=");
}

#[test]
fn hostile_text_in_both_versions_is_escaped() {
    with_pair()
        .get("/du-thao/so-sanh-cu/so-sanh")
        .assert_contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .assert_contains("&quot;&gt;&lt;img src=x onerror=alert(2)&gt;")
        .assert_lacks("<img src=x");
}

#[test]
fn the_draft_links_to_the_comparison() {
    with_pair()
        .get("/bai-viet/so-sanh-cu")
        .assert_contains("href=\"/bai-viet/so-sanh-moi\"")
        .assert_contains("href=\"/du-thao/so-sanh-cu/so-sanh\"");
}

#[test]
fn a_comparison_exists_only_if_both_texts_exist() {
    let portal = with_pair();
    for (slug, consultation) in [
        ("so-sanh-chua-co", ""),
        ("so-sanh-mat", "issued = \"so-sanh-khong-co\""),
        ("so-sanh-nhap", "issued = \"nhap\""),
        ("so-sanh-hong", "issued = \"thieu-truong\""),
        ("so-sanh-hen", "issued = \"so-sanh-hen-gio\""),
    ] {
        portal.put_article(slug, draft("Dự thảo", consultation, DRAFT));
    }
    let soon = format!("publish_at = {}", time(DAY / 24));
    portal.put_article("so-sanh-hen-gio", issued("Hẹn giờ", &soon, ISSUED));

    let get = |slug: &str| portal.get(&format!("/du-thao/{slug}/so-sanh"));
    for slug in ["khong-co", "bai-day-du", "so-sanh-chua-co", "so-sanh-mat", "so-sanh-nhap"] {
        get(slug).assert_status(404);
    }
    get("so-sanh-hong").assert_status(503).assert_not_stored();
    let scheduled = get("so-sanh-hen").assert_status(404);
    let cache = scheduled.header("cache-control").unwrap();
    assert!(!cache.contains("86400"), "cached past the time of publication: {cache}");
}

#[test]
fn texts_that_are_too_large_are_linked_and_not_compared() {
    let portal = portal();
    let paragraphs = |text: &str| text.repeat(40_000);
    let names = "issued = \"so-sanh-lon-moi\"";
    portal.put_article("so-sanh-lon-cu", draft("Dự thảo lớn", names, &paragraphs("a\n\n")));
    portal.put_article("so-sanh-lon-moi", issued("Văn bản lớn", "", &paragraphs("b\n\n")));
    portal
        .get("/du-thao/so-sanh-lon-cu/so-sanh")
        .assert_success_cached()
        .assert_contains("Hai văn bản quá lớn nên không so sánh được trên trang này.")
        .assert_contains("<a href=\"/bai-viet/so-sanh-lon-cu\">dự thảo</a>")
        .assert_contains("<a href=\"/bai-viet/so-sanh-lon-moi\">văn bản đã ban hành</a>")
        .assert_lacks("Tóm tắt")
        .assert_lacks("Những chỗ thay đổi");
    portal.get("/du-thao/so-sanh-lon-cu/so-sanh?trang=2").assert_status(404);
}

#[test]
fn a_long_comparison_is_divided_into_pages() {
    let portal = portal();
    let decree = |changed: &str| -> String {
        let text = "Cơ quan tiếp nhận hồ sơ và trả kết quả theo thời hạn đã công bố. ".repeat(8);
        let clause =
            |n: u32| format!("## Điều {n}. Việc thứ {n}\n\n{text} Mức {n} là {changed}.\n\n");
        (1..=150).map(clause).collect()
    };
    let names = "issued = \"so-sanh-dai-moi\"";
    portal.put_article("so-sanh-dai", draft("Dài", names, &decree("năm ngày")));
    portal.put_article("so-sanh-dai-moi", issued("Dài", "", &decree("bảy ngày")));

    let get = |query: &str| portal.get(&format!("/du-thao/so-sanh-dai/so-sanh{query}"));
    let first = get("").assert_success_cached().assert_contains("<dt>Sửa lời</dt><dd>150</dd>");
    let compared = |page: &Answer| page.text().matches("<section class=\"compared\">").count();
    let mut sum = compared(&first);
    assert!((1..150).contains(&sum), "{sum}");

    let text = first.text();
    let (before, _) = text.split_once("\">Điều 150. Việc thứ 150</a>").unwrap();
    let (_, address) = before.rsplit_once("href=\"").unwrap();
    let (path, id) = address.split_once('#').unwrap();
    portal.get(path).assert_success_cached().assert_contains(&format!("id=\"{id}\""));

    let last: u32 = path.rsplit_once("?trang=").unwrap().1.parse().unwrap();
    for number in 2..=last {
        let page = get(&format!("?trang={number}")).assert_success_cached();
        let page = page.assert_contains("Tóm tắt và danh sách").assert_lacks("<dt>Sửa lời</dt>");
        assert!(page.bytes.len() < 150_000, "{}", page.bytes.len());
        sum += compared(&page);
    }
    assert_eq!(sum, 150);
    get(&format!("?trang={}", last + 1)).assert_status(404);
    get("?trang=0").assert_status(400);
}
