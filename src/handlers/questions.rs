//! Public questions and answers: the list, one question, the feed.

use futures_util::future::join;
use maud::Markup;

use super::{frame, hot_index};
use crate::feedback;
use crate::feeds::{Entry, Feed};
use crate::pages;
use crate::pages::Frame;
use crate::web::{CachePolicy, PageError, Portal, Response};
use cong_core::addresses::FeedFormat;
use cong_core::addresses::Route;

pub async fn questions(
    portal: &Portal,
    category: Option<&str>,
    page: u32,
) -> Result<Response, PageError> {
    let db = portal.feedback()?;
    let (found, index) = join(feedback::questions(&db, category, page), hot_index(portal)).await;
    let found = found?.ok_or(PageError::NOT_FOUND)?;
    let frame = frame(portal, &index);
    Ok(released_page(frame, pages::questions(frame, category, &found)))
}

pub async fn question(portal: &Portal, id: i64) -> Result<Response, PageError> {
    let db = portal.feedback()?;
    let (found, index) = join(feedback::question(&db, id), hot_index(portal)).await;
    let found = found?.ok_or(PageError::NOT_FOUND)?;
    let frame = frame(portal, &index);
    Ok(released_page(frame, pages::question(frame, &found)))
}

fn released_page(frame: Frame<'_>, page: Markup) -> Response {
    Response::page(
        200,
        page,
        CachePolicy::Released { changes_at: frame.index.next_change(frame.now) },
    )
}

pub async fn feed(portal: &Portal) -> Result<Response, PageError> {
    let newest = feedback::newest_questions(&portal.feedback()?).await?;
    let site = &portal.site;
    let entries = newest.iter().map(|question| Entry {
        title: &question.subject,
        url: site.absolute(&Route::Question { id: question.id }.to_string()),
        published: question.released_at,
        updated: question.changed_at,
        author: &site.body_name,
        category: None,
        lang: "vi",
        summary: "",
        audio: None,
        content: pages::question_in_feed(question).into_string(),
    });
    let feed = Feed {
        title: format!("Hỏi đáp – {}", site.body_name),
        author: &site.body_name,
        url: site.absolute(&Route::QUESTIONS.to_string()),
        own_url: site.absolute(&Route::QuestionsFeed.to_string()),
        entries: entries.collect(),
    };
    let cache = CachePolicy::Released { changes_at: None };
    let format = FeedFormat::Atom;
    Ok(Response::text(200, format.content_type(), feed.write(format), cache))
}
