//! Hostile form bodies: huge, slow, endless, of another type, or malformed.

use std::iter;
use std::thread;
use std::time::Duration;

use super::{assert_answered_safely, assert_nothing_panicked};
use crate::harness::{Answer, Portal, form_token, portal};

const FORMS: [&str; 4] = [
    "/gop-y",
    "/gop-y/tra-cuu",
    "/gop-y/da-nhan/00000-00000-00000-00000?viec=rut",
    "/bai-viet/bai-day-du/danh-gia",
];
const FORM: &str = "application/x-www-form-urlencoded";

fn post(path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    let what = format!("{content_type} to {path}");
    let request = portal().request("POST", path).header("content-type", content_type);
    request.body(body).send().assert_guarded(&what).assert_not_stored()
}

#[test]
fn a_form_with_another_content_type_is_refused() {
    for path in FORMS {
        for content_type in [
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/plain",
            "application/json",
            "application/xml",
            "application/x-www-form-urlencode",
            "form",
            "*/*",
            "; charset=utf-8",
        ] {
            let body =
                "--x\r\nContent-Disposition: form-data; name=\"noi_dung\"\r\n\r\nx\r\n--x--\r\n";
            let answer = post(path, content_type, body);
            assert_eq!(answer.status, 415, "{content_type} to {path}");
        }
        let bare = portal().request("POST", path).body("noi_dung=x").send();
        bare.assert_guarded(path).assert_status(415);
    }
}

#[test]
fn malformed_form_bodies_cause_no_errors() {
    let many: String = (0..20_000).map(|number| format!("truong_{number}=x&")).collect();
    let repeated = "noi_dung=x&".repeat(20_000);
    let nested = format!("noi_dung{}=x", "[a]".repeat(5_000));
    let bodies: [Vec<u8>; 17] = [
        b"".to_vec(),
        b"&".repeat(100_000),
        b"=".repeat(100_000),
        b"%".repeat(100_000),
        b"noi_dung=%FF%FE%C0%AF%ED%A0%80".to_vec(),
        b"noi_dung=\xff\xfe\x00\x01".to_vec(),
        b"noi_dung=%00%01%1B%7F&tieu_de=%00".to_vec(),
        b"noi_dung=%E2%80%AE%E2%80%8B%F0%9F%92%A9&tieu_de=%E2%80%AE".to_vec(),
        "noi_dung=e%CC%81%CC%81%CC%81&ho_ten=a%CC%80".repeat(50).into(),
        b"so_y_kien=-1&so_y_kien=99999999999999999999&loai=gop-y-du-thao&bai=..%2F".to_vec(),
        b"ma_phieu=0-0-0&ma_phieu=&loai=%00&bai=%00&dieu=%00".to_vec(),
        b"ma=%00%00%00%00%00-00000-00000-00000&ma=x".to_vec(),
        b"lien_lac='%20OR%201=1--&co_ich=co;DROP+TABLE+rating&nhan_xet='".to_vec(),
        many.into(),
        repeated.into(),
        nested.into(),
        format!("noi_dung={}", "%CC%80".repeat(30_000)).into(),
    ];
    for path in FORMS {
        for body in &bodies {
            let what: String = String::from_utf8_lossy(body).chars().take(40).collect();
            let answer = post(path, FORM, body.clone());
            assert!(
                matches!(answer.status, 404 | 413 | 422),
                "{what} to {path}: {}",
                answer.status
            );
        }
    }
    for content_type in
        ["application/x-www-form-urlencoded; charset=utf-16", "APPLICATION/X-WWW-FORM-URLENCODED"]
    {
        post("/gop-y", content_type, "noi_dung=x").assert_status(422);
    }
    assert_nothing_panicked(portal(), "bieu-mau");
}

#[test]
fn malformed_form_bodies_cause_no_errors_at_the_desk() {
    let editor = portal().editor();
    let origin = portal().origin();
    for body in
        ["", "&&&", "%", "ma_phien=%FF", "ma_phien=%00&ma_phien=x", &"ma_phien=x&".repeat(20_000)]
    {
        for path in [
            "/bien-tap",
            "/bien-tap/bai-viet",
            "/bien-tap/y-kien",
            "/bien-tap/du-thao/du-thao-tra-loi",
        ] {
            let request = editor.request("POST", path).header("origin", &origin);
            let answer = request.header("content-type", FORM).body(body).send();
            answer.assert_guarded(path).assert_status(409).assert_not_stored();
        }
    }
}

/// The beginning of a form request, up to the body. `length` is the header that announces the length of the body.
fn head(portal: &Portal, path: &str, length: &str) -> Vec<u8> {
    portal.raw_request("POST", path, &format!("Content-Type: {FORM}\r\n{length}\r\n"))
}

fn chunk(content: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", content.len()).as_bytes(), content, b"\r\n"].concat()
}

#[test]
fn an_endless_body_is_refused_at_the_size_limit() {
    for (path, limit) in FORMS.into_iter().zip([256 * 1024, 8 * 1024, 8 * 1024, 32 * 1024]) {
        let head = head(portal(), path, "Transfer-Encoding: chunked");
        // The chunks exceed the limit, and the last chunk never comes.
        let chunks = iter::repeat_n(chunk(&[b'a'; 1024]), limit / 1024 + 1);
        let answer = portal().send_pieces(iter::once(head).chain(chunks)).expect(path);
        answer.assert_guarded(path).assert_status(413).assert_not_stored();
    }
}

#[test]
fn a_form_that_arrives_byte_by_byte_is_accepted() {
    let text = "Gửi từng chữ một.";
    let pairs =
        [("ma_phieu", &*form_token()), ("loai", "gop-y"), ("tieu_de", "Chậm"), ("noi_dung", text)];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let head = head(portal(), "/gop-y", &format!("Content-Length: {}", body.len()));
    let letters = body.into_bytes().into_iter().map(|letter| {
        thread::sleep(Duration::from_millis(2));
        vec![letter]
    });
    let answer = portal().send_pieces(iter::once(head).chain(letters)).expect("an answer");
    answer.assert_guarded("letter by letter").assert_taken();
    assert_eq!(portal().stored(text).len(), 1);
}

#[test]
fn an_incomplete_form_blocks_no_other_request_and_stores_nothing() {
    let text = "Bỏ dở giữa chừng.";
    for _ in 0..20 {
        let head = head(portal(), "/gop-y", "Content-Length: 5000");
        let begin = format!("ma_phieu={}&loai=gop-y&tieu_de=x&noi_dung={text}", form_token());
        portal().send_and_leave(&[head, begin.into_bytes()].concat());
    }
    portal().get("/").assert_status(200);
    portal().get("/gop-y").assert_status(200);
    assert!(portal().stored(text).is_empty());
    assert_nothing_panicked(portal(), "bo-do");
}

#[test]
fn the_body_of_a_get_request_is_ignored() {
    for path in ["/", "/tin-bai", "/tep/ghi-chu.txt", "/gop-y"] {
        let mut request =
            portal().raw_request("GET", path, "Content-Length: 9\r\nContent-Type: x\r\n");
        request.extend_from_slice(b"trang=99&");
        if let Some(answer) = assert_answered_safely(portal().send_bytes(request), path) {
            answer.assert_status(200);
        }
    }
}
