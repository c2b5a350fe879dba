//! The rows of the catalogue that the sync makes from a document.

use std::collections::{BTreeSet, HashSet};

use cong_core::addresses::alias_address;
use cong_core::article::{Article, DocumentProblem, LegalDocument, plain_text};
use cong_core::vietnamese::{Timestamp, Word, words};
use cong_core::{article, digest};
use serde::Serialize;

/// The version of the row format, which is part of every document's hash. After a change of the version, the sync
/// indexes all documents again.
const ROW_VERSION: &str = "4:";

/// The maximum length of the text that is indexed for search, in bytes: about 20,000 words. The rest of a longer text
/// cannot be found.
const MAX_TEXT_BYTES: usize = 100_000;

/// The maximum length of an indexed word, in characters. Longer words are left out, because nobody searches for them.
const MAX_WORD_CHARS: usize = 40;

/// The maximum number of pictures of one article whose dimensions are read. Others are shown without dimensions.
const MAX_PICTURES: usize = 50;

/// Separates the two forms of a text in the table `search`: without accents, and as written. It keeps a phrase from
/// matching the end of the first form and the beginning of the second.
const BETWEEN: &str = "\u{E000}";

/// One row of the table `article`, with the article's old addresses and pictures. The field names are the JSON keys
/// that the SQL in `sync::changes` reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleRow {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub lang: String,
    pub category_slug: String,
    pub category_name: String,
    pub published: Timestamp,
    pub updated: Timestamp,
    pub listed_at: Timestamp,
    pub month: u32,
    pub draft: u8,
    pub publish_at: Timestamp,
    pub listed: u8,
    pub pinned: u8,
    pub notice_from: Option<Timestamp>,
    pub notice_until: Option<Timestamp>,
    pub consultation_opens: Option<Timestamp>,
    pub consultation_closes: Option<Timestamp>,
    pub consultation_unit: Option<String>,
    pub consultation_issued: Option<String>,
    pub aliases: Vec<String>,
    /// The file names in `FILES` of the pictures that the article shows, without duplicates.
    pub pictures: Vec<String>,
}

/// The searchable texts of a public article. They become rows of the tables `article_text` and `search`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextRow {
    pub slug: String,
    pub text: String,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub category: String,
}

/// The distinct words of the texts that one transaction of the sync writes, without accents (`plain`) and as written
/// (`written`).
#[derive(Debug, Default, Serialize)]
pub struct Vocabulary {
    plain: BTreeSet<String>,
    written: BTreeSet<String>,
}

/// One row of the table `document`: the version of a document that the sync has read, and its problems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentRow {
    pub slug: String,
    pub rev: String,
    pub hash: String,
    /// The problems of the document as JSON; `None` if it has none.
    pub problems: Option<String>,
}

impl ArticleRow {
    pub fn new(slug: &str, article: &Article, now: Timestamp) -> Self {
        let listed_at = article.listed_at();
        let publish_at = article.publish_at.unwrap_or(Timestamp(0));
        let category = article.category.as_ref();
        let notice = article.notice.as_ref();
        let consultation = article.consultation.as_ref();
        Self {
            slug: slug.to_owned(),
            title: article.title.clone(),
            summary: article.summary.clone(),
            lang: article.lang.clone(),
            category_slug: category.map(|category| category.slug.clone()).unwrap_or_default(),
            category_name: category.map(|category| category.name.clone()).unwrap_or_default(),
            published: article.published,
            updated: article.updated,
            listed_at,
            month: listed_at.month(),
            draft: article.draft.into(),
            publish_at,
            listed: article.is_public(now).into(),
            pinned: article.pinned.into(),
            notice_from: notice.map(|notice| notice.from.max(publish_at)),
            notice_until: notice.map(|notice| notice.until),
            consultation_opens: consultation.map(|c| c.opens.max(publish_at)),
            consultation_closes: consultation.map(|c| c.closes),
            consultation_unit: consultation.map(|c| c.unit.clone()),
            consultation_issued: consultation.and_then(|c| c.issued.clone()),
            aliases: article.aliases.iter().map(|alias| alias_address(alias)).collect(),
            pictures: pictures(article),
        }
    }
}

fn pictures(article: &Article) -> Vec<String> {
    let mut seen = HashSet::new();
    article::pictures(article).filter(|file| seen.insert(file.clone())).take(MAX_PICTURES).collect()
}

impl TextRow {
    pub fn new(slug: &str, article: &Article, vocabulary: &mut Vocabulary) -> Self {
        let document = article.document.as_ref();
        let number = document.and_then(|document| document.number.as_deref()).unwrap_or_default();
        let text = searchable_text(article);
        let category = article.category.as_ref().map(|category| category_word(&category.slug));
        Self {
            slug: slug.to_owned(),
            title: vocabulary.indexed(&format!("{} {number}", article.title)),
            summary: vocabulary.indexed(&article.summary),
            body: vocabulary.indexed(&text),
            category: category.unwrap_or_default(),
            text,
        }
    }
}

/// The text of an article that readers can search: its body, the fields of a legal document, the titles of attachments,
/// and the author.
fn searchable_text(article: &Article) -> String {
    let mut parts = Vec::new();
    if let Some(document) = &article.document {
        let LegalDocument { kind, number, issuer, parent, place, .. } = document;
        parts.extend([kind, number, issuer, parent, place].into_iter().flatten().cloned());
        parts.extend(document.signer_texts());
    }
    let mut text = parts.join(" · ");
    if !text.is_empty() {
        text.push_str(". ");
    }
    text.push_str(&plain_text(&article.body, MAX_TEXT_BYTES));
    for attachment in &article.attachments {
        text.push_str(" · ");
        text.push_str(&attachment.title);
    }
    text.push_str(" · ");
    text.push_str(&article.author);
    text
}

impl Vocabulary {
    /// Returns the words of a text in the two forms that the table `search` contains: without accents, and as written.
    /// Adds the words to the vocabulary.
    fn indexed(&mut self, text: &str) -> String {
        let words: Vec<Word> =
            words(text).filter(|word| word.written.chars().count() <= MAX_WORD_CHARS).collect();
        let mut indexed = String::with_capacity(2 * text.len() + 8);
        for word in &words {
            indexed.push_str(&word.plain);
            indexed.push(' ');
        }
        indexed.push_str(BETWEEN);
        for word in words {
            indexed.push(' ');
            indexed.push_str(&word.written);
            self.plain.insert(word.plain);
            self.written.insert(word.written);
        }
        indexed
    }
}

/// The word that stands for a category in the table `search`, so that a search can be limited to the category.
pub fn category_word(slug: &str) -> String {
    format!("c{}", digest::hex(slug.as_bytes(), 8))
}

impl DocumentRow {
    pub fn good(slug: &str, rev: String, hash: String) -> Self {
        Self { slug: slug.to_owned(), rev, hash, problems: None }
    }

    pub fn broken(slug: &str, rev: String, hash: String, problems: &[DocumentProblem]) -> Self {
        let problems = serde_json::to_string(problems).unwrap_or_default();
        Self { slug: slug.to_owned(), rev, hash, problems: Some(problems) }
    }
}

/// Returns the hash by which the sync sees whether a document has changed. A byte order mark is left out of the hash,
/// because bulk reads of KV drop it.
pub fn document_hash(document: &[u8]) -> String {
    let content = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document);
    format!("{ROW_VERSION}{}", digest::hex(content, 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_indexed_without_accents_and_as_written() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.indexed("Đề nghị!"), "de nghi \u{E000} đề nghị");
        assert!(vocabulary.plain.contains("nghi") && vocabulary.written.contains("nghị"));
    }

    #[test]
    fn the_fields_of_a_legal_document_are_searched() {
        let document = "+++\ntitle = \"Một\"\nupdated = 2026-09-21\nauthor = \"An\"\n[document]\nnumber = \"52/QĐ-LHH\"\n\
            kind = \"Quyết định\"\nissuer = \"Hội Cấp dưới\"\nparent = \"Hội Cấp trên\"\nplace = \"Sơn Lâm\"\n\
            signers = [{ capacity = \"KT. Chủ tịch\", name = \"Vân\" }, { position = \"Tổng Thư ký\" }]\n+++\nChữ.";
        let parsed = article::parse(document.as_bytes(), &article::DocumentRules::default());
        assert_eq!(
            searchable_text(&parsed.unwrap().article),
            "Quyết định · 52/QĐ-LHH · Hội Cấp dưới · Hội Cấp trên · Sơn Lâm · KT. Chủ tịch, Vân · \
             Tổng Thư ký. Chữ. · An"
        );
    }

    #[test]
    fn a_byte_order_mark_makes_no_other_document() {
        assert_eq!(document_hash(b"\xEF\xBB\xBFx"), document_hash(b"x"));
        assert_ne!(document_hash(b"y"), document_hash(b"x"));
    }
}
