use cong_core::article;
use cong_core::article::Article;

use crate::web::{PageError, Portal};

/// Reads an article from KV. Returns it together with the document from which it was parsed. The error is `NotFound` if
/// the article does not exist or is not public now.
pub async fn public_article(portal: &Portal, slug: &str) -> Result<(Article, Vec<u8>), PageError> {
    let document = portal.articles()?.bytes(slug).await?.ok_or(PageError::NOT_FOUND)?;
    Ok((as_public(portal, slug, &document)?, document))
}

/// Parses a document, and returns its article. The error is `NotFound` if the article is not public now.
pub fn as_public(portal: &Portal, slug: &str, document: &[u8]) -> Result<Article, PageError> {
    let parsed = article::parse(document, &portal.site.rules)
        .map_err(|problems| PageError::BrokenDocument { slug: slug.to_owned(), problems })?;
    let article = parsed.article;
    if !article.is_public(portal.now) {
        let changes_at = article.publish_at.filter(|_| !article.draft);
        return Err(PageError::NotFound { changes_at });
    }
    Ok(article)
}
