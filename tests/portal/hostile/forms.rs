//! Refused forms: the cheapest check comes first, no store is read, and the form keeps everything that was typed.

use crate::harness::{Answer, Request, form_token, form_token_aged, portal};

const FORM: &str = "application/x-www-form-urlencoded";
const RATING: &str = "/bai-viet/nhieu-03/danh-gia";
const LOOKUP: &str = "/gop-y/tra-cuu";
const WITHDRAWAL: &str = "/gop-y/da-nhan/00000-00000-00000-00000?viec=rut";

/// A letter with this number of combining marks. Normalising a text sorts marks that follow each other, which takes
/// time quadratic in their number unless it is limited.
fn marked(marks: usize) -> String {
    format!("a{}{}", "\u{302}".repeat(marks / 2), "\u{323}".repeat(marks / 2))
}

/// Makes a form request whose last field is not percent-encoded, so that a longer value fits into the maximum size of a
/// form.
fn post(path: &str, others: &str, field: &str, value: &str) -> Request {
    let request = portal().request("POST", path).header("content-type", FORM);
    request.body(format!("{others}&{field}={value}")).fault("counts-store-calls")
}

impl Answer {
    /// Asserts that the form was refused before any store was read.
    #[track_caller]
    fn assert_read_no_store(self, status: u16) -> Self {
        let answer =
            self.assert_guarded("a refused form").assert_status(status).assert_not_stored();
        assert_eq!(answer.header("x-store-calls"), Some("0"));
        answer
    }
}

#[test]
fn a_form_without_an_authentic_token_is_shown_again_as_typed_and_no_store_is_read() {
    let forged = form_token().replace('-', "-0");
    for token in [String::new(), "x".to_owned(), "1-2-3".to_owned(), forged] {
        let text = marked(120_000);
        let page = post("/gop-y", &format!("ma_phieu={token}"), "noi_dung", &text).send();
        // The text is in its original order, so it was not normalised.
        let page = page.assert_read_no_store(422).assert_contains(&text);
        assert_ne!(page.form_token(), token);
    }
    let read = portal().request("GET", "/gop-y?bai=bai-day-du").fault("counts-store-calls").send();
    assert_ne!(
        read.assert_status(200).header("x-store-calls"),
        Some("0"),
        "calls of stores are not counted"
    );
}

#[test]
fn a_form_with_an_authentic_token_is_shown_again_complete_even_if_it_has_expired() {
    for age in [60, 40 * 3600] {
        let token = form_token_aged(age);
        let others = format!("ma_phieu={token}&loai=cau-hoi&ho_ten=Lò+Thị+Mai");
        let page = post("/gop-y", &others, "noi_dung", "Một câu hỏi.").send().assert_status(422);
        page.assert_contains("Một câu hỏi.").assert_contains("Lò Thị Mai");
    }
}

#[test]
fn a_field_that_is_too_long_in_any_normal_form_is_refused_before_it_is_normalised() {
    let others = format!("ma_phieu={}&loai=gop-y", form_token());
    let text = marked(120_000);
    post("/gop-y", &others, "noi_dung", &text)
        .send()
        .assert_read_no_store(422)
        .assert_contains("Nội dung dài 120.001 ký tự")
        .assert_contains(&text);
    for (others, field) in
        [(others.as_str(), "ho_ten"), (&format!("{others}-du-thao"), "noi_dung_3")]
    {
        let text = marked(61_000);
        let page = post("/gop-y", others, field, &text).send().assert_read_no_store(422);
        page.assert_contains("61.001 ký tự").assert_contains(&format!("href=\"#{field}\""));
    }
    // This field is hidden, so nobody types into it.
    post("/gop-y", &others, "bai", &marked(700)).send().assert_read_no_store(413);

    let text = marked(6_000);
    let page = post(RATING, "co_ich=co", "nhan_xet", &text).send().assert_read_no_store(422);
    page.assert_contains("dài quá 500 ký tự").assert_contains(&text);
    let page = post(RATING, "co_ich=co&ngon_ngu=en", "nhan_xet", &text).send();
    page.assert_read_no_store(422).assert_contains("lang=\"en\"");
    for (path, field) in [(LOOKUP, "ma"), (WITHDRAWAL, "lien_lac")] {
        let text = marked(3_000);
        post(path, "", field, &text).send().assert_read_no_store(422).assert_contains(&text);
    }
}

#[test]
fn a_form_of_the_desk_is_checked_in_the_same_order() {
    let editor = portal().editor();
    let origin = portal().origin();
    let token = &editor.get("/bien-tap").field("ma_phien");
    let text = marked(200_000);
    let post = |token: &str, origin: &str| {
        let request = editor.request("POST", "/bien-tap").header("origin", origin);
        let request = request.header("content-type", FORM).fault("counts-store-calls");
        request.body(format!("ma_phien={token}&ghi_chu={text}")).send()
    };
    post(token, "https://noi-khac.example").assert_read_no_store(403);
    post("khac", &origin).assert_read_no_store(409).assert_contains(&text);
    post(token, &origin).assert_read_no_store(422).assert_contains(&text).assert_lacks("Gửi lại");
    // The same without a sign-in.
    let unsigned = portal().request("POST", "/bien-tap").header("content-type", FORM);
    let unsigned = unsigned.fault("counts-store-calls").body(format!("ghi_chu={text}"));
    unsigned.send().assert_read_no_store(401).assert_contains(&text);
}

#[test]
fn checks_of_forms_run_in_a_fixed_order() {
    let large = "x".repeat(600_000);
    let send = |origin: &str, content_type: &str, body: &str, address: &str| {
        let request = portal().request("POST", "/gop-y").header("origin", origin).from(address);
        let request = request.header("content-type", content_type).fault("counts-store-calls");
        request.body(body).send()
    };
    let own = portal().origin();
    let busy = "203.0.113.90";
    let wait = (0..500).find(|_| send(&own, FORM, "noi_dung=x", busy).status == 429);
    assert!(wait.is_some());
    send("https://example.com", "text/plain", &large, busy).assert_read_no_store(403);
    send(&own, "text/plain", &large, busy).assert_read_no_store(415);
    send(&own, FORM, &large, busy).assert_read_no_store(413);
    let text = marked(120_000);
    let page = send(&own, FORM, &format!("noi_dung={text}"), busy).assert_read_no_store(429);
    page.assert_contains("Hãy đợi một phút").assert_contains(&text);
    let page = send(&own, FORM, &format!("noi_dung={text}"), "203.0.113.91");
    page.assert_read_no_store(422).assert_contains("Hãy bấm gửi lại một lần nữa");
}
