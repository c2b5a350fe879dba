//! The desk's page of one document, and the preview of its article. Both read the document from KV.

use std::collections::HashSet;

use cong_core::article;
use cong_core::article::{Article, DocumentProblem};
use futures_util::future::{join_all, join3};

use super::aliases::{Alias, Known};
use super::article_page::{
    ArticleView, DocumentView, FilesView, article_page, broken_preview_page,
};
use super::ratings::RatingsPage;
use super::{aliases, excerpt, ratings};
use crate::desk::request::Desk;
use crate::platform::StoreError;
use crate::web::{CachePolicy, PageError, Portal, Response};
use crate::{articles, catalogue};

/// The maximum number of an article's files whose existence is checked. Further files are not checked, because each
/// check is one read of KV, and the number of reads in a request is limited.
const MAX_FILES: usize = 20;

pub async fn article(desk: &Desk<'_>, slug: &str, page: u32) -> Result<Response, PageError> {
    let portal = desk.portal;
    let (store, db, catalogue) = (portal.articles()?, portal.feedback()?, portal.catalogue()?);
    let (document, known, ratings) = join3(
        store.bytes(slug),
        aliases::known(&catalogue, slug),
        ratings::ratings_page(&db, slug, page),
    )
    .await;
    let document = document?;
    let known = desk.or_without("the catalogue", known);
    let ratings: Option<RatingsPage> = match ratings {
        Ok(None) => return Err(PageError::NOT_FOUND),
        ratings => desk.or_without("ratings", ratings).flatten(),
    };
    let is_known = |known: &Known| known.hash.is_some() || known.is_due == 1;
    if document.is_none() && !known.as_ref().is_some_and(is_known) {
        return Err(PageError::NOT_FOUND);
    }
    let is_behind = match &known {
        Some(known) => is_behind(desk, slug, document.as_deref(), known).await,
        None => false,
    };
    let parsed = document.as_deref().map(|document| article::parse(document, &portal.site.rules));
    let document = match parsed {
        None => DocumentView::Gone,
        Some(Err(problems)) => DocumentView::Broken(problems),
        Some(Ok(parsed)) => {
            let article = Box::new(parsed.article);
            let aliases = aliases::aliases(&catalogue, slug, &article.aliases, portal.now).await;
            let aliases: Option<Vec<Alias>> = desk.or_without("old addresses", aliases);
            let files = desk.or_without("FILES", files(portal, &article).await);
            DocumentView::Good { article, warnings: parsed.warnings, aliases, files }
        }
    };
    let view = ArticleView { slug, document, is_behind, ratings };
    Ok(desk.page(article_page(&desk.frame(), &view)))
}

/// Shows the preview of an article. If the document has errors, shows the lines with errors instead.
pub async fn preview(desk: &Desk<'_>, slug: &str) -> Result<Response, PageError> {
    let portal = desk.portal;
    let document = portal.articles()?.bytes(slug).await?.ok_or(PageError::NOT_FOUND)?;
    match article::parse(&document, &portal.site.rules) {
        Ok(parsed) => {
            let page = articles::preview(portal, slug, &document, &parsed.article).await;
            Ok(Response::page(200, page, CachePolicy::NoStore))
        }
        Err(problems) => Ok(desk.page(broken(desk, slug, &document, &problems))),
    }
}

fn broken(
    desk: &Desk<'_>,
    slug: &str,
    document: &[u8],
    problems: &[DocumentProblem],
) -> maud::Markup {
    let found = problems.iter().map(|problem| {
        let lines = excerpt::excerpt(document, problem.line);
        (problem.into(), lines)
    });
    broken_preview_page(&desk.frame(), slug, &found.collect::<Vec<_>>())
}

/// Whether the sync has yet to read the document in its present version. `document` was just read from KV and is `None`
/// if the document was deleted; `known` is what the catalogue knows about it. If the catalogue does not know yet that
/// the document has changed, marks it to be read by the next run of the sync.
async fn is_behind(desk: &Desk<'_>, slug: &str, document: Option<&[u8]>, known: &Known) -> bool {
    let portal = desk.portal;
    let is_same = document.map(catalogue::document_hash) == known.hash;
    if !is_same && known.is_due == 0 {
        let noted = async { catalogue::note_changed(&portal.catalogue()?, slug, portal.now).await };
        desk.or_without("noting a changed document", noted.await);
    }
    !is_same || known.is_due == 1
}

/// Checks which pictures, recordings and attachments of an article are missing in FILES.
async fn files(portal: &Portal, article: &Article) -> Result<FilesView, StoreError> {
    let mut named: Vec<String> = article.image.iter().map(|image| image.file.clone()).collect();
    named.extend(article.audio.iter().map(|audio| audio.file.clone()));
    named.extend(article.attachments.iter().map(|attachment| attachment.file.clone()));
    named.extend(article::pictures(article));
    let mut seen = HashSet::new();
    named.retain(|name| seen.insert(name.clone()));
    let (files, total) = (portal.files()?, named.len());
    named.truncate(MAX_FILES);
    let there = join_all(named.iter().map(|name| files.has(name))).await;
    let there = there.into_iter().collect::<Result<Vec<bool>, _>>()?;
    let looked_for = named.len();
    let missing = named.into_iter().zip(there).filter(|(_, there)| !there).map(|(name, _)| name);
    Ok(FilesView { missing: missing.collect(), looked_for, total })
}
