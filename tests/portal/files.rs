//! Attachments.

use crate::harness::portal;

#[test]
fn a_file_is_given_with_its_type_and_cannot_run() {
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
fn a_file_without_a_rev_has_a_tag_over_its_content_up_to_one_mebibyte() {
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
fn a_file_name_in_vietnamese_works_however_it_is_encoded() {
    let portal = portal();
    portal.put("FILES", "Dự thảo (1).txt", "Nội dung".as_bytes());
    for path in
        ["/tep/D%E1%BB%B1%20th%E1%BA%A3o%20(1).txt", "/tep/D%E1%BB%B1%20th%E1%BA%A3o%20%281%29.txt"]
    {
        portal.get(path).assert_status(200).assert_contains("Nội dung");
    }
}

#[test]
fn a_file_that_is_not_there_is_not_found() {
    portal().get("/tep/khong-co.pdf").assert_status(404);
    portal().get("/tep/").assert_status(404);
}
