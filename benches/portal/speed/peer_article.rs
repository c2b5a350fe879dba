//! The article as the Hono peer stores it: JSON with everything that can be prepared when an article is published,
//! including the body as HTML. Its parts are taken from the portal's page, so that both pages show the same.

use anyhow::{Context, Result, anyhow};
use cong_core::article::{self, Article, DocumentRules};
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

use super::recording::Recording;
use crate::articles::{self, Generated};

/// Converts the recorded article into the JSON that the Hono peer stores in place of the document.
pub fn peer_article(recording: &Recording) -> Result<Generated> {
    let Generated { slug, rev, .. } = articles::article(recording.number);
    let article = parsed(recording.number)?;
    let page = Page(Html::parse_document(&recording.article.body));
    let body = page.all("div.body")?.first().map(ElementRef::inner_html);
    let contents = page.all(".contents a")?.into_iter();
    let contents: Vec<_> =
        contents.map(|link| json!({ "href": link.attr("href"), "text": text(link) })).collect();
    let related = page.all(".related a")?.into_iter().map(related).collect::<Result<Vec<_>>>()?;
    let attachments = article.attachments.iter();
    let attachments: Vec<_> =
        attachments.map(|one| json!({ "file": one.file, "title": one.title })).collect();
    let document = article.document.map(|document| {
        json!({
            "number": document.number,
            "issued_on": document.issued_on,
            "signer": document.signer,
        })
    });
    let json = json!({
        "slug": slug,
        "title": article.title,
        "summary": article.summary,
        "author": article.author,
        "lang": article.lang,
        "updated": article.updated,
        "published": article.published,
        "category": article.category.map(|one| json!({ "name": one.name, "slug": one.slug })),
        "document": document,
        "reading_time": page.all(".reading-time")?.into_iter().next().map(text),
        "contents": contents,
        "body": body.context("the article's page has no body")?,
        "attachments": attachments,
        "related": related,
    });
    Ok(Generated { slug, document: json.to_string(), rev })
}

/// The data of a link to a related article, with the time of that article.
fn related(link: ElementRef<'_>) -> Result<Value> {
    let slug = link.attr("href").and_then(|href| href.strip_prefix("/bai-viet/"));
    let slug = slug.context("a related article without its address")?;
    let (_, number) = slug.rsplit_once('-').context("a slug without its number")?;
    let listed_at = parsed(number.parse()?)?.listed_at();
    Ok(json!({ "slug": slug, "title": text(link), "listed_at": listed_at }))
}

fn parsed(number: u32) -> Result<Article> {
    let Generated { slug, document, .. } = articles::article(number);
    let parsed = article::parse(document.as_bytes(), &DocumentRules::default());
    Ok(parsed.map_err(|problems| anyhow!("{slug}: {problems:?}"))?.article)
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

struct Page(Html);

impl Page {
    fn all(&self, selector: &str) -> Result<Vec<ElementRef<'_>>> {
        let selector = Selector::parse(selector).map_err(|error| anyhow!("{selector}: {error}"))?;
        Ok(self.0.select(&selector).collect())
    }
}
