//! Parses documents in TOML and JSON form.

use super::decode::{split, text};
use super::fields;
use super::limits::MAX_PROBLEMS;
use super::model::Article;
use super::node::{self, FieldTable};
use super::problem::{DocumentPosition, DocumentProblem, Severity};
use super::rules::DocumentRules;
use crate::order::sort_by_key;

/// A valid document as an article, with warnings for its editor.
#[derive(Debug)]
pub struct ParsedDocument {
    pub article: Article,
    pub warnings: Vec<DocumentProblem>,
}

/// A document that is split into fields and body, before the fields are checked.
#[derive(Clone, Debug)]
pub struct UncheckedDocument<'a> {
    text: &'a str,
    fields: FieldTable,
    /// The Markdown after the front matter; `None` in JSON form, where the body is one of the fields.
    pub body: Option<&'a str>,
}

/// Parses a document in TOML or JSON form. A document that breaks one of the office's `rules` is invalid, like one with
/// a syntax error.
///
/// # Errors
/// Returns the problems of the document: first the errors, then the warnings, each sorted by line. There is at least
/// one error.
pub fn parse(bytes: &[u8], rules: &DocumentRules) -> Result<ParsedDocument, Vec<DocumentProblem>> {
    let text = text(bytes).map_err(|problem| vec![problem])?;
    UncheckedDocument::of(&text).map_err(|problem| vec![problem])?.read(rules)
}

impl<'a> UncheckedDocument<'a> {
    /// Splits the text of a document.
    ///
    /// # Errors
    /// The document is neither in TOML nor in JSON form, or has a syntax error.
    pub fn of(text: &'a str) -> Result<Self, DocumentProblem> {
        let (fields, body) = split(text)?;
        Ok(Self { text, fields, body })
    }

    /// Checks the fields and makes the article.
    ///
    /// # Errors
    /// Returns the same problems as [`parse`].
    pub fn read(self, rules: &DocumentRules) -> Result<ParsedDocument, Vec<DocumentProblem>> {
        let (article, mut problems) = fields::read(self.text, self.fields, self.body, rules);
        sort_by_key(&mut problems, |problem| (problem.severity, problem.line));
        problems.truncate(MAX_PROBLEMS);
        match article {
            Some(article) if problems.iter().all(|p| p.severity == Severity::Warning) => {
                Ok(ParsedDocument { article, warnings: problems })
            }
            _ => Err(problems),
        }
    }

    /// The position of the value of the field `path`. List items are counted from 1, as in `attachments[2].file`.
    pub fn place(&self, path: &str) -> Option<DocumentPosition> {
        node::find(&self.fields, path).map(|node| node.place.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::MAX_DOCUMENT_BYTES;
    use super::*;
    use crate::vietnamese::WrittenTime;

    const MINIMAL: &str = "+++\ntitle = \"Một\"\nupdated = 2019-07-05T09:30:33+07:00\nauthor = \"An\"\n+++\nNội dung.\n";

    /// Parses a document without rules of an office.
    fn parse(bytes: &[u8]) -> Result<ParsedDocument, Vec<DocumentProblem>> {
        super::parse(bytes, &DocumentRules::default())
    }

    fn problems(document: &str) -> Vec<String> {
        parse(document.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn minimal_document_has_default_values() {
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
    fn problems_are_limited_to_50_with_errors_first() {
        let unknown: String = (0..100).map(|n| format!("truong{n} = 1\n")).collect();
        let found = problems(&format!("+++\n{unknown}title = 7\n+++\nx\n"));
        assert_eq!(found.len(), 50);
        assert!(found[..3].iter().any(|p| p.starts_with("dòng 102, trường “title”")), "{found:?}");
        assert!(found[3].contains("truong0"), "{found:?}");
    }

    #[test]
    fn byte_order_mark_and_crlf_are_ignored() {
        let from_windows = format!("\u{FEFF}{}", MINIMAL.replace('\n', "\r\n"));
        let expected = parse(MINIMAL.as_bytes()).unwrap().article;
        assert_eq!(parse(from_windows.as_bytes()).unwrap().article, expected);
    }

    #[test]
    fn toml_and_json_forms_give_the_same_article() {
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
parent = "Liên hiệp Hội Việt Nam"
place = "Sơn Lâm"
signers = [
  { capacity = "KT. Chủ tịch", position = "Phó Chủ tịch", name = "Nguyễn Văn An" },
  { name = "Hà Thị Vân" },
]
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
  "issuer": "Liên hiệp Hội", "parent": "Liên hiệp Hội Việt Nam", "place": "Sơn Lâm", "signers": [
    {"capacity": "KT. Chủ tịch", "position": "Phó Chủ tịch", "name": "Nguyễn Văn An"},
    {"name": "Hà Thị Vân"}]},
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

        let document = from_toml.article.document.unwrap();
        assert_eq!(
            document.signer_texts(),
            ["KT. Chủ tịch, Phó Chủ tịch Nguyễn Văn An", "Hà Thị Vân"]
        );
        assert_eq!(document.parent.as_deref(), Some("Liên hiệp Hội Việt Nam"));
        assert_eq!(document.place.as_deref(), Some("Sơn Lâm"));
        let consultation = from_toml.article.consultation.unwrap();
        assert_eq!(consultation.closes.date_time(), "31/12/2026 23:59:59");
        let extension = &consultation.extended[0];
        assert_eq!(extension.from.date_time(), "21/12/2026 23:59:59");
        assert_eq!(extension.on.date_time(), "18/12/2026 09:00:00");
        assert_eq!(from_toml.article.category.unwrap().slug, "van-ban");
        let published = WrittenTime::parse("2026-11-09").unwrap().start();
        assert_eq!(from_toml.article.published, published);
    }

    #[test]
    fn text_is_in_normal_form_c_in_both_forms() {
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
    fn problems_have_line_and_field() {
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

    #[test]
    fn json_problems_have_line_and_field() {
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
    fn json_positions_are_character_boundaries() {
        // The parser rejects the line break after the letter.
        let document = "{\"body\": \"Hạn để\nkiến nghị\"}";
        let problem = parse(document.as_bytes()).unwrap_err().swap_remove(0);
        assert!(document.get(problem.span.clone()).is_some(), "{problem:?}");
        assert!(document[..problem.span.start].ends_with("Hạn đ"), "{problem:?}");
    }

    #[test]
    fn toml_syntax_errors_have_line_and_likely_cause() {
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
    fn unknown_fields_are_warnings_with_a_suggestion() {
        let document = MINIMAL.replace("author", "autor = \"x\"\nauthor");
        let parsed = parse(document.as_bytes()).unwrap();
        assert_eq!(
            parsed.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["dòng 4, trường “autor”: không có trường này; có phải “author”?"]
        );
    }

    #[test]
    fn other_encodings_and_missing_fences_have_messages() {
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
    fn complex_bodies_are_errors_in_both_forms() {
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
    fn number_of_fields_is_limited() {
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
    fn malformed_documents_are_refused_without_a_panic() {
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
