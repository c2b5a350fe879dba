//! Functions that all the desk's pages about one draft use.

use cong_core::article;
use cong_core::article::Article;

use super::draft::{DeskDraft, facts};
use crate::consultations;
use crate::consultations::{clauses, tally};
use crate::desk::request::Desk;
use crate::web::{PageError, Portal};

/// The maximum number of calls of `consultations::write_entries` before a public answer is changed or taken back. Each
/// call writes at most 250 ledger entries, so all calls together are enough for most drafts. For a larger draft the
/// editor is asked to send the form again, which continues the writing.
const ENTRY_BATCHES: usize = 10;

/// Reads a draft, whether or not visitors can see it.
///
/// # Errors
/// `NotFound` if no draft has this slug, and no submission is about a draft with this slug.
pub async fn draft(portal: &Portal, slug: &str) -> Result<DeskDraft, PageError> {
    let db = portal.feedback()?;
    let (article, facts) =
        futures_util::future::join(article(portal, slug), facts(&db, slug)).await;
    let (article, facts) = (article?, facts?);
    let article = article.filter(|article| article.consultation.is_some());
    if article.is_none() && facts.received == 0 && facts.counts.is_empty() {
        return Err(PageError::NOT_FOUND);
    }
    let clauses = article.as_ref().map(clauses).unwrap_or_default();
    Ok(DeskDraft::new(slug, article, clauses, facts))
}

/// Reads the article with the slug `slug`, public or not; `None` if its document is missing or broken.
async fn article(portal: &Portal, slug: &str) -> Result<Option<Article>, PageError> {
    let Some(document) = portal.articles()?.bytes(slug).await? else { return Ok(None) };
    Ok(article::parse(&document, &portal.site.rules).ok().map(|parsed| parsed.article))
}

/// Finds out why the database refused a change of comments although nobody else has changed them. Returns `Ok` if the
/// answers of the draft are released and the editor is a publisher. The reason then depends on the kind of change, and
/// the caller explains it.
///
/// # Errors
/// `PublishersOnly` if the answers are released and the editor is not a publisher. `BadRequest` if the answers are not
/// released: a form that the desk made is then never refused, so the request came from elsewhere.
pub async fn refused(desk: &Desk<'_>, slug: &str) -> Result<(), PageError> {
    match facts(&desk.portal.feedback()?, slug).await?.released_at {
        Some(_) => desk.publishers_only(),
        None => Err(PageError::BadRequest),
    }
}

/// Writes new entries into the ledger, if the answers of the draft are public. Call this before a public answer is
/// changed or taken back. Without it, only the upkeep writes entries, and an answer that is changed or taken back
/// before it is in the ledger would leave no trace.
pub async fn write_record(desk: &Desk<'_>, slug: &str) -> Result<(), PageError> {
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    if tally(&db, slug, now).await?.answered_at.is_none() {
        return Ok(());
    }
    for _ in 0..ENTRY_BATCHES {
        if consultations::write_entries(&db, now).await? == 0 {
            break;
        }
    }
    Ok(())
}
