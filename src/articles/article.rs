//! The handler of an article's page, and the preview of an article for editors. The page needs at most two keys of KV:
//! the document and the hot index. Related articles, and the number of submissions about a draft, come from D1 and are
//! left out if D1 does not answer quickly.

use std::time::Duration;

use cong_core::article::{Article, Heading, ImageSize, OwnPage, RenderedBody, render_own_page};
use cong_core::consultation::ConsultationState;
use cong_core::vietnamese::Timestamp;
use futures_util::future::join3;
use maud::Markup;

use super::article_page::{ArticlePage, Audience, article_page};
use super::related::{compare, in_time, is_known, related};
use super::source::source_type;
use crate::catalogue::{as_public, hot_index};
use crate::consultations;
use crate::consultations::{Tally, clause_link};
use crate::layout::{Frame, frame, public_page};
use crate::site::{Language, labels};
use crate::web::{PageError, Portal, Response};

/// The maximum time that an article's page waits for D1: for related articles, and for the number of submissions about
/// a draft.
const DATABASE_DEADLINE: Duration = Duration::from_millis(100);

/// How long an article's page may be cached if D1 did not answer in time, in seconds. Such a page lacks its related
/// articles or, for a draft, the number of submissions.
const SECONDS_IN_PART: i64 = 10;

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

/// Makes the page of an article for its preview at the desk: as readers will see it, even if the article is not public
/// yet.
pub async fn preview(portal: &Portal, slug: &str, document: &[u8], article: &Article) -> Markup {
    let index = hot_index(portal).await;
    let size_of = |file: &str| index.pictures.get(file).copied();
    page(frame(portal, &index), slug, document, article, Audience::Editors, &size_of)
}

/// Looks up the dimensions of a picture by its file name in `FILES`; `None` if they are not known.
type SizeOf<'a> = &'a dyn Fn(&str) -> Option<ImageSize>;

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
    article_page(frame, &page)
}

/// Renders the body of the article as HTML. For readers, each clause of a draft that is open for comment has a link to
/// the feedback form.
fn body(
    frame: Frame<'_>,
    slug: &str,
    article: &Article,
    audience: &Audience<'_>,
    size_of: SizeOf<'_>,
) -> RenderedBody {
    let is_open = |consultation| {
        ConsultationState::at(consultation, None, frame.now) == ConsultationState::Open
    };
    let takes_comments = article.consultation.as_ref().is_some_and(is_open)
        && matches!(audience, Audience::Readers { .. });
    let clause_link = |heading: &Heading| clause_link(frame.within(&article.lang), slug, heading);
    let beside = takes_comments.then_some(&clause_link as &dyn Fn(&Heading) -> Markup);
    render_own_page(&article.body, labels(&article.lang), OwnPage { beside, size_of })
}

struct Read {
    document: Option<Vec<u8>>,
    article: Result<Article, PageError>,
    /// The number of submissions about a draft; `None` for other articles, or if `DB` did not answer in time.
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

/// Reads the number of submissions about a draft; `None` if `DB` failed or did not answer in time.
async fn tally(portal: &Portal, slug: &str) -> Option<Tally> {
    let asked = async {
        let db = portal.feedback_within(DATABASE_DEADLINE)?;
        consultations::tally(&db, slug, portal.now).await
    };
    in_time(portal, "the tally of a draft", asked.await)
}
