//! The editors' side of consultations: the list of drafts, the comments on each, their answers, and the release of
//! the answers, which become public some minutes later. The public side is in `crate::consultation`.

mod changes;
mod comment;
mod comments;
mod comments_page;
mod comments_store;
mod draft;
mod fields;
mod input;
mod list;
mod list_store;
mod parts;
mod preview;
mod release;
mod release_store;

pub use list_store::MOST;

use cong_core::addresses::{DeskConsultationsPage, DeskPage, Route};
use cong_core::article;
use cong_core::article::Article;

use super::request::Desk;
use crate::consultations;
use crate::consultations::{clauses, tally};
use crate::web::{PageError, Portal, Response};
use draft::{Draft, facts};
use list_store::draft_list;

/// The largest number of batches of entries written into the ledger before public answers change. This is enough for
/// most drafts.
const ENTRY_BATCHES: usize = 10;

pub async fn answer(desk: &Desk<'_>, page: &DeskConsultationsPage) -> Result<Response, PageError> {
    let is_form = desk.request.method() == "POST";
    match page {
        DeskConsultationsPage::All { page } => all(desk, *page).await,
        DeskConsultationsPage::Comments { slug, part, .. } if is_form => {
            comments::change(desk, slug, part).await
        }
        DeskConsultationsPage::Comments { slug, part, done } => {
            comments::comments(desk, slug, part, *done).await
        }
        DeskConsultationsPage::Comment { slug, id, .. } if is_form => {
            comment::change(desk, slug, *id).await
        }
        DeskConsultationsPage::Comment { slug, id, done } => {
            comment::comment(desk, slug, *id, *done).await
        }
        DeskConsultationsPage::Preview { slug, part, .. } if is_form => {
            preview::change(desk, slug, part).await
        }
        DeskConsultationsPage::Preview { slug, part, done } => {
            preview::preview(desk, slug, part, *done).await
        }
    }
}

async fn all(desk: &Desk<'_>, page: u32) -> Result<Response, PageError> {
    let (catalogue, db) = (desk.portal.catalogue()?, desk.portal.feedback()?);
    let list = draft_list(&catalogue, &db, page, desk.portal.now).await?;
    Ok(desk.page(list::consultations_page(&desk.frame(), &list.ok_or(PageError::NOT_FOUND)?)))
}

/// A draft, whether or not visitors can see it.
///
/// # Errors
/// `NotFound` if there is neither a document with a draft under this slug, nor any comment on one.
pub async fn draft(portal: &Portal, slug: &str) -> Result<Draft, PageError> {
    let db = portal.feedback()?;
    let (article, facts) =
        futures_util::future::join(article(portal, slug), facts(&db, slug)).await;
    let (article, facts) = (article?, facts?);
    let article = article.filter(|article| article.consultation.is_some());
    if article.is_none() && facts.received == 0 && facts.counts.is_empty() {
        return Err(PageError::NOT_FOUND);
    }
    let clauses = article.as_ref().map(clauses).unwrap_or_default();
    Ok(Draft::new(slug, article, clauses, facts))
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

/// The page as a `Route`.
pub fn route(page: DeskConsultationsPage) -> Route {
    Route::Desk(DeskPage::Consultations(page))
}
