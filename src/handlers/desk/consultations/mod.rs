//! The desk's pages of drafts: who answers which, and what all of them read first.

mod comment;
mod comments;
mod preview;

use super::Desk;
use crate::article::{self, Article};
use crate::consultation::{record, tally};
use crate::desk::consultations::{Draft, draft_list, facts};
use crate::handlers::clauses;
use crate::pages::desk as pages;
use crate::routes::DeskConsultationsPage;
use crate::web::PageError;
use crate::web::{Portal, Response};

/// Batches of entries that are written into the record before answers change in it: most drafts whole.
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
    Ok(desk.page(pages::drafts(&desk.frame(), &list.ok_or(PageError::NOT_FOUND)?)))
}

/// A draft, whether visitors can see it or not.
///
/// # Errors
/// Neither is there a document with a draft, nor has anybody ever commented on one of that name.
async fn draft(portal: &Portal, slug: &str) -> Result<Draft, PageError> {
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

/// The article, public or not; `None` where it is not there or its document is broken.
async fn article(portal: &Portal, slug: &str) -> Result<Option<Article>, PageError> {
    let Some(document) = portal.articles()?.bytes(slug).await? else { return Ok(None) };
    Ok(article::parse(&document, &portal.site.rules).ok().map(|parsed| parsed.article))
}

/// Whether nothing was changed although nobody else has changed anything because the answers are released.
///
/// # Errors
/// An editor who is no publisher changes released answers, or the form is none that a page here gives.
async fn refused(desk: &Desk<'_>, slug: &str) -> Result<(), PageError> {
    match facts(&desk.portal.feedback()?, slug).await?.released_at {
        Some(_) => desk.publishers_only(),
        None => Err(PageError::BadRequest),
    }
}

/// Has the record say of a draft what everybody sees by now: its entries are written by the clock, and answers that
/// change or leave before they are in it would leave no trace.
async fn write_record(desk: &Desk<'_>, slug: &str) -> Result<(), PageError> {
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    if tally(&db, slug, now).await?.answered_at.is_none() {
        return Ok(());
    }
    for _ in 0..ENTRY_BATCHES {
        if record::write_entries(&db, now).await? == 0 {
            break;
        }
    }
    Ok(())
}
