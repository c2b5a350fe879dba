//! Files: pictures, attachments and recordings.

use crate::harness::portal;

#[test]
fn a_file_has_its_media_type_and_cannot_run_scripts() {
    for (name, content_type, disposition) in [
        ("tai-lieu.pdf", "application/pdf", "attachment"),
        ("anh.svg", "image/svg+xml", "attachment"),
        ("trang.html", "application/octet-stream", "attachment"),
        ("ghi-chu.txt", "text/plain; charset=utf-8", "inline"),
    ] {
        let file = portal().get(&format!("/tep/{name}")).assert_status(200);
        assert_eq!(file.header("content-type"), Some(content_type), "{name}");
        assert!(file.header("content-disposition").unwrap().starts_with(disposition), "{name}");
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        let policy = file.header("content-security-policy").unwrap();
        assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
    }
}

#[test]
fn a_file_with_a_rev_answers_304_to_its_tag() {
    let file = portal().get("/tep/ghi-chu.txt").assert_success_cached();
    let tag = file.header("etag").unwrap();
    let again = portal().request("GET", "/tep/ghi-chu.txt").header("if-none-match", tag).send();
    assert_eq!((again.status, again.bytes.len()), (304, 0));
}

#[test]
fn a_file_without_a_rev_has_an_etag_of_its_content_up_to_one_mebibyte() {
    let portal = portal();
    portal.put("FILES", "nho.zip", &vec![7; 1024 * 1024]);
    let small = portal.get("/tep/nho.zip").assert_success_cached();
    assert_eq!(small.bytes.len(), 1024 * 1024);

    portal.put("FILES", "lon.zip", &vec![7; 3 * 1024 * 1024 + 1]);
    let large = portal.get("/tep/lon.zip").assert_status(200);
    assert_eq!(large.bytes.len(), 3 * 1024 * 1024 + 1);
    assert_eq!(large.header("etag"), None);
}

#[test]
fn a_vietnamese_file_name_works_in_every_percent_encoding() {
    let portal = portal();
    portal.put("FILES", "Dự thảo (1).txt", "Nội dung".as_bytes());
    for path in
        ["/tep/D%E1%BB%B1%20th%E1%BA%A3o%20(1).txt", "/tep/D%E1%BB%B1%20th%E1%BA%A3o%20%281%29.txt"]
    {
        portal.get(path).assert_status(200).assert_contains("Nội dung");
    }
}

#[test]
fn a_missing_file_is_not_found() {
    portal().get("/tep/khong-co.pdf").assert_status(404);
    portal().get("/tep/").assert_status(404);
}

/// Requests a byte range of a file. Returns the status, `Content-Range` and the body.
fn part(path: &str, range: &str) -> (u16, Option<String>, Vec<u8>) {
    let answer = portal().request("GET", path).header("range", range).send();
    let range = answer.header("content-range").map(str::to_owned);
    (answer.status, range, answer.bytes)
}

#[test]
fn a_range_request_gets_the_requested_bytes() {
    let portal = portal();
    let bytes: Vec<u8> = (0..3 * 1024 * 1024 + 7_u32).map(|at| (at / 251) as u8).collect();
    portal.put("FILES", "dai.mp3", &bytes);
    portal.put("FILES", "ngan.mp3", &bytes[..1000]);
    for (name, all) in [("dai.mp3", &bytes[..]), ("ngan.mp3", &bytes[..1000])] {
        let (path, length) = (format!("/tep/{name}"), all.len());
        let whole = portal.get(&path).assert_status(200);
        assert_eq!(whole.header("accept-ranges"), Some("bytes"));
        assert_eq!(whole.header("content-type"), Some("audio/mpeg"));
        for (range, first, last) in [
            ("bytes=0-1".to_owned(), 0, 1),
            ("bytes=0-".to_owned(), 0, length - 1),
            (format!("bytes={}-", length - 500), length - 500, length - 1),
            ("bytes=-300".to_owned(), length - 300, length - 1),
            (format!("bytes=600-{}", length - 5), 600, length - 5),
            (format!("bytes=700-{}", length + 9), 700, length - 1),
        ] {
            let (status, given, part) = part(&path, &range);
            assert_eq!((status, given), (206, Some(format!("bytes {first}-{last}/{length}"))));
            assert!(part == all[first..=last], "{name}, {range}: {} bytes", part.len());
        }
        let outside = part(&path, &format!("bytes={length}-"));
        assert_eq!(outside, (416, Some(format!("bytes */{length}")), Vec::new()));
        for other in ["bytes=0-1,5-9", "lines=1-2", "bytes=9-1"] {
            let (status, given, part) = part(&path, other);
            assert_eq!((status, given, part.len()), (200, None, length), "{other}");
        }
    }
}

#[test]
fn if_range_gets_a_range_only_of_the_same_version() {
    let ask = |headers: &[(&str, &str)]| {
        let request = portal().request("GET", "/tep/ghi-chu.txt").header("range", "bytes=0-2");
        headers.iter().fold(request, |request, (name, value)| request.header(name, value)).send()
    };
    let part = ask(&[]);
    assert_eq!((part.status, part.bytes.as_slice()), (206, b"Ghi".as_slice()));
    let tag = part.header("etag").unwrap();
    assert_eq!(ask(&[("if-range", tag)]).status, 206);
    for other in ["\"x\"", "Thu, 26 Nov 2026 00:00:00 GMT", &format!("W/{tag}")] {
        ask(&[("if-range", other)]).assert_status(200).assert_contains("Ghi chú");
    }
    assert_eq!(ask(&[("if-none-match", tag)]).status, 304);
}

#[test]
fn head_announces_ranges_and_ignores_a_range() {
    let head = portal().request("HEAD", "/tep/ghi-chu.txt").header("range", "bytes=0-2").send();
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("accept-ranges"), Some("bytes"));
    assert_eq!(head.header("content-range"), None);
}
