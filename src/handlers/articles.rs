//! Home, and what belongs to one article. These need KV alone, two keys at most; related articles come from
//! D1 where it answers at once, and only the way to a neighbour waits for it.

use std::time::Duration;

use futures_util::future::join3;

use super::{frame, hot_index, public_article, public_page};
use crate::article::{Labels, render};
use crate::catalogue::{self, Direction, Neighbour, Related};
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
    let (found, index, related) =
        join3(public_article(portal, slug), hot_index(portal), related(portal, slug)).await;
    let (article, document) = found?;
    let body = render(&article.body, labels(&article.lang), None);
    let frame = frame(portal, &index);
    let page = pages::article(
        frame,
        &ArticlePage {
            slug,
            article: &article,
            body: &body.html,
            source_type: source_type(&document),
            related: related.as_ref().map_or(&[], |related| related.articles.as_slice()),
        },
    );
    let mut changes_at = article.next_change(portal.now);
    match related {
        Some(related) => {
            portal.after_response(compare(
                portal.without_response(),
                slug.to_owned(),
                document,
                related,
            ));
        }
        None => {
            let soon = Instant(portal.now.0 + SECONDS_WITHOUT_RELATED + 1);
            changes_at = Some(changes_at.map_or(soon, |at| at.min(soon)));
        }
    }
    Ok(public_page(frame, page, changes_at))
}

/// The articles related to one; `None` where the catalogue has not said so in time.
async fn related(portal: &Portal, slug: &str) -> Option<Related> {
    let db = portal.catalogue_within(RELATED_DEADLINE);
    let related = match &db {
        Ok(db) => catalogue::related(db, slug, portal.now).await,
        Err(error) => Err(DatabaseError::Failed(error.to_string())),
    };
    match related {
        Ok(related) => Some(related),
        // Where the database is far away that is so every time.
        Err(DatabaseError::Timeout(_)) => None,
        Err(error) => {
            portal.log_error(&format!("D1 failed while reading related articles: {error}"));
            None
        }
    }
}

/// Has the sync read the document where it is not as the catalogue knows it.
async fn compare(portal: Portal, slug: String, document: Vec<u8>, related: Related) {
    let hash = catalogue::document_hash(&document);
    if related.known_hash.as_ref() == Some(&hash) {
        return;
    }
    let noted = match portal.catalogue() {
        Ok(db) => catalogue::note_changed(&db, &slug, portal.now).await,
        Err(error) => Err(error),
    };
    if let Err(error) = noted {
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
