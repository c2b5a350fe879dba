//! What all pages about one draft need.

use cong_core::article;
use cong_core::article::Article;

use super::draft::{DeskDraft, facts};
use crate::consultations;
use crate::consultations::{clauses, tally};
use crate::desk::request::Desk;
use crate::web::{PageError, Portal};

/// The largest number of batches of entries written into the ledger before public answers change. This is enough for
/// most drafts.
const ENTRY_BATCHES: usize = 10;

/// A draft, whether or not visitors can see it.
///
/// # Errors
/// `NotFound` if there is neither a document with a draft under this slug, nor any comment on one.
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

/// The article, public or not; `None` if the document is missing or broken.
async fn article(portal: &Portal, slug: &str) -> Result<Option<Article>, PageError> {
    let Some(document) = portal.articles()?.bytes(slug).await? else { return Ok(None) };
    Ok(article::parse(&document, &portal.site.rules).ok().map(|parsed| parsed.article))
}

/// Checks why a change was refused although nobody else has changed anything. Returns normally if the reason is that
/// the answers are released, and the editor is a publisher.
///
/// # Errors
/// `PublishersOnly` if the answers are released and the editor is no publisher; `BadRequest` if they are not
/// released, because then no form of the desk leads here.
pub async fn refused(desk: &Desk<'_>, slug: &str) -> Result<(), PageError> {
    match facts(&desk.portal.feedback()?, slug).await?.released_at {
        Some(_) => desk.publishers_only(),
        None => Err(PageError::BadRequest),
    }
}

/// Writes the public state of a draft into the ledger. Otherwise only a cron job writes the entries, and an answer
/// that is changed or taken back before it is in the ledger would leave no trace.
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
