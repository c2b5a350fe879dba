//! The comparison of a draft with the issued text. It needs only KV: both documents and the hot index.

use futures_util::future::join;

use super::articles::labels;
use super::{frame, hot_index, public_article, public_page};
use crate::consultation::comparison::{
    Clause, are_comparable, clauses, compare, pages as distribute,
};
use crate::pages::{self, ComparisonPage, Document};
use crate::web::{PageError, Portal, Response};
use cong_core::article::{Article, sections};

/// # Errors
/// `NotFound` if the draft does not name an issued text, if either article is not public, or if the page number is
/// too large.
pub async fn comparison(portal: &Portal, slug: &str, number: u32) -> Result<Response, PageError> {
    let (both, index) = join(draft_and_issued(portal, slug), hot_index(portal)).await;
    let (draft, issued_slug, issued) = both?;
    let (draft_clauses, issued_clauses) = (clauses_of(&draft), clauses_of(&issued));
    let comparison = are_comparable(&draft_clauses, &issued_clauses)
        .then(|| compare(&draft_clauses, &issued_clauses));
    let parts = comparison.as_ref().map_or_else(|| vec![Vec::new()], distribute);
    if number as usize > parts.len() {
        return Err(PageError::NOT_FOUND);
    }

    let changes_at = [&draft, &issued].into_iter().filter_map(|a| a.next_change(portal.now)).min();
    let page = ComparisonPage {
        draft: Document { slug, article: &draft },
        issued: Document { slug: &issued_slug, article: &issued },
        comparison: comparison.as_ref(),
        pages: &parts,
        number,
    };
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::comparison(frame, &page), changes_at))
}

/// The draft, and the slug and article of the issued text, which only the draft names.
async fn draft_and_issued(
    portal: &Portal,
    slug: &str,
) -> Result<(Article, String, Article), PageError> {
    let (draft, _) = public_article(portal, slug).await?;
    let issued = draft.consultation.as_ref().and_then(|consultation| consultation.issued.clone());
    let issued_slug = issued.ok_or(PageError::NOT_FOUND)?;
    let (issued, _) = public_article(portal, &issued_slug).await?;
    Ok((draft, issued_slug, issued))
}

fn clauses_of(article: &Article) -> Vec<Clause> {
    clauses(sections(&article.body, labels(&article.lang)))
}
