//! Home, and what belongs to one article. These need KV alone, two keys at most; related articles come from
//! D1 where it answers at once, and only the way to a neighbour waits for it.

use std::time::Duration;

use futures_util::future::join3;

use super::{as_public, frame, hot_index, public_article, public_page};
use crate::article::{Labels, render};
use crate::catalogue::{self, Direction, HotIndex, Neighbour, Related};
use crate::edge::{CachePolicy, DatabaseError, Portal, Reply};
use crate::error::PageError;
use crate::pages::{self, ArticlePage};
use crate::routes::Route;
use crate::vietnamese::Instant;

/// How long a page waits for its related articles.
const RELATED_DEADLINE: Duration = Duration::from_millis(100);
/// How long a page without them may be kept, in seconds.
const SECONDS_WITHOUT_RELATED: i64 = 10;

pub async fn home(portal: &Portal) -> Result<Reply, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::home(frame), None))
}

pub async fn article(portal: &Portal, slug: &str) -> Result<Reply, PageError> {
    let document = async { portal.articles()?.bytes(slug).await };
    let (document, index, related) =
        join3(document, hot_index(portal), related(portal, slug)).await;
    let document = document?;
    let reply = match &document {
        Some(document) => article_page(portal, slug, document, &index, related.as_ref()),
        None => Err(PageError::NOT_FOUND),
    };
    if let Some(related) = related {
        portal.after_response(compare(
            portal.without_response(),
            slug.to_owned(),
            document,
            related.known_hash,
        ));
    }
    reply
}

fn article_page(
    portal: &Portal,
    slug: &str,
    document: &[u8],
    index: &HotIndex,
    related: Option<&Related>,
) -> Result<Reply, PageError> {
    let article = as_public(slug, document, portal.now)?;
    let body = render(&article.body, labels(&article.lang), None);
    let frame = frame(portal, index);
    let page = ArticlePage {
        slug,
        article: &article,
        body: &body.html,
        source_type: source_type(document),
        related: related.map_or(&[], |related| related.articles.as_slice()),
    };
    let soon = Instant(portal.now.0 + SECONDS_WITHOUT_RELATED + 1);
    let changes_at = related.is_none().then_some(soon);
    let changes_at = changes_at.into_iter().chain(article.next_change(portal.now)).min();
    Ok(public_page(frame, pages::article(frame, &page), changes_at))
}

/// The articles related to one; `None` where the catalogue has not said so in time.
async fn related(portal: &Portal, slug: &str) -> Option<Related> {
    let asked = async {
        let db = portal.catalogue_within(RELATED_DEADLINE)?;
        catalogue::related(&db, slug, portal.now).await
    };
    match asked.await {
        Ok(related) => Some(related),
        // Where the database is far away that is so every time.
        Err(DatabaseError::Timeout(_)) => None,
        Err(error) => {
            portal.log_error(&format!("D1 failed while reading related articles: {error}"));
            None
        }
    }
}

/// Has the sync read a document that is not as the catalogue knows it.
async fn compare(
    portal: Portal,
    slug: String,
    document: Option<Vec<u8>>,
    known_hash: Option<String>,
) {
    if document.as_deref().map(catalogue::document_hash) == known_hash {
        return;
    }
    let noted = async { catalogue::note_changed(&portal.catalogue()?, &slug, portal.now).await };
    if let Err(error) = noted.await {
        portal.log_error(&format!("D1 failed while noting a changed document: {error}"));
    }
}

/// Words inside the article's body are in its own language, as far as we have it.
pub(super) fn labels(lang: &str) -> &'static Labels {
    const VIETNAMESE: Labels =
        Labels {
            table: "Bảng", footnotes: "Chú thích", back_to_text: "Về chỗ trích dẫn"
        };
    const ENGLISH: Labels =
        Labels { table: "Table", footnotes: "Footnotes", back_to_text: "Back to reference" };
    if lang == "en" || lang.starts_with("en-") { &ENGLISH } else { &VIETNAMESE }
}

const MARKDOWN: &str = "text/markdown";

/// The media type of a document: which of the two forms it has.
fn source_type(document: &[u8]) -> &'static str {
    let text = document.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(document);
    if text.trim_ascii_start().starts_with(b"{") { "application/json" } else { MARKDOWN }
}

pub async fn article_source(portal: &Portal, slug: &str) -> Result<Reply, PageError> {
    let (article, document) = public_article(portal, slug).await?;
    let content_type = match source_type(&document) {
        // RFC 7763 requires it, and JSON is UTF-8 in any case.
        MARKDOWN => "text/markdown; charset=utf-8",
        other => other,
    };
    let text = String::from_utf8_lossy(&document).into_owned();
    let cache = CachePolicy::Page { changes_at: article.next_change(portal.now) };
    Ok(Reply::text(200, content_type, text, cache))
}

/// To the previous or next article of the category; to the category's list where there is none.
pub async fn neighbour(
    portal: &Portal,
    slug: &str,
    direction: Direction,
) -> Result<Reply, PageError> {
    let db = portal.catalogue()?;
    let route = match catalogue::neighbour(&db, slug, direction, portal.now).await? {
        Neighbour::Article(slug) => Route::article(&slug),
        Neighbour::EndOfCategory(category) if category.is_empty() => Route::ARTICLES,
        Neighbour::EndOfCategory(category) => Route::category(&category),
        Neighbour::Unknown => return Err(PageError::NOT_FOUND),
    };
    let index = hot_index(portal).await;
    let cache = CachePolicy::Page { changes_at: index.next_change(portal.now) };
    Ok(Reply::redirect(302, route.to_string(), cache))
}
