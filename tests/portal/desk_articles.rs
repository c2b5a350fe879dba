//! The desk's pages about articles: the list, the old addresses, a single article and its preview.

use crate::harness::{Answer, portal};

const LIST: &str = "/bien-tap/bai-viet";

fn get(path: &str) -> Answer {
    portal().editor().get(path).assert_not_stored().assert_runs_no_script()
}

#[track_caller]
fn assert_lists(query: &str, texts: &[&str], absent: &[&str]) {
    let page = get(&format!("{LIST}?{query}")).assert_status(200);
    let page = texts.iter().fold(page, |page, text| page.assert_contains(text));
    absent.iter().fold(page, |page, text| page.assert_lacks(text));
}

/// Returns the text between the first `start` and the first `end` after it.
#[track_caller]
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page.split_once(start).unwrap_or_else(|| panic!("{start:?} in {page}"));
    rest.split_once(end).unwrap_or_else(|| panic!("{end:?} in {rest}")).0
}

#[test]
fn documents_are_listed_by_state_with_their_problems() {
    let row = |slug: &str| format!("href=\"{LIST}/{slug}\"");
    let (public, scheduled, draft) = (row("bai-day-du"), row("hen-gio"), row("nhap"));
    let broken = row("thieu-truong");
    assert_lists("trang-thai=nhap", &[&draft, "Bài nháp"], &[&public, &scheduled, &broken]);
    assert_lists(
        "trang-thai=hen-gio",
        &[&scheduled, "<td>Hẹn giờ: <time"],
        &[&public, &draft, &broken],
    );
    assert_lists(
        "trang-thai=loi",
        &[&broken, "Dòng 1, trường “updated”: bắt buộc phải có", "trường “author”", &row("utf-16")],
        &[&public, &scheduled, &draft],
    );
    assert_lists(
        "trang-thai=dang-dang&chuyen-muc=khoa-hoc-va-cong-nghe",
        &[&public, "Bài viết – Đang đăng – chuyên mục Khoa học và công nghệ"],
        &[&scheduled, &draft, &broken, &row("nhieu-01")],
    );
    // Documents with mistakes come first.
    let all = get(LIST).assert_status(200).assert_contains("aria-current=\"true\">Tất cả</a>");
    let all = all.text();
    let first_row = between(&all, "<tbody>", "</tr>");
    assert!(first_row.contains("Có lỗi"), "{first_row}");
    assert_eq!(all.matches("<th scope=\"row\">").count(), 50);
    get(&format!("{LIST}?trang=2")).assert_status(200).assert_contains("Bài viết – trang 2");
    get(&format!("{LIST}?trang=999")).assert_status(404);
    get(&format!("{LIST}?trang-thai=khac")).assert_status(400);
}

#[test]
fn documents_are_found_by_slug_and_title_with_and_without_accents() {
    let found = format!("href=\"{LIST}/nhieu-07\"");
    for words in ["nhieu+07", "07+nhi%E1%BB%81u", "b%C3%A0i+s%E1%BB%91+7", "B%C3%A0i+s%E1%BB%91+7"]
    {
        assert_lists(&format!("q={words}"), &[&found, "1 tài liệu"], &[]);
    }
    assert_lists("q=nhieu+07&trang-thai=nhap", &["0 tài liệu", "Không có tài liệu nào"], &[]);
    assert_lists("q=%3F%3F%3F", &["0 tài liệu"], &[]);
    assert_lists("q=%3Cscript%3Ealert(1)", &["value=\"&lt;script&gt;alert(1)\""], &[]);
    let long = "x".repeat(3_000);
    assert_lists(&format!("q={long}&chuyen-muc=khong-co"), &["0 tài liệu"], &[]);
}

#[test]
fn disputed_old_addresses_are_listed_with_the_article_that_has_them() {
    let document = |title: &str, year: u32, aliases: &str| {
        format!(
            "+++\ntitle = \"{title}\"\nupdated = {year}-01-01\nauthor = \"An\"\naliases = [{aliases}]\n+++\nx\n"
        )
    };
    let claimed = "\"/cu/bang.aspx?id=1\"";
    portal().put_article("bang-sau", document("Bảng <sau>", 2021, claimed));
    let more = format!("{claimed}, \"/?p=77\", \"bai-day-du\", \"/cu/bang-rieng.aspx\"");
    portal().put_article("bang-truoc", document("Bảng trước", 2020, &more));

    let page = get(&format!("{LIST}/dia_chi_cu")).assert_status(200).text();
    let row =
        |address: &str| between(&page, &format!("<code>{address}</code></th>"), "</tr>").to_owned();
    let disputed = row("/cu/bang.aspx?id=1");
    let (winner, loser) = disputed.split_once("</td>").unwrap();
    assert!(winner.contains("Bảng trước") && loser.contains("Bảng &lt;sau&gt;"), "{disputed}");
    for held in ["/?p=77", "/bai-viet/bai-day-du"] {
        assert!(row(held).starts_with("<td>trang hoặc bài đã có"), "{held}: {}", row(held));
    }
    assert!(!page.contains("/cu/bang-rieng.aspx") && !page.contains("/bai-viet/bai-cu<"));
    get(&format!("{LIST}/dia_chi_cu?trang=9")).assert_status(404);

    get(&format!("{LIST}/bang-truoc"))
        .assert_contains("<code>/cu/bang.aspx?id=1</code>: dẫn tới bài này.")
        .assert_contains("<code>/cu/bang-rieng.aspx</code>: dẫn tới bài này.")
        .assert_contains("<code>/?p=77</code>: không bao giờ dùng tới: cổng có trang")
        .assert_contains(
            "<code>/bai-viet/bai-day-du</code>: không bao giờ dùng tới: đó là địa chỉ",
        );
    get(&format!("{LIST}/bang-sau")).assert_contains("<code>/cu/bang.aspx?id=1</code>: dẫn tới <a");
    for slug in ["bang-truoc", "bang-sau"] {
        portal().delete_article(slug);
    }
}

#[test]
fn the_page_of_a_document_shows_its_files_and_its_ratings() {
    let full = get(&format!("{LIST}/bai-day-du")).assert_status(200);
    full.assert_contains("<strong>Đang đăng</strong>")
        .assert_contains("<code>/bai-viet/bai-cu</code>: dẫn tới bài này.")
        .assert_contains("Đã thấy đủ 2 ảnh và tệp")
        .assert_contains("href=\"/bai-viet/bai-day-du\"")
        .assert_contains("/bien-tap/y-kien?trang-thai=tat-ca&amp;bai=bai-day-du");
    get(&format!("{LIST}/thu-dich"))
        .assert_contains("Không có trong FILES:")
        .assert_contains("<code>x&quot; onerror=&quot;alert(4).svg</code>");
    get(&format!("{LIST}/nhap"))
        .assert_contains("<strong>Nháp</strong>")
        .assert_lacks("Xem trang công khai");
    get(&format!("{LIST}/du-thao-dang-mo"))
        .assert_contains("href=\"/bien-tap/du-thao/du-thao-dang-mo\"")
        .assert_contains("Nhận ý kiến đến");
    get(&format!("{LIST}/thieu-truong"))
        .assert_status(200)
        .assert_contains("Dòng 1, trường “author”: bắt buộc phải có");
    for path in ["khong-co", "a_b", "nhap?trang=2", "nhap/xem", "khong-co/xem-truoc"] {
        get(&format!("{LIST}/{path}")).assert_status(404);
    }

    // 21 remarks take two pages.
    portal().sql(
        "DB",
        "INSERT INTO rating (slug, is_useful, remark)
         SELECT 'nhieu-24', value % 2, 'Nhận xét <' || value || '>'
         FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]')
         UNION ALL SELECT 'nhieu-24', 1, '' RETURNING id",
    );
    get(&format!("{LIST}/nhieu-24"))
        .assert_contains("<strong>12</strong> lượt đánh giá có ích")
        .assert_contains("21 nhận xét")
        .assert_contains("Nhận xét &lt;21&gt;")
        .assert_lacks("Nhận xét &lt;1&gt;");
    get(&format!("{LIST}/nhieu-24?trang=2")).assert_contains("Nhận xét &lt;1&gt;");
    get(&format!("{LIST}/nhieu-24?trang=3")).assert_status(404);
    assert_lists("q=nhieu+24", &["<td class=\"right\">12</td><td class=\"right\">10</td>"], &[]);
}

#[test]
fn a_preview_is_the_public_page_without_forms() {
    let preview = |slug: &str| get(&format!("{LIST}/{slug}/xem-truoc")).assert_status(200);
    for (slug, text) in [
        ("nhap", "<h1>Bài nháp</h1>"),
        ("hen-gio", "Chưa tới giờ."),
        ("bai-day-du", "Ghi chú cuối bài."),
        ("du-thao-dang-mo", "Đang lấy ý kiến"),
    ] {
        preview(slug)
            .assert_contains("Bản xem trước, chỉ ban biên tập thấy")
            .assert_contains(&format!("href=\"{LIST}/{slug}\""))
            .assert_contains("<meta name=\"robots\" content=\"noindex\">")
            .assert_contains(text)
            .assert_contains("<nav class=\"navigation\" aria-label=\"Chính\">")
            .assert_lacks("class=\"share\"")
            .assert_lacks("rel=\"canonical\"")
            .assert_lacks("method=\"post\"")
            .assert_lacks("href=\"/gop-y?");
    }
    let (own, public) = (preview("bai-day-du").text(), portal().get("/bai-viet/bai-day-du").text());
    let article = |page: &str| between(page, "<article>", "<p class=\"author\">").to_owned();
    assert_eq!(article(&own), article(&public));
    preview("thu-dich").assert_lacks("<script");
    portal().get("/bai-viet/nhap").assert_status(404);
}

#[test]
fn the_preview_of_a_broken_document_shows_the_lines_with_mistakes() {
    let preview = |slug: &str| get(&format!("{LIST}/{slug}/xem-truoc")).assert_status(200);
    preview("thieu-truong")
        .assert_contains("Chưa xem trước được")
        .assert_contains("<mark>    1  +++</mark>")
        .assert_contains("    2  title = \"Thiếu trường\"".replace('"', "&quot;").as_str());
    preview("ban-go-cu").assert_contains("mã UTF-8");
    preview("utf-16").assert_contains("UTF-16").assert_lacks("desk-excerpt");
}

#[test]
fn a_sync_started_from_the_list_returns_to_the_list() {
    let editor = portal().editor();
    let here = format!("{LIST}?trang-thai=loi");
    let done = format!("{here}&da=dong-bo");
    editor
        .sync(&here, &done)
        .assert_contains("Đã đồng bộ một lượt")
        .assert_contains("Lần đối chiếu gần nhất với KV");
    let nothing = editor.request("POST", &format!("{LIST}/nhap")).form(&[]).send();
    nothing.assert_status(405);
}

#[test]
fn pages_of_the_desk_show_what_can_be_read_and_name_what_cannot() {
    let editor = portal().editor();
    let with = |fault: &str, path: &str| {
        let path = format!("{LIST}{path}");
        editor.request("GET", &path).fault(fault).send().assert_not_stored()
    };
    with("db-fails", "").assert_status(200).assert_contains("chưa đọc được các đánh giá");
    with("db-fails,catalogue-fails", "/bai-day-du")
        .assert_status(200)
        .assert_contains("<strong>Đang đăng</strong>")
        .assert_contains("Đã thấy đủ 2 ảnh và tệp")
        .assert_contains("Tạm thời chưa đọc được phần này");
    with("db-fails,catalogue-fails,index-fails", "/nhap/xem-truoc").assert_status(200);
    with("catalogue-fails", "").assert_status(503).assert_contains("Tạm thời chưa xem được");
    with("articles-fail", "/bai-day-du").assert_status(503);
}
