//! The preview of a draft's answers, their release, and taking the release back.

use super::super::Desk;
use super::{draft, write_record};
use crate::consultation::{ClauseCount, Listed, Tally, Window, count_comments, released_comments};
use crate::desk::consultations::{self as stored, facts};
use crate::pages::CommentsPage;
use crate::pages::desk::{self as pages, PreviewNotice, PreviewView};
use crate::web::{CachePolicy, PageError, Response};
use cong_core::addresses::{DeskConsultationsPage, DeskPage, Done, Part};

/// Comments on one page, as on the public pages.
const PER_PAGE: u32 = 50;

pub async fn preview(
    desk: &Desk<'_>,
    slug: &str,
    part: &Part,
    done: Option<Done>,
) -> Result<Response, PageError> {
    show(desk, slug, part, done, None).await
}

async fn show(
    desk: &Desk<'_>,
    slug: &str,
    part: &Part,
    done: Option<Done>,
    notice: Option<PreviewNotice>,
) -> Result<Response, PageError> {
    let draft = draft(desk.portal, slug).await?;
    let ids: Vec<String> = draft.clauses.iter().map(|clause| clause.id.clone()).collect();
    let db = desk.portal.feedback()?;
    let counts = count_comments(&db, slug, &ids).await?;
    let shown: Vec<ClauseCount> = counts
        .iter()
        .filter(|count| part.clause.as_ref().is_none_or(|clause| *clause == count.clause))
        .cloned()
        .collect();
    let total: u32 = shown.iter().map(|count| count.shown(Listed::Prepared)).sum();
    let pages = total.div_ceil(PER_PAGE).max(1);
    let part = Part { page: part.page.min(pages), ..part.clone() };
    let window = Window::new(&shown, Listed::Prepared, (part.page - 1) * PER_PAGE, PER_PAGE);
    let comments = released_comments(&db, slug, &window, desk.portal.now).await?;
    let missing = stored::missing(&db, slug).await?;
    let (received, withdrawn) = (draft.facts.received, draft.facts.withdrawn);
    let tally = Tally { received, withdrawn, ..Tally::default() };
    let page = draft.article.as_ref().map(|article| CommentsPage {
        slug,
        article,
        clauses: &draft.clauses,
        tally: &tally,
        counts: &counts,
        part: &part,
        pages,
        comments: &comments,
    });
    let status = if notice.is_some() { 409 } else { 200 };
    let view = PreviewView { draft: &draft, page: page.as_ref(), missing: &missing, notice, done };
    Ok(Response::page(status, pages::preview(&desk.frame(), &view), CachePolicy::NoStore))
}

/// Releases all answers of a draft, or takes the release back.
pub async fn change(desk: &Desk<'_>, slug: &str, part: &Part) -> Result<Response, PageError> {
    let fields = desk.form(&[]).await?;
    desk.publishers_only()?;
    let number = |name| fields.get(name).parse::<i64>().map_err(|_| PageError::BadRequest);
    let (notice, done) = match fields.get("viec") {
        "cong-bo" => (release(desk, slug, number("phien_ban")?).await?, Done::AnswersReleased),
        "giu-lai" => (hold_back(desk, slug, number("hien_ra")?).await?, Done::AnswersHeldBack),
        "thu-hoi" => (take_back(desk, slug, number("hien_ra")?).await?, Done::AnswersTakenBack),
        _ => return Err(PageError::BadRequest),
    };
    match notice {
        Some(notice) => show(desk, slug, part, None, Some(notice)).await,
        None => {
            let page = DeskConsultationsPage::Preview {
                slug: slug.to_owned(),
                part: Part::ALL,
                done: Some(done),
            };
            Ok(desk.done(&DeskPage::Consultations(page)))
        }
    }
}

/// Releases the answers. Returns the reason if they were not released.
async fn release(
    desk: &Desk<'_>,
    slug: &str,
    version: i64,
) -> Result<Option<PreviewNotice>, PageError> {
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    draft(desk.portal, slug).await?;
    if stored::release(&db, slug, version, now, &desk.editor.email).await? {
        return Ok(None);
    }
    let changes = stored::changes_since(&db, slug, version).await?;
    let is_changed = !changes.is_empty();
    Ok(Some(if is_changed { PreviewNotice::Changed(changes) } else { PreviewNotice::OtherRelease }))
}

/// Takes the release back before the answers are public.
async fn hold_back(
    desk: &Desk<'_>,
    slug: &str,
    released_at: i64,
) -> Result<Option<PreviewNotice>, PageError> {
    let (db, now) = (desk.portal.feedback()?, desk.portal.now);
    let who = &desk.editor.email;
    Ok(if stored::take_back(&db, slug, released_at, Some(now), who).await? {
        None
    } else if released_at <= now.0 {
        Some(PreviewNotice::SeenMeanwhile)
    } else {
        Some(PreviewNotice::OtherRelease)
    })
}

/// Takes the release back after the answers became public, once the ledger holds them. A cron job writes the entries,
/// and an answer that is not in the ledger yet would leave no trace.
async fn take_back(
    desk: &Desk<'_>,
    slug: &str,
    released_at: i64,
) -> Result<Option<PreviewNotice>, PageError> {
    let db = desk.portal.feedback()?;
    write_record(desk, slug).await?;
    if stored::take_back(&db, slug, released_at, None, &desk.editor.email).await? {
        return Ok(None);
    }
    let facts = facts(&db, slug).await?;
    let is_same = facts.released_at.is_some_and(|at| at.0 == released_at);
    Ok(Some(if is_same { PreviewNotice::RecordBehind } else { PreviewNotice::OtherRelease }))
}
