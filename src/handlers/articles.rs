//! Home, and the pages of one article. They need only KV, at most two keys. Related articles, and the number of
//! comments on a draft, come from D1 if it answers quickly; only the redirect to a neighbour waits for D1.

use std::time::Duration;

use futures_util::future::join3;
use maud::Markup;

use super::related::{compare, in_time, is_known, related};
use super::{as_public, frame, hot_index, public_article, public_page};
use crate::catalogue::{self, Neighbour};
use crate::consultation::{self, Tally};
use crate::pages::{self, ArticlePage, Audience, Frame};
use crate::texts::Language;
use crate::web::{CachePolicy, PageError, Portal, Response};
use cong_core::addresses::Direction;
use cong_core::addresses::Route;
use cong_core::article::{Article, Heading, ImageSize, Labels, OwnPage, Rendered, render_own_page};
use cong_core::consultation::ConsultationState;
use cong_core::vietnamese::Timestamp;

/// The longest wait for the data that the databases have about an article.
const DATABASE_DEADLINE: Duration = Duration::from_millis(100);
/// How long a page that lacks some of this data may be cached, in seconds.
const SECONDS_IN_PART: i64 = 10;

pub async fn home(portal: &Portal) -> Result<Response, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, pages::home(frame), index.next_day(portal.now)))
}

pub async fn article(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let (read, index, related) =
        join3(read(portal, slug), hot_index(portal), related(portal, slug, DATABASE_DEADLINE))
            .await;
    let Read { document, article, tally } = read?;
    let related_articles = related.as_ref().map(|related| related.articles.as_slice());
    let reply = article.map(|article| {
        let is_whole =
            related_articles.is_some() && (tally.is_some() || article.consultation.is_none());
        let soon = Timestamp(portal.now.0 + SECONDS_IN_PART + 1);
        let changes_at = (!is_whole).then_some(soon);
        let answers_at = tally.and_then(|tally| tally.changes_at);
        let changes_at = changes_at.into_iter().chain(article.next_change(portal.now));
        let changes_at = changes_at.chain(answers_at).min();
        let frame = frame(portal, &index);
        let source = document.as_deref().unwrap_or_default();
        let audience = Audience::Readers {
            related: related_articles.unwrap_or_default(),
            tally: tally.as_ref(),
        };
        let known = related.as_ref().map(|related| &related.pictures);
        let size_of = |file: &str| {
            known.and_then(|known| known.get(file)).or(index.pictures.get(file)).copied()
        };
        let page = page(frame, slug, source, &article, audience, &size_of);
        public_page(frame, page, changes_at)
    });
    let to_compare = related.filter(|_| !is_known(portal, slug, document.as_deref()));
    if let Some(related) = to_compare {
        let (later, slug) = (portal.without_response(), slug.to_owned());
        portal.after_response(async move {
            compare(&later, &slug, document.as_deref(), related).await;
        });
    }
    reply
}

/// The page as readers will see it, even if the article is not public yet.
pub(super) async fn preview(
    portal: &Portal,
    slug: &str,
    document: &[u8],
    article: &Article,
) -> Markup {
    let index = hot_index(portal).await;
    let size_of = |file: &str| index.pictures.get(file).copied();
    page(frame(portal, &index), slug, document, article, Audience::Editors, &size_of)
}

/// Returns the dimensions of a picture by its file name in `FILES`, if they are known.
type SizeOf<'a> = &'a dyn Fn(&str) -> Option<ImageSize>;

/// The page of the article that was parsed from this document.
fn page(
    frame: Frame<'_>,
    slug: &str,
    document: &[u8],
    article: &Article,
    audience: Audience<'_>,
    size_of: SizeOf<'_>,
) -> Markup {
    let frame = frame.in_language(Language::of(&article.lang));
    let body = body(frame, slug, article, &audience, size_of);
    let image_size = article.image.as_ref().and_then(|image| size_of(&image.file));
    let source_type = source_type(document);
    let page = ArticlePage { slug, article, body: &body, image_size, source_type, audience };
    pages::article(frame, &page)
}

/// The body as HTML. For readers, each clause of a draft that is open for comment has a link to the form.
fn body(
    frame: Frame<'_>,
    slug: &str,
    article: &Article,
    audience: &Audience<'_>,
    size_of: SizeOf<'_>,
) -> Rendered {
    let is_open = |consultation| {
        ConsultationState::at(consultation, None, frame.now) == ConsultationState::Open
    };
    let takes_comments = article.consultation.as_ref().is_some_and(is_open)
        && matches!(audience, Audience::Readers { .. });
    let clause_link =
        |heading: &Heading| pages::clause_link(frame.within(&article.lang), slug, heading);
    let beside = takes_comments.then_some(&clause_link as &dyn Fn(&Heading) -> Markup);
    render_own_page(&article.body, labels(&article.lang), OwnPage { beside, size_of })
}

/// A document, the article parsed from it, and the tally of its comments.
struct Read {
    document: Option<Vec<u8>>,
    article: Result<Article, PageError>,
    /// The tally of a draft; `None` for other articles, or if the database did not answer in time.
    tally: Option<Tally>,
}

async fn read(portal: &Portal, slug: &str) -> Result<Read, PageError> {
    let document = portal.articles()?.bytes(slug).await?;
    let article = match &document {
        Some(document) => as_public(portal, slug, document),
        None => Err(PageError::NOT_FOUND),
    };
    let is_draft = article.as_ref().is_ok_and(|article| article.consultation.is_some());
    let tally = if is_draft { tally(portal, slug).await } else { None };
    Ok(Read { document, article, tally })
}

/// The tally of the comments on a draft; `None` if the database did not answer in time.
async fn tally(portal: &Portal, slug: &str) -> Option<Tally> {
    let asked = async {
        let db = portal.feedback_within(DATABASE_DEADLINE)?;
        consultation::tally(&db, slug, portal.now).await
    };
    in_time(portal, "the tally of a draft", asked.await)
}

/// The labels inside an article's body, in the article's language if the portal has them.
pub(super) fn labels(lang: &str) -> &'static Labels {
    &Language::of(lang).texts().article.markdown
}

const MARKDOWN: &str = "text/markdown";

/// The media type of a document in its TOML or JSON form.
fn source_type(document: &[u8]) -> &'static str {
    let text = document.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(document);
    if text.trim_ascii_start().starts_with(b"{") { "application/json" } else { MARKDOWN }
}

pub async fn article_source(portal: &Portal, slug: &str) -> Result<Response, PageError> {
    let (article, document) = public_article(portal, slug).await?;
    let content_type = match source_type(&document) {
        // RFC 7763 requires a charset for Markdown. JSON is always UTF-8.
        MARKDOWN => "text/markdown; charset=utf-8",
        other => other,
    };
    let text = String::from_utf8_lossy(&document).into_owned();
    let cache = CachePolicy::Page { changes_at: article.next_change(portal.now) };
    Ok(Response::text(200, content_type, text, cache))
}

/// Redirects to the previous or next article of the category. Where there is none, it redirects to the list: that of
/// the category, of all articles, or of articles in English.
pub async fn neighbour(
    portal: &Portal,
    slug: &str,
    direction: Direction,
) -> Result<Response, PageError> {
    let db = portal.catalogue()?;
    let route = match catalogue::neighbour(&db, slug, direction, portal.now).await? {
        Neighbour::Article(slug) => Route::article(&slug),
        Neighbour::EndOfCategory(category) if category.is_empty() => Route::ARTICLES,
        Neighbour::EndOfCategory(category) => Route::category(&category),
        Neighbour::EndOfEnglish => Route::ENGLISH,
        Neighbour::Unknown => return Err(PageError::NOT_FOUND),
    };
    let index = hot_index(portal).await;
    let cache = CachePolicy::Page { changes_at: index.next_change(portal.now) };
    Ok(Response::redirect(302, route.to_string(), cache))
}
