//! Parses documents: decodes the bytes from KV, distinguishes TOML and JSON form, and separates front matter and
//! body.

use super::node::{self, Table};
use super::problem::{Cause, Lines, Place, Problem, Severity};
use super::{Article, Rules, fields, json_form, toml_form};
use crate::vietnamese::unix_lines;

/// The maximum size of a document, in bytes: about 250,000 words.
pub const MAX_DOCUMENT_BYTES: usize = 2 * 1024 * 1024;

/// The maximum number of problems that are reported. More would not help to fix the first ones.
pub(super) const MAX_PROBLEMS: usize = 50;

/// The maximum size of the front matter, or of all fields except the body in JSON form, in bytes. Two hundred
/// attachments with long titles take about 50 kB.
pub(super) const MAX_FIELDS_BYTES: usize = 256 * 1024;

/// A valid document, with warnings for its editor.
#[derive(Debug)]
pub struct Parsed {
    pub article: Article,
    pub warnings: Vec<Problem>,
}

/// A document that is split into fields and body, before the fields are checked.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    text: &'a str,
    fields: Table,
    /// The Markdown after the front matter; `None` in JSON form, where the body is a field.
    pub body: Option<&'a str>,
}

/// Parses a document in TOML or JSON form. A document that breaks a rule of the office is as invalid as one that
/// cannot be parsed.
///
/// # Errors
/// The problems, errors before warnings and each in the order of lines. The first one is an error.
pub fn parse(bytes: &[u8], rules: &Rules) -> Result<Parsed, Vec<Problem>> {
    let text = text(bytes).map_err(|problem| vec![problem])?;
    Source::of(&text).map_err(|problem| vec![problem])?.read(rules)
}

impl<'a> Source<'a> {
    /// Splits the text of a document.
    ///
    /// # Errors
    /// The document has neither form, or a syntax error.
    pub fn of(text: &'a str) -> Result<Self, Problem> {
        let (fields, body) = split(text)?;
        Ok(Self { text, fields, body })
    }

    /// Checks the fields and makes the article.
    ///
    /// # Errors
    /// Those of [`parse`].
    pub fn read(self, rules: &Rules) -> Result<Parsed, Vec<Problem>> {
        let (article, mut problems) = fields::read(self.text, self.fields, self.body, rules);
        problems.sort_by_key(|problem| (problem.severity, problem.line));
        problems.truncate(MAX_PROBLEMS);
        match article {
            Some(article) if problems.iter().all(|p| p.severity == Severity::Warning) => {
                Ok(Parsed { article, warnings: problems })
            }
            _ => Err(problems),
        }
    }

    /// The position of a field's value. List items are counted from 1, as in `attachments[2].file`.
    pub fn place(&self, path: &str) -> Option<Place> {
        node::find(&self.fields, path).map(|node| node.place.clone())
    }
}

/// Decodes a document. Line ends become `\n`, and a byte order mark is removed.
///
/// # Errors
/// The document is too large, or not UTF-8.
pub fn text(bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(Problem::of_document(Cause::TooLarge { max: MAX_DOCUMENT_BYTES }));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || bytes.contains(&0) {
        return Err(Problem::of_document(Cause::Utf16));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let valid = bytes.get(..at).unwrap_or_default();
        let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
        Problem::error(Place { line, span: at..at }, None, Cause::NoUtf8)
    })?;
    Ok(unix_lines(text))
}

/// Splits a text into its fields and the Markdown after the front matter, which is `None` in JSON form.
fn split(text: &str) -> Result<(Table, Option<&str>), Problem> {
    let start = text.len() - text.trim_start().len();
    let rest = text.get(start..).unwrap_or_default();
    if rest.starts_with('{') {
        return Ok((json_form::parse(text)?, None));
    }

    let first_line = rest.lines().next().unwrap_or_default();
    let first_span = start..start + first_line.len();
    let broken = |cause| Problem::error(Lines::of(text).place(first_span.clone()), None, cause);
    let Some((_, after)) = rest.split_once('\n').filter(|(line, _)| is_fence(line)) else {
        return Err(broken(Cause::NoFrontMatter));
    };
    let front_matter_start = text.len() - after.len();
    let mut front_matter_end = 0;
    for line in after.split_inclusive('\n') {
        let next = front_matter_end + line.len();
        if is_fence(line) {
            if front_matter_end > MAX_FIELDS_BYTES {
                return Err(broken(Cause::FieldsTooLarge { max: MAX_FIELDS_BYTES }));
            }
            let span = front_matter_start..front_matter_start + front_matter_end;
            return Ok((toml_form::parse(text, span)?, after.get(next..)));
        }
        front_matter_end = next;
    }
    Err(broken(Cause::OpenFrontMatter))
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "+++"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::periods::MinimumPeriod;
    use crate::vietnamese::Written;

    const MINIMAL: &str = "+++\ntitle = \"Một\"\nupdated = 2019-07-05T09:30:33+07:00\nauthor = \"An\"\n+++\nNội dung.\n";

    /// Parses without rules of an office.
    fn parse(bytes: &[u8]) -> Result<Parsed, Vec<Problem>> {
        super::parse(bytes, &Rules::default())
    }

    fn problems(document: &str) -> Vec<String> {
        parse(document.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_minimal_document_gets_its_defaults() {
        let article = parse(MINIMAL.as_bytes()).unwrap().article;
        assert_eq!(article.title, "Một");
        assert_eq!(article.updated.date_time(), "05/07/2019 09:30:33");
        assert_eq!(article.published, article.updated);
        assert_eq!(article.summary, "Nội dung.");
        assert_eq!(article.lang, "vi");
        assert!(!article.draft && !article.pinned);
        assert_eq!(article.category, None);
    }

    #[test]
    fn only_the_first_of_very_many_problems_are_kept_errors_before_warnings() {
        let unknown: String = (0..100).map(|n| format!("truong{n} = 1\n")).collect();
        let found = problems(&format!("+++\n{unknown}title = 7\n+++\nx\n"));
        assert_eq!(found.len(), 50);
        assert!(found[..3].iter().any(|p| p.starts_with("dòng 102, trường “title”")), "{found:?}");
        assert!(found[3].contains("truong0"), "{found:?}");
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
        let from_windows = format!("\u{FEFF}{}", MINIMAL.replace('\n', "\r\n"));
        let expected = parse(MINIMAL.as_bytes()).unwrap().article;
        assert_eq!(parse(from_windows.as_bytes()).unwrap().article, expected);
    }

    #[test]
    fn both_forms_give_the_same_article() {
        let toml = r#"+++
title = "Lấy ý kiến dự thảo"
updated = 2026-11-10T08:00:00+07:00
author = "Ban Biên tập"
published = 2026-11-09
source = "Công báo"
summary = "Tóm tắt."
category = "Văn bản"
lang = "vi"
draft = true
publish_at = 2026-12-01T08:00:00
pinned = true
image = { file = "anh.webp", alt = "Ảnh" }
audio = { file = "bai-doc.mp3", title = "Bài đọc" }
aliases = ["bai-cu", "/SitePages/Tin.aspx?ItemID=7"]
[[attachments]]
file = "du-thao.pdf"
title = "Dự thảo"
[[changes]]
date = 2026-11-10
note = "Sửa số liệu"
[document]
number = "27/QĐ-LHH"
kind = "Quyết định"
issued_on = 2026-11-08
issuer = "Liên hiệp Hội"
signer = "Nguyễn Văn An"
[notice]
from = 2026-11-10
until = 2026-11-20
[consultation]
opens = 2026-11-10T08:00:00+07:00
closes = 2026-12-31
unit = "Ban Tư vấn"
email = "gop-y@example.vn"
phone = "0200 123 456"
address = "Số 1"
issued = "quyet-dinh"
[[consultation.extended]]
from = 2026-12-21
on = 2026-12-18T09:00:00
note = "Theo đề nghị của hội viên"
+++
Nội dung.
"#;
        let json = r#"{
"title": "Lấy ý kiến dự thảo", "updated": "2026-11-10T08:00:00+07:00",
"author": "Ban Biên tập", "published": "2026-11-09", "source": "Công báo",
"summary": "Tóm tắt.", "category": "Văn bản", "lang": "vi", "draft": true,
"publish_at": "2026-12-01T08:00:00", "pinned": true,
"image": {"file": "anh.webp", "alt": "Ảnh"},
"audio": {"file": "bai-doc.mp3", "title": "Bài đọc"},
"aliases": ["bai-cu", "/SitePages/Tin.aspx?ItemID=7"],
"attachments": [{"file": "du-thao.pdf", "title": "Dự thảo"}],
"changes": [{"date": "2026-11-10", "note": "Sửa số liệu"}],
"document": {"number": "27/QĐ-LHH", "kind": "Quyết định", "issued_on": "2026-11-08",
  "issuer": "Liên hiệp Hội", "signer": "Nguyễn Văn An"},
"notice": {"from": "2026-11-10", "until": "2026-11-20"},
"consultation": {"opens": "2026-11-10T08:00:00+07:00", "closes": "2026-12-31",
  "unit": "Ban Tư vấn", "email": "gop-y@example.vn", "phone": "0200 123 456",
  "address": "Số 1", "issued": "quyet-dinh", "extended": [
    {"from": "2026-12-21", "on": "2026-12-18T09:00:00", "note": "Theo đề nghị của hội viên"}]},
"body": "Nội dung.\n"
}"#;
        let from_toml = parse(toml.as_bytes()).unwrap();
        let from_json = parse(json.as_bytes()).unwrap();
        assert_eq!(from_toml.article, from_json.article);
        assert!(from_toml.warnings.is_empty(), "{:?}", from_toml.warnings);

        let consultation = from_toml.article.consultation.unwrap();
        assert_eq!(consultation.closes.date_time(), "31/12/2026 23:59:59");
        let extension = &consultation.extended[0];
        assert_eq!(extension.from.date_time(), "21/12/2026 23:59:59");
        assert_eq!(extension.on.date_time(), "18/12/2026 09:00:00");
        assert_eq!(from_toml.article.category.unwrap().slug, "van-ban");
        let published = Written::parse("2026-11-09").unwrap().start();
        assert_eq!(from_toml.article.published, published);
    }

    #[test]
    fn text_comes_out_in_normal_form_c_in_both_forms() {
        let decomposed = "Đe\u{302}\u{300} nghi\u{323}";
        let toml = MINIMAL.replace("Một", decomposed).replace("Nội dung", decomposed);
        let article = parse(toml.as_bytes()).unwrap().article;
        assert_eq!((article.title.as_str(), article.body.trim()), ("Đề nghị", "Đề nghị."));

        let json = r#"{"title": "\u0110e\u0302\u0300 nghi\u0323", "updated": "2019-07-05",
            "author": "An", "body": "nghi\u0323"}"#;
        let article = parse(json.as_bytes()).unwrap().article;
        assert_eq!((article.title.as_str(), article.body.as_str()), ("Đề nghị", "nghị"));
    }

    #[test]
    fn every_problem_is_named_with_its_line_and_field() {
        let document = "+++\ntitle = \"\"\nupdated = \"hôm qua\"\ndraft = \"không\"\n\n[consultation]\nopens = 2026-12-01\ncloses = 2026-11-01\n+++\n";
        assert_eq!(
            problems(document),
            [
                "dòng 1, trường “author”: bắt buộc phải có",
                "dòng 2, trường “title”: không được để trống",
                "dòng 3, trường “updated”: không phải thời điểm; viết như 2019-07-05T09:30:33+07:00 hoặc 2019-07-05",
                "dòng 4, trường “draft”: phải là true hoặc false, không phải chuỗi ký tự trong dấu nháy",
                "dòng 6, trường “consultation.unit”: bắt buộc phải có",
                "dòng 8, trường “consultation.closes”: phải sau thời điểm “opens”",
            ]
        );
    }

    fn with_fields(fields: &str) -> String {
        MINIMAL.replace("\"An\"\n", &format!("\"An\"\n{fields}\n"))
    }

    /// The problems of a draft with these fields, if the rules demand twenty days.
    fn problems_of_draft(fields: &str) -> Vec<String> {
        let rules = Rules { consultation: MinimumPeriod::parse("20 ngày; Luật X") };
        let problems =
            super::parse(with_fields(fields).as_bytes(), &rules).err().unwrap_or_default();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_draft_that_is_open_too_short_is_wrong_in_the_line_of_its_closing() {
        let draft = "[consultation]\nunit = \"Ban\"\nopens = 2026-12-01T08:00:00\n";
        for closes in ["2026-12-21", "2026-12-21T23:59:59", "2027-01-15T17:00:00"] {
            assert!(problems_of_draft(&format!("{draft}closes = {closes}")).is_empty(), "{closes}");
        }
        for closes in ["2026-12-20", "2026-12-21T23:59:58", "2026-12-21T17:00:00"] {
            let found = problems_of_draft(&format!("{draft}closes = {closes}"));
            assert_eq!(found.len(), 1, "{closes}: {found:?}");
            let start = "dòng 8, trường “consultation.closes”: thời gian lấy ý kiến quá ngắn: mở lúc \
                         01/12/2026 08:00:00 thì sớm nhất đóng lúc 21/12/2026 23:59:59";
            assert!(found[0].starts_with(start) && found[0].contains("Luật X"), "{found:?}");
        }
        let unchecked = parse(with_fields(&format!("{draft}closes = 2026-12-02")).as_bytes());
        assert!(unchecked.is_ok(), "{unchecked:?}");
    }

    #[test]
    fn a_draft_is_open_from_when_it_can_be_seen_at_the_earliest() {
        let draft = |publish_at: &str, opens: &str| {
            problems_of_draft(&format!(
                "publish_at = {publish_at}\n[consultation]\n{opens}closes = 2026-12-21\nunit = \"Ban\""
            ))
        };
        let opens = "opens = 2026-11-20\n";
        assert!(draft("2026-12-01T23:59:59", opens).is_empty());
        let found = draft("2026-12-02T00:00:00", opens);
        assert!(found[0].contains("mở lúc 02/12/2026 00:00:00 thì sớm nhất đóng lúc 22/12/2026"));
        // Without `opens`, a draft opens when it is first shown.
        assert!(draft("2026-12-01T08:00:00", "").is_empty());
        assert_eq!(draft("2026-12-02T08:00:00", "").len(), 1);
    }

    #[test]
    fn extensions_are_in_order_and_the_last_deadline_is_the_one_that_is_measured() {
        let draft = |extended: &str| {
            problems_of_draft(&format!(
                "[consultation]\nunit = \"Ban\"\nopens = 2026-12-01\ncloses = 2026-12-31\n{extended}"
            ))
        };
        let extension =
            |from: &str, on: &str| format!("[[consultation.extended]]\nfrom = {from}\non = {on}\n");
        let (first, second) =
            (extension("2026-12-10", "2026-12-09"), extension("2026-12-20", "2026-12-19"));
        assert!(draft(&format!("{first}{second}")).is_empty());
        let wrong = |extended: &str, line: usize, field: &str| {
            let found = draft(extended);
            let start = format!("dòng {line}, trường “consultation.extended[{field}”: ");
            assert!(found.len() == 1 && found[0].starts_with(&start), "{start}: {found:?}");
        };
        wrong(&extension("2026-12-31", "2026-12-09"), 10, "1].from");
        wrong(&extension("2026-11-30", "2026-11-29"), 10, "1].from");
        wrong(&format!("{second}{first}").replace("-09", "-19"), 13, "2].from");
        wrong(&format!("{first}{}", second.replace("-19", "-08")), 14, "2].on");
        wrong("[[consultation.extended]]\nfrom = 2026-12-10\n", 9, "1].on");
    }

    #[test]
    fn json_problems_have_lines_too() {
        let document =
            "{\n\"title\": \"Một\",\n\"updated\": 5,\n\"author\": \"An\",\n\"body\": []\n}";
        assert_eq!(
            problems(document),
            [
                "dòng 3, trường “updated”: phải là thời điểm, không phải số hoặc giá trị rỗng",
                "dòng 5, trường “body”: phải là chuỗi ký tự trong dấu nháy, không phải danh sách",
            ]
        );
        let broken = problems("{\n\"title\": \"Một\",\n\"updated\" 5\n}");
        assert!(broken[0].starts_with("dòng 3: không đúng cú pháp JSON"), "{broken:?}");
    }

    #[test]
    fn a_place_in_json_is_one_between_letters() {
        // The parser rejects the line break after the letter.
        let document = "{\"body\": \"Hạn để\nkiến nghị\"}";
        let problem = parse(document.as_bytes()).unwrap_err().swap_remove(0);
        assert!(document.get(problem.span.clone()).is_some(), "{problem:?}");
        assert!(document[..problem.span.start].ends_with("Hạn đ"), "{problem:?}");
    }

    #[test]
    fn a_syntax_error_in_toml_names_its_line_and_the_likely_cause() {
        for (line, cause) in [
            ("title = “Một”", "dùng dấu nháy thẳng"),
            ("title = \"Một", "thiếu một dấu nháy"),
            ("title Một", "mỗi dòng phải có dạng"),
            ("author = \"An\"\nauthor = \"Bình\"", "trường này đã có ở trên"),
        ] {
            let found = problems(&format!("+++\n{line}\n+++\n"));
            assert!(found[0].starts_with("dòng ") && found[0].contains(cause), "{found:?}");
        }
        assert!(problems("+++\ntitle = “Một”\n+++\n")[0].starts_with("dòng 2: "));
    }

    #[test]
    fn an_unknown_field_is_a_warning_and_names_the_nearest_known_one() {
        let document = MINIMAL.replace("author", "autor = \"x\"\nauthor");
        let parsed = parse(document.as_bytes()).unwrap();
        assert_eq!(
            parsed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["dòng 4, trường “autor”: không có trường này; có phải “author”?"]
        );
    }

    #[test]
    fn other_encodings_and_missing_fences_are_explained() {
        let utf16: Vec<u8> = "+++".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(parse(&utf16).unwrap_err()[0].cause.to_string().contains("UTF-16"));
        let with_mark = [&[0xFF, 0xFE], utf16.as_slice()].concat();
        assert!(parse(&with_mark).unwrap_err()[0].cause.to_string().contains("UTF-16"));
        let legacy = parse(b"+++\ntitle = \"B\xE1o\"\n+++\n").unwrap_err();
        assert_eq!(legacy[0].line, 2);
        assert!(legacy[0].cause.to_string().contains("UTF-8"));
        assert!(problems("Chỉ có chữ")[0].contains("phải bắt đầu bằng dòng +++"));
        assert!(problems("")[0].contains("phải bắt đầu bằng dòng +++"));
        assert!(problems("+++\ntitle = \"Một\"\n")[0].contains("thiếu dòng +++ thứ hai"));
    }

    #[test]
    fn a_body_that_is_too_complex_is_an_error_at_its_line_in_both_forms() {
        let deep = ">".repeat(60_000) + "a\\n";
        let toml = MINIMAL.replace("Nội dung.", &format!("Một.\n\n{deep}"));
        let error = parse(toml.as_bytes()).unwrap_err().swap_remove(0);
        let message = "trích dẫn, danh sách hoặc chú thích lồng nhau quá 50 cấp";
        assert_eq!(error.to_string(), format!("dòng 8: {message}"));
        assert_eq!(&toml[..error.span.start], &toml[..toml.find(">>").unwrap() + 51]);
        let json = format!(
            "{{\"title\": \"Một\", \"updated\": \"2019-07-05\", \"author\": \"An\",\n\"body\": \"{deep}\"}}"
        );
        assert_eq!(problems(&json), [format!("dòng 2, trường “body”: {message}")]);
        let marked = MINIMAL.replace("Nội dung.", &"*a* ".repeat(400_000));
        assert!(
            problems(&marked)[0].ends_with("ô bảng: tối đa 100.000"),
            "{:?}",
            problems(&marked)
        );
    }

    #[test]
    fn fields_without_number_are_refused_and_very_many_are_read_in_good_time() {
        let keys = |count: usize| -> String { (0..count).map(|n| format!("a{n} = 1\n")).collect() };
        assert_eq!(parse(with_fields(&keys(20_000)).as_bytes()).unwrap().warnings.len(), 50);
        assert!(problems(&with_fields(&keys(100_000)))[0].contains("dài hơn 256 KiB"));
        let key = "a".repeat(200_000);
        assert_eq!(parse(with_fields(&format!("{key} = 1")).as_bytes()).unwrap().warnings.len(), 1);
        let json = |members: &str, body: &str| {
            format!(
                "{{\"title\": \"Một\", \"updated\": \"2019-07-05\", \"author\": \"An\", {members} \"body\": \"{body}\"}}"
            )
        };
        assert!(problems(&json(&"\"a\": 1, ".repeat(200_000), ""))[0].contains("dài hơn 256 KiB"));
        assert!(parse(json("", &"một ".repeat(300_000)).as_bytes()).is_ok());
    }

    #[test]
    fn hostile_documents_are_refused_without_a_panic() {
        let deep_json = format!("{{\"a\": {}{} }}", "[".repeat(5_000), "]".repeat(5_000));
        let deep_toml = format!("+++\na = {}{}\n+++\n", "[".repeat(5_000), "]".repeat(5_000));
        for document in
            [deep_json.as_str(), &deep_toml, "{", "{}", "+++\n+++", "[1]", "{\"\u{0}\":1}"]
        {
            assert!(parse(document.as_bytes()).is_err());
        }
        assert!(parse(&vec![b' '; MAX_DOCUMENT_BYTES + 1]).is_err());
    }
}
