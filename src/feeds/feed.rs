//! Feeds: the newest articles with their full text. There is a feed of all articles, and one of each category.

use cong_core::addresses::{FeedFormat, ListPeriod, Route};
use cong_core::article;
use cong_core::article::{
    Article, BaseUrl, MAX_DOCUMENT_BYTES, MAX_MARKS, audio_type, file_url, render,
};
use futures_util::future::join;
use maud::{Markup, PreEscaped, html};

use super::formats::{Enclosure, Feed, FeedEntry, write_feed};
use crate::catalogue;
use crate::catalogue::{ListedArticles, Listing, Scope, read_hot_index};
use crate::site::{Site, labels};
use crate::web::{CachePolicy, PageError, Portal, Response};

/// The maximum number of articles in the feed of all articles. A category's feed has the articles on the first page of
/// the category's list.
const ENTRIES: usize = 20;

/// Answers a request for a feed, of all articles or of the category `category`. The feed of all articles needs only KV.
/// A category's feed also reads the list of its articles from D1.
pub async fn feed(
    portal: &Portal,
    category: Option<&str>,
    format: FeedFormat,
) -> Result<Response, PageError> {
    let (listing, index) = join(listing(portal, category), read_hot_index(portal)).await;
    let (listing, index) = (listing?, index?);
    let slugs: Vec<&str> = match &listing {
        Some(listing) => listing.entries.iter().map(|entry| entry.slug.as_str()).collect(),
        None => index
            .latest(portal.now, ENTRIES, None)
            .into_iter()
            .map(|entry| entry.slug.as_str())
            .collect(),
    };
    let articles = public_articles(portal, &slugs).await?;

    let site = &portal.site;
    let (title, page) = match (category, &listing) {
        (Some(slug), Some(listing)) => {
            let name = &listing.category_name;
            (format!("{name} – {}", site.body_name), Route::category(slug))
        }
        _ => (site.body_name.clone(), Route::Home),
    };
    let own = Route::Feed { category: category.map(str::to_owned), format };
    let feed = Feed {
        title,
        author: &site.body_name,
        url: site.absolute(&page.to_string()),
        own_url: site.absolute(&own.to_string()),
        entries: articles.iter().map(|(slug, article)| entry(site, slug, article)).collect(),
    };
    let cache = CachePolicy::Feed { changes_at: index.next_change(portal.now) };
    Ok(Response::text(200, format.content_type(), write_feed(&feed, format), cache))
}

async fn listing(portal: &Portal, category: Option<&str>) -> Result<Option<Listing>, PageError> {
    let Some(category) = category else { return Ok(None) };
    let scope = Scope { of: ListedArticles::Category(category), period: ListPeriod::All };
    let listing = catalogue::list(&portal.catalogue()?, scope, 1, portal.now).await?;
    listing.map(Some).ok_or(PageError::NOT_FOUND)
}

/// Reads the articles with these slugs from KV. A document may have changed since it was listed, so articles that no
/// longer exist, cannot be parsed or are not public are left out. All articles together must not exceed the limits of
/// size and complexity that hold for one document, so the last articles of the list may be left out too.
async fn public_articles<'a>(
    portal: &Portal,
    slugs: &[&'a str],
) -> Result<Vec<(&'a str, Article)>, PageError> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let mut documents = portal.articles()?.texts(slugs).await?;
    let (mut bytes, mut marks) = (0, 0);
    let in_order = slugs.iter().filter_map(|&slug| Some((slug, documents.remove(slug)?)));
    let within = in_order.take_while(|(_, document)| {
        bytes += document.len();
        bytes <= MAX_DOCUMENT_BYTES
    });
    Ok(within
        // A bulk read of KV replaces bytes that are not UTF-8 with U+FFFD. Documents with this character are left out.
        .filter(|(_, document)| !document.contains('\u{FFFD}'))
        .filter_map(|(slug, document)| {
            let parsed = article::parse(document.as_bytes(), &portal.site.rules);
            Some((slug, parsed.ok()?.article))
        })
        .filter(|(_, article)| article.is_public(portal.now))
        .take_while(|(_, article)| {
            marks += article::marks(&article.body).unwrap_or(MAX_MARKS);
            marks <= MAX_MARKS
        })
        .collect())
}

fn entry<'a>(site: &Site, slug: &str, article: &'a Article) -> FeedEntry<'a> {
    let path = Route::article(slug).to_string();
    let base = BaseUrl { site: &site.base_url, path: &path };
    let body = render(&article.body, labels(&article.lang), Some(base));
    FeedEntry {
        title: &article.title,
        url: site.absolute(&path),
        published: article.listed_at(),
        updated: article.changed_at(),
        author: &article.author,
        category: article.category.as_ref(),
        lang: &article.lang,
        summary: &article.summary,
        audio: article.audio.as_ref().and_then(|audio| {
            let media_type = audio_type(&audio.file)?;
            Some(Enclosure { url: site.absolute(&file_url(&audio.file)), media_type })
        }),
        content: feed_content(site, article, &body.html).into_string(),
    }
}

/// The content of an article's entry in a feed, as HTML: its picture, its body, and links to its attachments. `body` is
/// the rendered body with absolute links, because feed readers show it outside of the portal.
pub fn feed_content(site: &Site, article: &Article, body: &str) -> Markup {
    html! {
        @if let Some(image) = &article.image {
            p { img src=(site.absolute(&file_url(&image.file))) alt=(image.alt); }
        }
        (PreEscaped(body))
        @if !article.attachments.is_empty() {
            ul {
                @for attachment in &article.attachments {
                    li { a href=(site.absolute(&file_url(&attachment.file))) { (attachment.title) } }
                }
            }
        }
        @if let Some(source) = &article.source { p { "Nguồn: " (source) } }
    }
}
