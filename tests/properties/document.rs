//! Documents: any bytes give either an article that is safe to show, or a list of problems.

use cong_core::article::{
    Article, BaseUrl, DocumentRules, Labels, OwnPage, Severity, is_file_name, is_slug, outline,
    parse, pictures, plain_text, render, render_own_page, sections, text,
};
use cong_core::vietnamese::single_line;

use crate::html;

const SITE: &str = "https://cong.example";
const PATH: &str = "/bai-viet/mot";
const LABELS: Labels =
    Labels { table: "Bảng", footnotes: "Chú thích", back_to_text: "Quay lại chú thích" };

/// Parses bytes as a document, and renders it in every way in which the portal shows articles.
pub fn check(bytes: &[u8]) {
    let article = match parse(bytes, &DocumentRules::default()) {
        Ok(parsed) => {
            assert!(parsed.warnings.iter().all(|problem| problem.severity == Severity::Warning));
            parsed.article
        }
        Err(problems) => {
            assert_eq!(problems.first().map(|problem| problem.severity), Some(Severity::Error));
            assert!(problems.is_sorted_by_key(|problem| (problem.severity, problem.line)));
            let Ok(text) = text(bytes) else { return };
            for problem in problems {
                assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
                assert!((1..=text.split('\n').count()).contains(&problem.line), "{problem:?}");
                assert!(!problem.to_string().is_empty());
            }
            return;
        }
    };
    check_fields(&article);
    check_body(&article.body);
}

fn check_fields(article: &Article) {
    for line in [&article.title, &article.author] {
        assert!(!line.is_empty() && !line.contains(char::is_control), "{line:?}");
    }
    assert!(!article.summary.contains(char::is_control), "{:?}", article.summary);
    assert!(article.category.as_ref().is_none_or(|category| is_slug(&category.slug)));
    assert!(article.aliases.iter().all(|alias| alias.starts_with('/') || is_slug(alias)));
    let attached = article.attachments.iter().map(|attachment| attachment.file.clone());
    for file in attached.chain(pictures(article)) {
        assert!(is_file_name(&file), "{file:?}");
    }
    let signers = article.document.iter().flat_map(|document| &document.signers);
    for signer in signers {
        assert!(signer.position.is_some() || signer.name.is_some(), "{signer:?}");
    }
    if let Some(consultation) = &article.consultation {
        assert!(consultation.opens < consultation.closes);
    }
}

/// Renders Markdown in every way in which the portal shows the body of an article.
pub fn check_body(body: &str) {
    let page = format!("{SITE}{PATH}");
    let own_page = OwnPage { beside: None, size_of: &|_| None };
    for shown in [render(body, &LABELS, None), render_own_page(body, &LABELS, own_page)] {
        html::check(&shown.html, SITE, &page);
        for heading in &shown.headings {
            assert!((2..=6).contains(&heading.level));
            assert!(shown.html.contains(&format!(" id=\"{}\"", heading.id)), "{heading:?}");
            assert!(!heading.id.is_empty() && !heading.id.contains(['_', ' ']), "{heading:?}");
        }
    }
    let elsewhere = render(body, &LABELS, Some(BaseUrl { site: SITE, path: PATH })).html;
    html::check(&elsewhere, SITE, "https://doc.example/tin");
    let plain = plain_text(body, 1000);
    assert_eq!(single_line(&plain), plain);
    outline(body);
    sections(body, &LABELS);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// Lines made of Markdown syntax and other text.
    fn any_body() -> impl Strategy<Value = String> {
        let inline = prop_oneof![
            r"[a-zà-ỹ ]{0,6}",
            r"\|\||\^\^|\*|\*\*|_|~~|`|\[|\]|\(|\)|!\[|\]\(|<|>|&|&amp;|&#[0-9]{1,4};|\\|:|\|",
            r"\[\^[ab]\]|\[x\[\^a\]\]\(/a\)|\[!\[x\]\(a\.png\)\]\(b\)|\[x\]\(/a\)|!\[x\]\(a\.png\)|\[x\]\(#muc\)|<https://a\.vn>|<a@b\.vn>",
            r"\]\((javascript|JavaScript|data|vbscript|http|mailto|tel):[a-z/(1)]{0,8}( .x.)?\)",
            r"<(script|img|a|/a|/p|b|!--|\?|style|svg onload=x)[ >]?|-->|\]\]>",
            any::<char>().prop_map(String::from),
        ];
        let text = prop::collection::vec(inline, 0..8).prop_map(|parts| parts.concat());
        let begin = r" {0,6}|(> ?){0,3}|[*+-] |[0-9]{1,2}[.)] |#{1,7} |\[\^[ab]\]: |\[x\]: |\||:::( lang=[a-z]{0,3})?|\
                      ```|~~~|---|===|\|-\||\|:-:\|--:\||\| a \|\||\| \^\^ \||    |\t|<script>|<div>|</div>|<!--";
        let line = (begin, text).prop_map(|(begin, text)| format!("{begin}{text}"));
        prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
    }

    fn any_line() -> impl Strategy<Value = String> {
        prop_oneof!["[a-zà-ỹĐ \"'\\\\]{1,12}", "\\PC{1,12}"]
    }

    #[test]
    fn the_seeds_of_the_fuzzer_are_safe_to_show() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/document");
        for entry in std::fs::read_dir(folder).unwrap() {
            let seed = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            check(seed.as_bytes());
            check_body(&seed);
            check_body(&seed.repeat(20));
        }
    }

    proptest! {
        #[test]
        fn any_markdown_is_safe_to_show(body in any_body()) {
            check_body(&body);
        }
    }

    proptest! {
        // Each case renders the document twice.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_toml_and_the_json_form_of_a_document_give_the_same_article(
            title in any_line(), author in any_line(), summary in any_line(), category in any_line(),
            draft: bool, day in 1..=28_u32, body in any_body()
        ) {
            let updated = format!("2026-02-{day:02}");
            let fields = json!({
                "title": title, "author": author, "summary": summary, "category": category, "draft": draft,
                "updated": updated,
            });
            let mut as_json = fields.clone();
            as_json["body"] = json!(body);
            let as_toml: toml::Table = serde_json::from_value(fields).unwrap();
            let as_toml = format!("+++\n{}+++\n{body}", toml::to_string(&as_toml).unwrap());
            let as_json = as_json.to_string();
            check(as_json.as_bytes());
            check(as_toml.as_bytes());
            // The article, or the fields with mistakes.
            let read = |document: &str| -> Result<Article, BTreeSet<Option<String>>> {
                let read = parse(document.as_bytes(), &DocumentRules::default()).map(|parsed| parsed.article);
                read.map_err(|problems| problems.into_iter().map(|problem| problem.field).collect())
            };
            // NUL is allowed only in JSON, as an escape sequence.
            prop_assume!(!body.contains('\0'));
            prop_assert_eq!(read(&as_json), read(&as_toml));
        }
    }

    proptest! {
        #[test]
        fn a_malformed_document_has_a_list_of_problems(
            front in r#"([a-z_]{1,9} ?= ?("[^"\n]{0,6}"?|[0-9-]{0,10}|\[|\{|true|'x'|\PC{0,4})\n|\[{1,2}[a-z]{1,9}\]{0,2}\n){0,6}"#,
            is_closed: bool, body in "\\PC{0,20}"
        ) {
            let fence = if is_closed { "+++\n" } else { "" };
            check(format!("+++\n{front}{fence}{body}").as_bytes());
            check(front.as_bytes());
            check(format!("{{{front}").as_bytes());
        }

        #[test]
        fn arbitrary_bytes_pass_the_check(bytes: Vec<u8>, head in prop::sample::select(vec![&b""[..], b"+++\n", b"{", b"\xEF\xBB\xBF", b"\xFF\xFE"])) {
            check(&[head, &bytes].concat());
        }
    }
}
