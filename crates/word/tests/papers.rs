//! Reads official papers of many layouts and compares them with the expected data. The papers are invented.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::Path;

use cong_core::markdown_writer::ContentBlock;
use cong_core::vietnamese::fold;
use cong_word::{LayoutRules, WordDocument, WordLimits, read};
use serde_json::Value;

fn papers() -> Vec<(String, Vec<u8>, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/papers");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "docx"))
        .collect();
    names.sort();
    names
        .iter()
        .map(|path| {
            let truth = fs::read_to_string(path.with_extension("json")).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap(), serde_json::from_str(&truth).unwrap())
        })
        .collect()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// Whether a field has one of the expected texts, regardless of case and accents.
fn is_one_of(found: Option<&str>, expected: &[String]) -> bool {
    let found = found.map(fold);
    expected.iter().any(|text| Some(fold(text)) == found)
}

fn headings(document: &WordDocument) -> Vec<String> {
    let heading =
        |block: &ContentBlock| matches!(block, ContentBlock::Heading(..)).then(|| block.plain());
    document.content.blocks.iter().filter_map(heading).collect()
}

#[test]
fn fields_and_titles_of_papers_are_read() {
    for (name, bytes, truth) in papers() {
        let document =
            read(&bytes, &name, LayoutRules::OfficialPapers, WordLimits::NATIVE).unwrap();
        let fields = document.document.as_ref().unwrap_or_else(|| panic!("{name} is no paper"));
        for (field, found) in [
            ("number", fields.number.clone()),
            ("kind", fields.kind.clone()),
            ("parent", fields.parent.clone()),
            ("place", fields.place.clone()),
            ("issued_on", fields.issued_on.map(|at| at.day().to_string())),
        ] {
            assert_eq!(found.as_deref(), truth[field].as_str(), "{name}: {field}");
        }
        let issuer = fields.issuer.as_deref();
        assert!(is_one_of(issuer, &texts(&truth["issuers"])), "{name}: {issuer:?}");
        assert_eq!(document.author.as_deref(), issuer, "{name}");
        let titles = texts(&truth["titles"]);
        assert!(is_one_of(Some(&document.title), &titles), "{name}: {}", document.title);
        let signers: Vec<[Option<String>; 3]> = fields
            .signers
            .iter()
            .map(|signer| [&signer.capacity, &signer.position, &signer.name].map(Clone::clone))
            .collect();
        let expected: Vec<_> = truth["signers"].as_array().unwrap().iter().collect();
        assert_eq!(signers.len(), expected.len(), "{name}: {signers:?}");
        for (signer, expected) in signers.iter().zip(expected) {
            for (found, part) in signer.iter().zip(expected.as_array().unwrap()) {
                let part = part.as_str().map(|part| fold(&part.replace(" / ", ", ")));
                assert_eq!(found.as_deref().map(fold), part, "{name}");
            }
        }
    }
}

#[test]
fn parts_of_papers_are_headings_and_quoted_parts_are_not() {
    for (name, bytes, truth) in papers() {
        let document =
            read(&bytes, &name, LayoutRules::OfficialPapers, WordLimits::NATIVE).unwrap();
        let optional = texts(&truth["headings_optional"]);
        let found: Vec<_> =
            headings(&document).into_iter().filter(|text| !optional.contains(text)).collect();
        assert_eq!(found, texts(&truth["headings"]), "{name}");
        for quoted in texts(&truth["not_headings"]) {
            assert!(!found.iter().any(|text| text.contains(&quoted)), "{name}: {quoted}");
        }
    }
}

#[test]
fn text_of_papers_keeps_recipients_and_loses_the_national_title() {
    for (name, bytes, truth) in papers() {
        let document =
            read(&bytes, &name, LayoutRules::OfficialPapers, WordLimits::NATIVE).unwrap();
        let text: Vec<_> = document.content.blocks.iter().map(ContentBlock::plain).collect();
        let text = text.join(" ");
        assert!(!fold(&text).contains("cong hoa xa hoi chu nghia viet nam"), "{name}");
        for recipient in texts(&truth["recipients"]) {
            assert!(text.contains(&recipient), "{name}: {recipient}");
        }
    }
}

#[test]
fn without_layout_rules_papers_keep_all_text() {
    for (name, bytes, _) in papers() {
        let document = read(&bytes, &name, LayoutRules::None, WordLimits::NATIVE).unwrap();
        assert_eq!(document.document, None);
        assert_eq!(document.doubts, []);
        let text: Vec<_> = document.content.blocks.iter().map(ContentBlock::plain).collect();
        let is_in_header = name == "nghi-quyet-hoc-phi-header";
        let is_kept = ["chu nghia viet nam", "dang cong san viet nam"]
            .iter()
            .any(|title| fold(&text.join(" ")).contains(title));
        assert_eq!(is_kept, !is_in_header, "{name}");
    }
}
