//! Completes an imported document and writes it as text, with its fields and its body cut to the lengths that the
//! portal accepts.

use std::collections::HashSet;

use cong_core::article::{DocumentRules, MAX_SLUG_CHARS, parse};
use cong_core::markdown_writer;
use cong_core::vietnamese::{Timestamp, nfc, single_line, slug, truncate_at_word};
use serde::Serialize;
use toml::value::Datetime;

use super::field_lengths::{
    MAX_ITEMS, MAX_LINE_CHARS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS, cut_line,
};
use super::imported_document::ImportedDocument;
use super::legal_document::LegalDocumentFields;
use super::links::DocumentFiles;
use super::report::Doubt;

#[derive(Serialize)]
struct DocumentFields {
    title: String,
    updated: Datetime,
    author: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    draft: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<ImageField>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentField>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<LegalDocumentFields>,
}

#[derive(Serialize)]
struct ImageField {
    file: String,
    alt: String,
}

#[derive(Serialize)]
struct AttachmentField {
    file: String,
    title: String,
}

/// Values for the fields that a source does not give.
#[derive(Clone, Debug, Default)]
pub struct FieldDefaults {
    pub author: Option<String>,
    pub category: Option<String>,
    /// Whether every document is marked as a draft article.
    pub is_draft: bool,
}

/// Changes the title, author and times of a document so that the portal accepts them, and adds each assumption to the
/// document's report.
pub fn complete(document: &mut ImportedDocument, defaults: &FieldDefaults) {
    let title = single_line(&nfc(&document.title));
    document.title = truncate_at_word(&title, MAX_TITLE_CHARS);
    if document.title != title {
        document.report.doubt(Doubt::TitleCut);
    }
    if document.author.is_none() {
        let author = defaults.author.clone().unwrap_or_else(|| "Ban Biên tập".to_owned());
        document.report.doubt(Doubt::NoAuthor(author.clone()));
        document.author = Some(author);
    }
    document.category = document.category.take().or_else(|| defaults.category.clone());
    if document.updated.is_none() && document.published.is_none() {
        let time = document.file_time.unwrap_or(Timestamp(0));
        document.report.doubt(Doubt::NoTime(time.date_time()));
        document.updated = Some(time);
        document.is_draft = true;
    }
    document.is_draft |= defaults.is_draft;
}

/// Returns the document as text: its fields as TOML, then its body as Markdown.
///
/// # Errors
/// Returns the reason why the portal would reject the document.
pub fn write(document: &mut ImportedDocument, files: DocumentFiles) -> Result<String, String> {
    document.content.relevel();
    let published = document.published.or(document.updated);
    let updated = document.updated.max(published).unwrap_or(Timestamp(0));
    let line = |text: &Option<String>, max_chars| cut_line(text.as_deref(), max_chars);
    let category = line(&document.category, MAX_TITLE_CHARS).filter(|name| !slug(name).is_empty());
    let legal_document = document.legal_document.as_ref().map(LegalDocumentFields::of);
    let legal_document = legal_document.transpose().map_err(|error| error.to_string())?.flatten();
    let fields = DocumentFields {
        title: document.title.clone(),
        updated: time(updated)?,
        author: line(&document.author, MAX_LINE_CHARS).unwrap_or_default(),
        published: published.filter(|published| *published != updated).map(time).transpose()?,
        source: line(&document.source, MAX_LINE_CHARS),
        summary: line(&document.summary, MAX_SUMMARY_CHARS),
        category,
        lang: document.lang.clone(),
        draft: document.is_draft,
        aliases: document.aliases.iter().take(MAX_ITEMS).cloned().collect(),
        image: files.image.map(|file| ImageField { file, alt: String::new() }),
        attachments: files
            .attachments
            .into_iter()
            .take(MAX_ITEMS)
            .map(|(file, title)| AttachmentField {
                file,
                title: truncate_at_word(&single_line(&nfc(&title)), MAX_TITLE_CHARS),
            })
            .collect(),
        document: legal_document,
    };
    let front_matter = toml::to_string(&fields).map_err(|error| error.to_string())?;
    let text =
        nfc(&format!("+++\n{front_matter}+++\n\n{}", markdown_writer::write(&document.content)))
            .into_owned();
    match parse(text.as_bytes(), &DocumentRules::default()) {
        Ok(parsed) => {
            for warning in parsed.warnings {
                document.report.doubt(Doubt::Warning(warning.to_string()));
            }
            Ok(text)
        }
        Err(problems) => Err(problems.first().map(ToString::to_string).unwrap_or_default()),
    }
}

fn time(instant: Timestamp) -> Result<Datetime, String> {
    instant.rfc3339().parse().map_err(|error: toml::value::DatetimeParseError| error.to_string())
}

/// Makes a slug from a title. The slug is not among `taken`, the slugs of the other documents of this import.
pub fn unique_slug(title: &str, taken: &HashSet<String>) -> String {
    let whole = slug(title);
    let whole = if whole.is_empty() { "bai-viet" } else { &whole };
    let cut = |max: usize| {
        let end = whole.len().min(max);
        let kept = match whole.get(..end).unwrap_or(whole).rfind('-') {
            Some(hyphen) if whole.len() > max && hyphen > max / 2 => hyphen,
            _ => end,
        };
        whole.get(..kept).unwrap_or(whole).trim_end_matches('-').to_owned()
    };
    let first = cut(MAX_SLUG_CHARS);
    if !taken.contains(&first) {
        return first;
    }
    let numbered = (2_u32..).map(|number| {
        let end = format!("-{number}");
        format!("{}{end}", cut(MAX_SLUG_CHARS - end.len()))
    });
    numbered.into_iter().find(|slug| !taken.contains(slug)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use cong_core::article::{DocumentSigner, LegalDocument};
    use cong_core::vietnamese::WrittenTime;

    use super::*;

    /// Writes an imported document about this legal document.
    fn written(legal_document: LegalDocument) -> String {
        let mut document = ImportedDocument {
            title: "Quyết định".to_owned(),
            author: Some("Văn phòng".to_owned()),
            updated: Some(Timestamp(0)),
            legal_document: Some(legal_document),
            ..ImportedDocument::default()
        };
        write(&mut document, DocumentFiles::default()).unwrap()
    }

    fn read(text: &str) -> Option<LegalDocument> {
        parse(text.as_bytes(), &DocumentRules::default()).unwrap().article.document
    }

    #[test]
    fn a_legal_document_reads_back_as_it_was_written() {
        let some = |text: &str| Some(text.to_owned());
        let document = LegalDocument {
            number: some("52/QĐ-LHH"),
            kind: some("Quyết định"),
            issuer: some("Liên hiệp Hội tỉnh Sơn Lâm"),
            issued_on: WrittenTime::parse("2026-09-18").map(WrittenTime::start),
            parent: some("Liên hiệp Hội Việt Nam"),
            place: some("Sơn Lâm"),
            signer: None,
            signers: vec![
                DocumentSigner {
                    capacity: some("KT. Chủ tịch"),
                    position: some("Phó Chủ tịch"),
                    name: some("Hà Thị \"Vân\""),
                },
                DocumentSigner { name: some("Lò Văn Pản"), ..DocumentSigner::default() },
            ],
        };
        let text = written(document.clone());
        assert_eq!(read(&text), Some(document));
        let (_, table) = text.split_once("[document]\n").unwrap();
        let (table, _) = table.split_once("+++").unwrap();
        let keys: Vec<_> = table.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            keys,
            [
                "number = \"52/QĐ-LHH\"",
                "kind = \"Quyết định\"",
                "issuer = \"Liên hiệp Hội tỉnh Sơn Lâm\"",
                "issued_on = 2026-09-18",
                "parent = \"Liên hiệp Hội Việt Nam\"",
                "place = \"Sơn Lâm\"",
                "[[document.signers]]",
                "capacity = \"KT. Chủ tịch\"",
                "position = \"Phó Chủ tịch\"",
                "name = 'Hà Thị \"Vân\"'",
                "[[document.signers]]",
                "name = \"Lò Văn Pản\"",
            ]
        );
    }

    #[test]
    fn a_legal_document_is_written_without_what_the_portal_rejects() {
        assert!(!written(LegalDocument::default()).contains("[document]"));
        let capacity = Some("TM. Ban Thường vụ".to_owned());
        let signer = Some("Chủ tịch\nHà Thị Vân".to_owned());
        let document = LegalDocument {
            number: Some(" ".to_owned()),
            place: Some("Sơn Lâm ".repeat(100)),
            signer,
            signers: vec![DocumentSigner { capacity, ..DocumentSigner::default() }],
            ..LegalDocument::default()
        };
        let document = read(&written(document)).unwrap();
        assert_eq!(document.number, None);
        assert!(document.place.as_ref().is_some_and(|place| place.starts_with("Sơn Lâm Sơn")));
        assert_eq!(document.signer_texts(), ["Chủ tịch Hà Thị Vân"]);
    }

    #[test]
    fn slugs_are_unique_whole_words_and_short_enough() {
        let mut taken = HashSet::new();
        let long = "Quyết định về việc ban hành ".repeat(10);
        for expected in ["hop-bao", "hop-bao-2", "hop-bao-3"] {
            let slug = unique_slug("Họp báo", &taken);
            assert_eq!(slug, expected);
            taken.insert(slug);
        }
        for _ in 0..12 {
            let slug = unique_slug(&long, &taken);
            assert!(
                cong_core::article::is_slug(&slug) && slug.starts_with("quyet-dinh-ve-viec"),
                "{slug}"
            );
            assert!(taken.insert(slug));
        }
        assert_eq!(unique_slug("?!", &taken), "bai-viet");
    }
}
