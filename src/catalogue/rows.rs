//! What the catalogue keeps of a document: a row of its table, made from the article.

use serde::Serialize;

use super::alias::alias_address;
use crate::article::{Article, Problem};
use crate::digest;
use crate::vietnamese::Instant;

/// Raised when rows are made differently, so that all are made anew.
const ROW_VERSION: &str = "1:";

/// One row of `article`, with the aliases beside it. Field names are the JSON keys that the SQL in
/// `sync` reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleRow {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub lang: String,
    pub category_slug: String,
    pub category_name: String,
    pub published: Instant,
    pub updated: Instant,
    pub listed_at: Instant,
    pub draft: u8,
    pub publish_at: Instant,
    pub pinned: u8,
    pub notice_from: Option<Instant>,
    pub notice_until: Option<Instant>,
    pub consultation_opens: Option<Instant>,
    pub consultation_closes: Option<Instant>,
    pub hash: String,
    pub aliases: Vec<String>,
}

/// One row of `broken`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrokenRow {
    pub slug: String,
    /// The problems as JSON.
    pub problems: String,
    pub hash: String,
}

impl ArticleRow {
    pub fn new(slug: &str, article: Article, hash: String) -> Self {
        let listed_at = article.listed_at();
        let publish_at = article.publish_at.unwrap_or(Instant(0));
        let (category_slug, category_name) =
            article.category.map(|category| (category.slug, category.name)).unwrap_or_default();
        let notice = article.notice;
        let consultation = article.consultation;
        Self {
            slug: slug.to_owned(),
            title: article.title,
            summary: article.summary,
            lang: article.lang,
            category_slug,
            category_name,
            published: article.published,
            updated: article.updated,
            listed_at,
            draft: article.draft.into(),
            publish_at,
            pinned: article.pinned.into(),
            notice_from: notice.as_ref().map(|notice| notice.from.max(publish_at)),
            notice_until: notice.map(|notice| notice.until),
            consultation_opens: consultation.as_ref().map(|c| c.opens.max(publish_at)),
            consultation_closes: consultation.map(|consultation| consultation.closes),
            hash,
            aliases: article.aliases.iter().map(|alias| alias_address(alias)).collect(),
        }
    }
}

impl BrokenRow {
    pub fn new(slug: &str, problems: &[Problem], hash: String) -> Self {
        let problems = serde_json::to_string(problems).unwrap_or_default();
        Self { slug: slug.to_owned(), problems, hash }
    }
}

/// The hash by which a document that has not changed is recognised.
pub fn document_hash(document: &[u8]) -> String {
    format!("{ROW_VERSION}{}", digest::hex(document, 16))
}
