//! The desk's first page.

use futures_util::future::join3;

use super::Desk;
use crate::desk::today;
use crate::pages::desk::{self as pages, Today};
use crate::web::{PageError, Response};
use cong_core::addresses::Done;
use cong_core::vietnamese;

/// The first page. Parts that cannot be read are marked as missing.
pub async fn today(desk: &Desk<'_>, done: Option<Done>) -> Result<Response, PageError> {
    let portal = desk.portal;
    let (db, catalogue, inbox) = (portal.feedback()?, portal.catalogue()?, portal.inbox()?);
    let (feedback, articles, waiting) = join3(
        today::feedback(&db, portal.now),
        today::articles(&catalogue, portal.now),
        today::waiting(&inbox),
    )
    .await;
    let feedback = desk.or_without("submissions", feedback);
    let waiting = desk.or_without("INBOX", waiting);
    let mut articles = desk.or_without("articles", articles);
    let drafts = match articles.as_mut().map(|articles| std::mem::take(&mut articles.drafts)) {
        Some(drafts) => desk.or_without("drafts", today::without_answers(&db, drafts).await),
        None => None,
    };
    let holidays_end = vietnamese::end_of_holidays_near(portal.now.day());
    let page = Today { done, feedback, articles, drafts, waiting, holidays_end };
    Ok(desk.page(pages::today(&desk.frame(), &page)))
}
