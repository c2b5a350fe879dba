//! The files that determine the look of pages: stylesheets, the font, icons, the manifest, and the image in link
//! previews.

use crate::harness::{Answer, portal};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Returns the `link` elements in the head of a page.
fn links(page: &str) -> Vec<&str> {
    let (head, _) = page.split_once("</head>").unwrap();
    head.split("<link ").skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

/// Returns the addresses of the links with this `rel`.
fn linked<'a>(page: &'a str, rel: &str) -> Vec<&'a str> {
    let rel = format!("rel=\"{rel}\"");
    links(page).into_iter().filter(|link| link.contains(&rel)).map(href).collect()
}

fn href(link: &str) -> &str {
    link.split_once("href=\"").unwrap().1.split('"').next().unwrap()
}

fn stylesheet() -> String {
    let page = portal().get("/").text();
    let [sheet] = linked(&page, "stylesheet").try_into().expect("one stylesheet");
    sheet.to_owned()
}

/// Returns the width and height of a PNG from its header.
#[track_caller]
fn png_size(answer: &Answer) -> (u32, u32) {
    assert_eq!(answer.header("content-type"), Some("image/png"));
    assert_eq!(answer.bytes.get(..8), Some(&b"\x89PNG\r\n\x1a\n"[..]));
    let number = |at: usize| u32::from_be_bytes(answer.bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[track_caller]
fn assert_kept_for_good(answer: &Answer, content_type: &str) {
    assert_eq!(answer.header("cache-control"), Some(IMMUTABLE));
    assert_eq!(answer.header("content-type"), Some(content_type));
}

#[test]
fn the_stylesheet_is_immutable_and_served_from_the_static_assets() {
    // The Worker itself would answer with `no-store`, so this answer comes from the static assets.
    let sheet = portal().get(&stylesheet()).assert_status(200);
    assert_kept_for_good(&sheet, "text/css; charset=utf-8");
    sheet.assert_contains("@layer tokens,base,frame,parts,desk,print;");
}

#[test]
fn the_font_is_one_small_immutable_file_of_this_site() {
    let sheet = portal().get(&stylesheet()).text();
    let urls: Vec<_> =
        sheet.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let [font] = urls[..] else { panic!("{urls:?}") };
    let answer = portal().get(font.trim_matches('"')).assert_status(200);
    assert_kept_for_good(&answer, "font/woff2");
    assert!(answer.bytes.starts_with(b"wOF2"));
    assert!(answer.bytes.len() < 34_000, "{} bytes", answer.bytes.len());
    let licence = portal().get("/OFL.txt").assert_status(200).text();
    assert!(licence.contains("SIL OPEN FONT LICENSE"), "{licence}");
}

#[test]
fn stylesheet_addresses_of_earlier_deployments_still_work() {
    let today = portal().get(&stylesheet());
    for old in ["/portal.0123456789abcdef.css", "/portal.css?v=0123456789abcdef", "/portal.css"] {
        let answer = portal().get(old).assert_status(200).assert_not_stored();
        assert_eq!(answer.header("content-type"), Some("text/css; charset=utf-8"), "{old}");
        assert_eq!(answer.bytes, today.bytes, "{old}");
    }
    for old in ["/desk.0123456789abcdef.css", "/desk.css?v=0123456789abcdef"] {
        let answer = portal().get(old).assert_status(200).assert_not_stored();
        answer.assert_contains("@layer desk{").assert_contains(".desk-banner");
    }
    for other in ["/portal.x.css", "/other.css", "/portal.0123456789abcdef.js"] {
        portal().get(other).assert_status(404);
    }
    portal().request("POST", "/portal.css").send().assert_status(405);
}

#[test]
fn every_icon_of_a_page_exists_with_its_media_type() {
    for path in ["/", "/bai-viet/bai-day-du", "/gop-y", "/khong-co"] {
        let page = portal().get(path).text();
        for (rel, content_type) in [
            ("icon", "image/svg+xml"),
            ("apple-touch-icon", "image/png"),
            ("manifest", "application/manifest+json"),
        ] {
            let [address] =
                linked(&page, rel).try_into().unwrap_or_else(|all| panic!("{path}: {all:?}"));
            let answer = portal().get(address).assert_status(200);
            assert_eq!(answer.header("content-type"), Some(content_type), "{path}");
        }
    }
    assert_eq!(png_size(&portal().get("/apple-touch-icon.png")), (180, 180));
    let icon = portal().get("/favicon.ico").assert_status(200);
    assert!(icon.bytes.starts_with(&[0, 0, 1, 0, 1, 0, 32, 32]));
}

#[test]
fn the_manifest_names_the_office_and_existing_icons() {
    let answer = portal().get("/manifest.webmanifest").assert_status(200);
    let manifest: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
    assert_eq!(manifest["name"], "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Sơn Lâm");
    assert_eq!(manifest["short_name"], "Liên hiệp Hội");
    assert_eq!((&manifest["lang"], &manifest["start_url"]), (&"vi".into(), &"/".into()));
    assert_eq!(manifest["theme_color"], "#8f1d1d");
    let icons = manifest["icons"].as_array().unwrap();
    for icon in icons {
        let (width, height) = png_size(&portal().get(icon["src"].as_str().unwrap()));
        assert_eq!(icon["sizes"], format!("{width}x{height}"), "{icon}");
    }
    let purposes: Vec<_> = icons.iter().filter_map(|icon| icon["purpose"].as_str()).collect();
    assert_eq!(purposes, ["any", "any", "maskable"]);
}

#[test]
fn a_page_without_a_picture_has_the_offices_share_image() {
    for path in ["/", "/tin-bai", "/bai-viet/bai-day-du"] {
        let page = portal().get(path).text();
        let (_, rest) = page.split_once("property=\"og:image\" content=\"").unwrap();
        let address = rest.split('"').next().unwrap();
        let site = portal().origin();
        let picture = portal().get(address.strip_prefix(&site).unwrap()).assert_status(200);
        let (width, height) = png_size(&picture);
        for (name, value) in [("width", width), ("height", height)] {
            let meta = format!("<meta property=\"og:image:{name}\" content=\"{value}\">");
            assert!(page.contains(&meta), "{path} lacks {meta}");
        }
        assert!(
            picture.bytes.len() < 300_000,
            "some services that show links accept no larger pictures"
        );
    }
}

#[test]
fn stylesheets_fonts_and_icons_come_from_this_site() {
    for path in ["/", "/bai-viet/bai-day-du", "/gop-y"] {
        let page = portal().get(path).text();
        for rel in ["stylesheet", "icon", "apple-touch-icon", "manifest", "preload"] {
            for address in linked(&page, rel) {
                assert!(
                    address.starts_with('/') && !address.starts_with("//"),
                    "{path}: {address}"
                );
            }
        }
        // The tests use the default colour, which is in the stylesheet.
        assert!(!page.contains("<style") && !page.contains(" style="), "{path}");
    }
    let sheet = portal().get(&stylesheet()).text();
    assert!(!sheet.contains("://") && !sheet.contains("url(//"), "{sheet}");
}
