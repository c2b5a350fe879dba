//! Pages for search engines and other programs: site maps, robots.txt, and the metadata of pages.

use crate::harness::xml::{SITEMAP, SITEMAP_INDEX};
use crate::harness::{Answer, Portal, own_portal, portal};

/// Returns the path of an absolute address on the portal.
#[track_caller]
fn path(portal: &Portal, address: &str) -> String {
    let site = portal.origin();
    address.strip_prefix(&site).unwrap_or_else(|| panic!("{address} is elsewhere")).to_owned()
}

/// Returns all site maps that the index lists, after validating them against the schema.
fn parts(portal: &Portal) -> Vec<Answer> {
    let index = portal.get("/sitemap.xml").assert_success_cached().assert_valid(SITEMAP_INDEX);
    let parts = index.xml_texts("loc");
    parts.iter().map(|part| portal.get(&path(portal, part)).assert_valid(SITEMAP)).collect()
}

#[test]
fn the_site_map_names_every_public_article_once_with_the_time_of_its_last_change() {
    let mut places = Vec::new();
    for part in parts(portal()) {
        assert_eq!(part.header("content-type"), Some("application/xml; charset=utf-8"));
        let times = part.xml_texts("lastmod").into_iter().map(Some).chain(std::iter::repeat(None));
        places.extend(part.xml_texts("loc").into_iter().zip(times));
    }
    let addresses: Vec<_> = places.iter().map(|(address, _)| path(portal(), address)).collect();
    for slug in ["nhap", "hen-gio", "thieu-truong", "utf-16"] {
        assert!(!addresses.contains(&format!("/bai-viet/{slug}")), "{slug}");
    }
    for own in ["/", "/tin-bai", "/chuyen-muc/nhieu-bai", "/bai-viet/nhieu-01"] {
        assert_eq!(addresses.iter().filter(|address| *address == own).count(), 1, "{own}");
    }
    for (address, updated) in [
        ("/bai-viet/bai-day-du", Some("2019-07-05T09:30:33+07:00")),
        ("/bai-viet/nhieu-07", Some("2020-01-07T08:00:00+07:00")),
        ("/lien-he", None),
    ] {
        let at = addresses.iter().position(|known| known == address).unwrap();
        assert_eq!(places[at].1.as_deref(), updated, "{address}");
    }
}

#[test]
fn the_site_map_of_a_month_has_the_time_of_its_newest_article() {
    let index = portal().get("/sitemap.xml").text();
    let site = portal().origin();
    for entry in [
        format!("<sitemap><loc>{site}/sitemap-trang.xml</loc></sitemap>"),
        format!(
            "<sitemap><loc>{site}/sitemap-2020-01.xml</loc>\
             <lastmod>2020-01-25T08:00:00+07:00</lastmod></sitemap>"
        ),
    ] {
        assert!(index.contains(&entry), "{entry} is not in:\n{index}");
    }
}

#[test]
fn every_page_in_the_site_map_of_pages_exists() {
    for address in portal().get("/sitemap-trang.xml").xml_texts("loc") {
        let page = portal().get(&path(portal(), &address)).assert_status(200);
        page.assert_contains(&format!("<link rel=\"canonical\" href=\"{address}\">"));
    }
}

#[test]
fn a_month_with_very_many_articles_has_several_site_maps() {
    let portal = own_portal("sitemap");
    portal.sql(
        "CATALOGUE",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)
         INSERT INTO article (slug, title, summary, lang, category_slug, category_name, published, updated,
                              listed_at, month, draft, publish_at, listed, pinned)
         SELECT 'bai-' || i, 'Bài', '', 'vi', '', '', 1577840400, 1577840400 + i, 1577840400, 202001,
                0, 0, 1, 0 FROM n;",
    );
    let index = portal.get("/sitemap.xml").assert_valid(SITEMAP_INDEX);
    let names: Vec<_> = index.xml_texts("loc").iter().map(|part| path(&portal, part)).collect();
    assert_eq!(
        names,
        ["/sitemap-trang.xml", "/sitemap-2020-01.xml", "/sitemap-2020-01.xml?trang=2"]
    );
    let [_, first, second] = parts(&portal).try_into().unwrap();
    assert_eq!(first.xml_texts("loc").len(), 1_000);
    assert_eq!(second.xml_texts("loc"), [format!("{}/bai-viet/bai-1", portal.origin())]);
    portal.get("/sitemap-2020-01.xml?trang=3").assert_status(404);
}

#[test]
fn missing_site_maps_are_not_found_and_without_the_catalogue_none_is_served() {
    for path in ["/sitemap-1999-01.xml", "/sitemap-2020-01.xml?trang=2", "/sitemap-2020-13.xml"] {
        portal().get(path).assert_status(404);
    }
    portal().get("/sitemap-2020-01.xml?trang=x").assert_status(400);
    portal().get("/sitemap-2020-1.xml").assert_redirect(301, "/sitemap-2020-01.xml");
    for path in ["/sitemap.xml", "/sitemap-trang.xml", "/sitemap-2020-01.xml"] {
        let answer = portal().request("GET", path).fault("catalogue-fails").send();
        let answer = answer.assert_status(503).assert_not_stored();
        assert_eq!(answer.header("retry-after"), Some("60"));
    }
}

#[test]
fn robots_txt_names_the_site_map_and_excludes_searches_and_receipts() {
    let robots = portal().get("/robots.txt").assert_success_cached();
    assert_eq!(robots.header("content-type"), Some("text/plain; charset=utf-8"));
    let site_map = format!("Sitemap: {}/sitemap.xml\n", portal().origin());
    robots
        .assert_contains(&site_map)
        .assert_contains("User-agent: *\nDisallow: /tim-kiem\nDisallow: /gop-y/da-nhan/\n");
}

/// Returns the contents of the `meta` elements with this name or property.
fn meta(page: &str, name: &str) -> Vec<String> {
    let elements = page.split("<meta ").skip(1).filter_map(|rest| rest.split('>').next());
    elements
        .filter(|element| {
            element.contains(&format!("name=\"{name}\""))
                || element.contains(&format!("property=\"{name}\""))
        })
        .map(|element| {
            let (_, value) = element.split_once("content=\"").unwrap();
            value.split('"').next().unwrap().to_owned()
        })
        .collect()
}

/// Returns the objects in the page's JSON-LD.
#[track_caller]
fn graph(page: &str) -> Vec<serde_json::Value> {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let data: serde_json::Value =
        serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().clone()
}

#[test]
fn an_article_has_open_graph_metadata() {
    let page = portal().get("/bai-viet/bai-day-du").text();
    let own = format!("{}/bai-viet/bai-day-du", portal().origin());
    for (name, content) in [
        ("og:type", "article"),
        ("og:title", "Bài đầy đủ các trường"),
        ("og:description", "Tóm tắt của bài đầy đủ."),
        ("og:url", &own),
        ("og:locale", "vi_VN"),
        ("og:site_name", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn Lâm"),
        ("article:published_time", "2019-07-04T08:00:00+07:00"),
        ("article:modified_time", "2019-07-05T09:30:33+07:00"),
        ("article:section", "Khoa học và công nghệ"),
        ("twitter:card", "summary_large_image"),
    ] {
        assert_eq!(meta(&page, name), [content], "{name}");
    }
    assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{own}\">")));
    // The article's own picture is an SVG, which social networks do not show.
    let share_image = format!("{}/share.png", portal().origin());
    assert_eq!(meta(&page, "og:image"), [share_image]);
    let pictured = portal().get("/bai-viet/dang-json").text();
    let picture = format!("{}/tep/%E1%BA%A3nh.png", portal().origin());
    assert_eq!(meta(&pictured, "og:image"), [picture]);
    assert_eq!(meta(&pictured, "og:image:alt"), ["Ảnh chụp"]);
    assert!(meta(&pictured, "og:image:width").is_empty(), "the size of this picture is unknown");
    assert_eq!(meta(&pictured, "twitter:card"), ["summary_large_image"]);
    assert_eq!(meta(&portal().get("/bai-viet/in-english").text(), "og:locale"), ["en_US"]);
    assert_eq!(meta(&portal().get("/tin-bai").text(), "og:type"), ["website"]);
    assert!(meta(&portal().get("/khong-co").text(), "og:type").is_empty());
}

#[test]
fn an_article_has_the_required_dublin_core_metadata() {
    let page = portal().get("/bai-viet/bai-day-du").text();
    assert!(page.contains("<link rel=\"schema.DCTERMS\" href=\"http://purl.org/dc/terms/\">"));
    let own = format!("{}/bai-viet/bai-day-du", portal().origin());
    for (name, content) in [
        ("title", "Bài đầy đủ các trường"),
        ("creator", "Nguyễn Thị Hạnh"),
        ("publisher", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn Lâm"),
        ("description", "Tóm tắt của bài đầy đủ."),
        ("identifier", &own),
        ("language", "vi"),
        ("date", "2019-07-05T09:30:33+07:00"),
        ("created", "2019-07-04T08:00:00+07:00"),
        ("modified", "2019-07-05T09:30:33+07:00"),
        ("subject", "Khoa học và công nghệ"),
        ("source", "Báo Sơn Lâm"),
        ("rights", "Ghi rõ nguồn khi phát hành lại thông tin từ trang này."),
    ] {
        assert_eq!(meta(&page, &format!("DCTERMS.{name}")), [content], "{name}");
    }
}

#[test]
fn the_json_ld_of_an_article_has_the_article_and_its_breadcrumb() {
    let site = portal().origin();
    let page = portal().get("/bai-viet/bai-day-du").text();
    let [news, breadcrumb] = graph(&page).try_into().unwrap();
    for (field, value) in [
        ("@type", "NewsArticle"),
        ("headline", "Bài đầy đủ các trường"),
        ("datePublished", "2019-07-04T08:00:00+07:00"),
        ("dateModified", "2019-07-05T09:30:33+07:00"),
        ("inLanguage", "vi"),
        ("articleSection", "Khoa học và công nghệ"),
        ("mainEntityOfPage", &format!("{site}/bai-viet/bai-day-du")),
        ("image", &format!("{site}/tep/anh.svg")),
    ] {
        assert_eq!(news[field], value, "{field}");
    }
    assert_eq!(news["author"], serde_json::json!({"@type": "Person", "name": "Nguyễn Thị Hạnh"}));
    assert_eq!(news["isBasedOn"]["name"], "Báo Sơn Lâm");
    assert_eq!(news["publisher"]["@type"], "GovernmentOrganization");
    assert_eq!(news["publisher"]["telephone"], "0202 3555 110");
    assert_eq!(news["publisher"]["logo"], format!("{site}/emblem.svg"));
    assert_eq!(breadcrumb["@type"], "BreadcrumbList");
    let steps: Vec<_> = breadcrumb["itemListElement"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["position"].as_u64().unwrap(), step["item"].as_str().unwrap()))
        .collect();
    let expected = ["/", "/chuyen-muc/khoa-hoc-va-cong-nghe", "/bai-viet/bai-day-du"];
    let expected: Vec<_> = expected.iter().map(|path| format!("{site}{path}")).collect();
    assert_eq!(steps, [(1, &*expected[0]), (2, &*expected[1]), (3, &*expected[2])]);
}

#[test]
fn the_json_ld_of_the_home_page_has_the_office_and_the_search() {
    let [office, website] = graph(&portal().get("/").text()).try_into().unwrap();
    assert_eq!(office["@type"], "GovernmentOrganization");
    assert_eq!(office["email"], "vanphong@lienhiephoi-sonlam.example");
    assert_eq!(website["@type"], "WebSite");
    let target = website["potentialAction"]["target"].as_str().unwrap();
    let found = portal().get(&path(portal(), &target.replace("{search_term_string}", "ket-qua")));
    found.assert_status(200);
}

#[test]
fn hostile_text_in_json_ld_is_data() {
    let [news, _] = graph(&portal().get("/bai-viet/thu-dich").text()).try_into().unwrap();
    assert_eq!(news["headline"], "Tiêu đề <script>alert(1)</script>");
    assert_eq!(news["isBasedOn"]["name"], "<b>nguồn</b>");
}

#[test]
fn alternate_links_lead_to_documents_of_their_media_type() {
    for (page, expected) in [
        ("/", 3),
        ("/tin-bai", 3),
        ("/chuyen-muc/nhieu-bai?trang=2", 6),
        ("/bai-viet/nhieu-01", 7),
        ("/bai-viet/dang-json", 4),
        ("/hoi-dap", 1),
        ("/lien-he", 0),
    ] {
        let text = portal().get(page).text();
        let links: Vec<_> = text
            .split("<link rel=\"alternate\" type=\"")
            .skip(1)
            .map(|rest| {
                let attributes: Vec<_> = rest.split('"').collect();
                (attributes[0].to_owned(), attributes[4].to_owned())
            })
            .collect();
        assert_eq!(links.len(), expected, "{page}: {links:?}");
        for (media_type, address) in links {
            let answer = portal().get(&address).assert_status(200);
            let given = answer.header("content-type").unwrap();
            assert_eq!(given.split(';').next(), Some(media_type.as_str()), "{address}");
        }
    }
}
