//! Home, and what belongs to one article. These need KV alone, two keys at most; only the way to
//! a neighbour asks D1.

use futures_util::future::join;

use super::{frame, hot_index, public_article, public_page};
use crate::article::{Labels, render};
use crate::catalogue::{self, Direction, Neighbour};
use crate::edge::{CachePolicy, Portal, Reply};
use crate::error::PageError;
use crate::pages::{self, ArticlePage};
use crate::routes::Route;

pub async fn home(portal: &Portal) -> Result<Reply, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::home(frame), None))
}

pub async fn article(portal: &Portal, slug: &str) -> Result<Reply, PageError> {
    let (found, index) = join(public_article(portal, slug), hot_index(portal)).await;
    let (article, _) = found?;
    let body = render(&article.body, labels(&article.lang));
    let frame = frame(portal, &index);
    let page = pages::article(frame, &ArticlePage { slug, article: &article, body: &body.html });
    Ok(public_page(frame, page, article.next_change(portal.now)))
}

/// Words inside the article's body are in its own language, as far as we have it.
fn labels(lang: &str) -> &'static Labels {
    const VIETNAMESE: Labels =
        Labels {
            table: "Bảng", footnotes: "Chú thích", back_to_text: "Về chỗ trích dẫn"
        };
    const ENGLISH: Labels =
        Labels { table: "Table", footnotes: "Footnotes", back_to_text: "Back to reference" };
    if lang == "en" || lang.starts_with("en-") { &ENGLISH } else { &VIETNAMESE }
}

pub async fn article_source(portal: &Portal, slug: &str) -> Result<Reply, PageError> {
    let (article, document) = public_article(portal, slug).await?;
    let text = String::from_utf8_lossy(&document).into_owned();
    let is_json = text.trim_start_matches('\u{FEFF}').trim_start().starts_with('{');
    let content_type = if is_json { "application/json" } else { "text/markdown; charset=utf-8" };
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
        Neighbour::EndOfCategory(category) if category.is_empty() => Route::Articles { page: 1 },
        Neighbour::EndOfCategory(category) => Route::category(&category),
        Neighbour::Unknown => return Err(PageError::NOT_FOUND),
    };
    let index = hot_index(portal).await;
    let cache = CachePolicy::Page { changes_at: index.next_change(portal.now) };
    Ok(Reply::redirect(302, route.to_string(), cache))
}
