//! Sends the document of an article as its author wrote it.

use crate::catalogue::public_article;
use crate::web::{CachePolicy, PageError, Portal, Response};

const MARKDOWN: &str = "text/markdown";

/// The media type of a document: JSON if it begins with `{`, otherwise Markdown.
pub fn source_type(document: &[u8]) -> &'static str {
    let text = document.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(document);
    if text.trim_ascii_start().starts_with(b"{") { "application/json" } else { MARKDOWN }
}

pub async fn article_source(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let (article, document) = public_article(portal, slug).await?;
    let content_type = match source_type(&document) {
        // RFC 7763 requires a charset for Markdown. JSON is always UTF-8.
        MARKDOWN => "text/markdown; charset=utf-8",
        other => other,
    };
    let text = String::from_utf8_lossy(&document).into_owned();
    let cache = CachePolicy::Page { changes_at: article.next_change(portal.now) };
    Ok(Response::text(200, content_type, text, cache))
}
