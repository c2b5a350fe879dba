//! Search for Vietnamese text, typed with or without accents.

use crate::harness::{Answer, own_portal, portal, short_document};

/// Searches with this query, encoded as a browser encodes the search form.
fn ask(query: &str) -> Answer {
    ask_with(&[("q", query)])
}

fn ask_with(fields: &[(&str, &str)]) -> Answer {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    portal().get(&format!("/tim-kiem?{query}")).assert_status(200)
}

/// Returns the slugs of the results in order.
fn found(query: &str) -> Vec<String> {
    slugs(&ask(query))
}

fn slugs(answer: &Answer) -> Vec<String> {
    let page = answer.text();
    let (_, results) = page.split_once("<main").unwrap();
    let links = results.split("<h2><a href=\"/bai-viet/").skip(1);
    links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[track_caller]
fn assert_finds(query: &str, slug: &str) {
    let found = found(query);
    assert!(found.iter().any(|found| found == slug), "{query:?} found {found:?}");
}

#[track_caller]
fn assert_misses(query: &str, slug: &str) {
    let found = found(query);
    assert!(!found.iter().any(|found| found == slug), "{query:?} found {found:?}");
}

#[test]
fn words_typed_without_accents_find_every_accented_form() {
    for query in ["quyet dinh", "du thao", "de nghi", "bac kan", "QUYET DINH", "dieu chinh"] {
        assert_finds(query, "tim-du-thao");
    }
    for query in ["nam", "hoa binh"] {
        assert_finds(query, "tim-nam");
        assert_finds(query, "tim-hoa");
    }
}

#[test]
fn words_typed_with_accents_find_exactly_those() {
    assert_finds("năm", "tim-hoa");
    assert_misses("năm", "tim-nam");
    assert_misses("đe nghi", "tim-du-thao");
    assert_misses("quyết đính", "tim-du-thao");
    assert_finds("Quyết định", "tim-du-thao");
}

#[test]
fn words_with_and_without_accents_can_be_mixed_in_one_query() {
    assert_finds("quyết dinh bac Kạn", "tim-du-thao");
    assert_misses("quyệt dinh bac Kạn", "tim-du-thao");
}

#[test]
fn the_encoding_and_the_placement_of_accents_do_not_affect_the_results() {
    let composed = found("đề nghị");
    assert!(!composed.is_empty());
    assert_eq!(found("đe\u{302}\u{300} nghi\u{323}"), composed);
    assert_eq!(found("ĐỀ NGHỊ"), composed);
    for spelling in ["hòa bình", "hoà bình", "HOÀ BÌNH", "ho\u{300}a bi\u{300}nh"] {
        assert_finds(spelling, "tim-hoa");
        assert_finds(spelling, "tim-nam");
    }
}

#[test]
fn a_quoted_phrase_matches_only_adjacent_words() {
    assert_finds("\"dự thảo quyết định\"", "tim-du-thao");
    assert_finds("“du thao quyet dinh”", "tim-du-thao");
    assert_misses("\"dự thảo đề nghị\"", "tim-du-thao");
    assert_finds("dự thảo đề nghị", "tim-du-thao");
    // In a phrase with accented and unaccented words, the accented words must match inside the phrase.
    assert_finds("\"ban hành\"", "tim-ban-hanh");
    assert_finds("\"dự thao quyết dinh\"", "tim-du-thao");
    assert_misses("\"ban hành\"", "tim-ban-hanh-khac");
    assert_finds("ban hành", "tim-ban-hanh-khac");
}

#[test]
fn the_number_of_a_legal_document_is_searched_as_a_phrase() {
    for number in ["1837/QĐ-UBND", "1837/qd-ubnd", "\"1837/QĐ-UBND\"", "1837/QĐ"] {
        assert_eq!(found(number).first().map(String::as_str), Some("tim-so-van-ban"), "{number}");
    }
    // The same parts in other places do not match.
    assert_misses("1837/QĐ-UBND", "tim-so-tach-roi");
    assert_finds("1837 qd ubnd", "tim-so-tach-roi");
}

#[test]
fn the_last_word_matches_as_a_prefix() {
    assert_finds("quyet đị", "tim-du-thao");
    assert_finds("dự th", "tim-du-thao");
    assert_finds("bac k", "tim-du-thao");
    assert_finds("1837/QĐ-UB", "tim-so-van-ban");
    assert_misses("quy định", "tim-du-thao");
    // Articles with the whole word come before articles in which it is only a prefix.
    assert_eq!(found("cauru").len(), 2);
    assert_eq!(found("moigoi"), ["tim-dung-tu", "tim-dai-hon"]);
    assert_misses("\"dự th\"", "tim-du-thao");
}

#[test]
fn matches_in_the_title_rank_before_summary_and_text() {
    assert_eq!(found("khoangduoi"), ["tim-o-tieu-de", "tim-o-tom-tat", "tim-o-noi-dung"]);
}

#[test]
fn adjacent_words_rank_before_separate_words() {
    assert_eq!(found("cauruong hosen"), ["tim-lien-nhau", "tim-cach-xa"]);
}

#[test]
fn equal_matches_are_ordered_newest_first() {
    assert_eq!(found("banngang"), ["tim-bang-moi", "tim-bang-cu"]);
}

#[test]
fn matches_are_marked_in_title_and_excerpt_with_their_original_accents() {
    ask("du thao")
        .assert_contains("Đề nghị góp ý <mark>Dự thảo</mark> Quyết định")
        .assert_contains("toàn văn <mark>dự thảo</mark> đăng");
    let hostile = ask("script alert").assert_status(200).text();
    assert!(hostile.contains("&lt;<mark>script</mark>"), "{hostile}");
}

#[test]
fn category_and_year_narrow_the_search() {
    let in_category = |category, year| {
        slugs(&ask_with(&[("q", "banngang"), ("chuyen-muc", category), ("nam", year)]))
    };
    assert_eq!(in_category("thu-tim", ""), ["tim-bang-moi", "tim-bang-cu"]);
    assert_eq!(in_category("thu-tim", "2019"), ["tim-bang-cu"]);
    assert_eq!(in_category("", "2020"), ["tim-bang-moi"]);
    assert!(in_category("nhieu-bai", "").is_empty());
    let page = ask_with(&[("q", "banngang"), ("chuyen-muc", "thu-tim"), ("nam", "2019")]);
    page.assert_contains("<option value=\"thu-tim\" selected>")
        .assert_contains("<option value=\"2019\" selected>")
        .assert_contains("1 kết quả");
}

#[test]
fn search_results_are_divided_into_pages() {
    let first = portal().get("/tim-kiem?q=noi+dung&chuyen-muc=nhieu-bai");
    let first = first.assert_status(200).assert_contains("25 kết quả; trang 1 trên 2");
    assert_eq!(slugs(&first).len(), 20);
    let next = "/tim-kiem?q=noi+dung&amp;chuyen-muc=nhieu-bai&amp;trang=2";
    first.assert_contains(&format!("rel=\"next\" href=\"{next}\""));
    let second = portal().get("/tim-kiem?q=noi+dung&chuyen-muc=nhieu-bai&trang=2");
    assert_eq!(slugs(&second).len(), 5);
    portal().get("/tim-kiem?q=noi+dung&chuyen-muc=nhieu-bai&trang=3").assert_status(404);
}

#[test]
fn search_operators_and_injections_are_treated_as_words() {
    for query in [
        "AND",
        "quyết OR",
        "NOT định",
        "NEAR(a b)",
        "title:x",
        "^a + b*",
        "\"",
        "'; DROP TABLE article; --",
        "((((",
        "{a b} : c",
        "%",
        "\u{0}",
        "🙂",
        "a\" OR \"b",
    ] {
        ask(query).assert_status(200).assert_lacks("SQL");
    }
    assert_finds("quyết (định)", "tim-du-thao");
    let long: String = (0..40).map(|number| format!("từ{number} ")).collect();
    ask(&long).assert_contains("chỉ phần đầu được tìm");
    portal().get("/tim-kiem?q=%FF%FE").assert_status(200);
}

#[test]
fn an_empty_search_shows_the_form() {
    portal().get("/tim-kiem").assert_success_cached().assert_contains("name=\"q\"");
    portal().get("/tim-kiem?q=").assert_status(200).assert_not_stored();
    let signs = portal().get("/tim-kiem?q=%22").assert_status(200);
    assert_eq!(signs.header("cache-control"), Some("private, max-age=60"));
    portal().get("/tim-kiem?q=%22&trang=2").assert_status(404);
    ask("khongcotunay").assert_status(200).assert_contains("Không tìm thấy bài nào");
}

#[test]
fn only_the_visitors_browser_caches_search_results() {
    let results = ask("quyet dinh").assert_status(200);
    assert_eq!(results.header("cache-control"), Some("private, max-age=60"));
    results.assert_contains("<meta name=\"robots\" content=\"noindex\">");
    for query in ["q=quyet%20dinh", "x=1&q=quyet", "q=quyet&chuyen-muc=&nam="] {
        let results = portal().get(&format!("/tim-kiem?{query}")).assert_status(200);
        assert_eq!(results.header("cache-control"), Some("private, max-age=60"), "{query}");
    }
    for nonsense in ["nam=x", "nam=26", "chuyen-muc=A%20B", "trang=0", "trang=x"] {
        portal().get(&format!("/tim-kiem?q=a&{nonsense}")).assert_status(400).assert_not_stored();
    }
}

#[test]
fn without_the_database_the_search_page_says_so_and_keeps_the_query() {
    let away = portal().request("GET", "/tim-kiem?q=quyet+dinh").fault("catalogue-fails").send();
    away.assert_status(503)
        .assert_not_stored()
        .assert_contains("Tìm kiếm đang tạm ngừng")
        .assert_contains("value=\"quyet dinh\"");
}

#[test]
fn draft_and_scheduled_articles_are_not_found() {
    assert_misses("bài nháp", "nhap");
    assert_misses("hẹn giờ", "hen-gio");
}

#[test]
fn a_changed_article_is_found_by_its_new_text_only() {
    let portal = own_portal("search-edit");

    let finds = |query: &str| !slugs(&portal.get(&format!("/tim-kiem?q={query}"))).is_empty();
    portal.put_article("bai", short_document("Chim chích", ""));
    assert!(finds("chich"));
    portal.put_article("bai", short_document("Chim sẻ", ""));
    assert!(!finds("chich") && finds("se"));
    portal.delete_article("bai");
    assert!(!finds("chim"));
}
