//! The pages of public questions and answers: the list, the page of one question, and the feed.

mod store;

pub use store::Question;

use cong_core::addresses::{FeedFormat, Route};
use cong_core::vietnamese::truncate_at_word;
use futures_util::future::join;
use maud::{Markup, html};

use crate::catalogue::hot_index;
use crate::feeds::{Feed, FeedEntry, write_feed};
use crate::layout::{Frame, Head, as_written, breadcrumb, date, frame, layout, page_links};
use crate::site::Site;
use crate::web::{CachePolicy, PageError, Portal, Response};
use store::QuestionsPage;

pub async fn questions(
    portal: &Portal,
    category: Option<&str>,
    page: u32,
) -> Result<Response, PageError> {
    let db = portal.feedback()?;
    let (found, index) = join(store::questions(&db, category, page), hot_index(portal)).await;
    let found = found?.ok_or(PageError::NOT_FOUND)?;
    let frame = frame(portal, &index);
    Ok(released_page(frame, questions_page(frame, category, &found)))
}

pub async fn question(portal: &Portal, id: i64) -> Result<Response, PageError> {
    let db = portal.feedback()?;
    let (found, index) = join(store::question(&db, id), hot_index(portal)).await;
    let found = found?.ok_or(PageError::NOT_FOUND)?;
    let frame = frame(portal, &index);
    Ok(released_page(frame, question_page(frame, &found)))
}

fn released_page(frame: Frame<'_>, page: Markup) -> Response {
    Response::page(
        200,
        page,
        CachePolicy::Released { changes_at: frame.index.next_change(frame.now) },
    )
}

pub async fn feed(portal: &Portal) -> Result<Response, PageError> {
    let newest = store::newest_questions(&portal.feedback()?).await?;
    let site = &portal.site;
    let entries = newest.iter().map(|question| FeedEntry {
        title: &question.subject,
        url: site.absolute(&Route::Question { id: question.id }.to_string()),
        published: question.released_at,
        updated: question.changed_at,
        author: &site.body_name,
        category: None,
        lang: "vi",
        summary: "",
        audio: None,
        content: question_in_feed(question).into_string(),
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
    Ok(Response::text(200, format.content_type(), write_feed(&feed, format), cache))
}

pub fn questions_page(frame: Frame<'_>, category: Option<&str>, page: &QuestionsPage) -> Markup {
    let route = |number| Route::Questions { category: category.map(str::to_owned), page: number };
    let title = match &page.category {
        Some(name) => format!("Hỏi đáp: {name}"),
        None => "Hỏi đáp".to_owned(),
    };
    let heading = match page.page {
        1 => title.clone(),
        number => format!("{title} – trang {number}"),
    };
    let main = html! {
        h1 { (title) }
        p {
            "Câu hỏi, ý kiến đã được trả lời và công bố, mới nhất trước; không nêu tên người gửi. "
            a href=(Route::FEEDBACK) { "Gửi câu hỏi của bạn" } " · "
            a href=(Route::QuestionsFeed) { "Theo dõi qua nguồn tin (Atom)" }
        }
        @if page.categories.len() > 1 || category.is_some() { (categories(page)) }
        @if page.questions.is_empty() {
            p { "Chưa có câu hỏi nào được công bố." }
        } @else {
            p class="entry-meta" {
                (page.total) " câu hỏi"
                @if page.pages > 1 { "; trang " (page.page) " trên " (page.pages) }
            }
            @for question in &page.questions {
                article class="question" {
                    h2 { a href=(Route::Question { id: question.id }) { (question.subject) } }
                    (question_body(frame.site, question))
                }
            }
        }
        (page_links(page.page, page.pages, route))
    };
    let route = route(page.page);
    let description = format!("Câu hỏi của người dân và trả lời của {}.", frame.site.body_name);
    layout(
        frame,
        Head { title: &heading, description: Some(&description), route: Some(&route) },
        main,
    )
}

fn categories(page: &QuestionsPage) -> Markup {
    html! {
        nav class="categories" aria-label="Lĩnh vực" {
            ul {
                li {
                    a href=(Route::QUESTIONS) aria-current=[page.category.is_none().then_some("true")] {
                        "Tất cả"
                    }
                }
                @for category in &page.categories {
                    @let is_current = page.category.as_ref() == Some(&category.name);
                    @let route = Route::Questions { category: Some(category.slug.clone()), page: 1 };
                    li {
                        a href=(route) aria-current=[is_current.then_some("true")] { (category.name) }
                        " (" (category.count) ")"
                    }
                }
            }
        }
    }
}

/// The page of one question. Feeds and links lead to it.
pub fn question_page(frame: Frame<'_>, question: &Question) -> Markup {
    let main = html! {
        article class="question" {
            (breadcrumb(frame, None, &[html! { a href=(Route::QUESTIONS) { "Hỏi đáp" } }]))
            h1 { (question.subject) }
            (question_body(frame.site, question))
        }
        p { a href=(Route::FEEDBACK) { "Gửi câu hỏi của bạn" } }
    };
    let description = truncate_at_word(&question.text, 160);
    let head = Head {
        title: &question.subject,
        description: Some(&description),
        route: Some(&Route::Question { id: question.id }),
    };
    layout(frame, head, main)
}

/// One question with its answer as the content of a feed entry. Each line becomes a paragraph, because feeds have no
/// stylesheet that would keep line breaks.
pub fn question_in_feed(question: &Question) -> Markup {
    let lines = |text| str::lines(text).filter(|line| !line.trim().is_empty());
    html! {
        @for line in lines(&question.text) { p { (line) } }
        p { strong { "Trả lời:" } }
        @for line in lines(&question.answer) { p { (line) } }
    }
}

/// A question with its answer, as public pages show them.
pub fn question_body(site: &Site, question: &Question) -> Markup {
    html! {
        p class="entry-meta" {
            "Hỏi ngày " (date(question.received_at)) " · công bố ngày " (date(question.released_at))
            @if let Some(category) = question.category_slug() {
                " · "
                a href=(Route::Questions { category: Some(category), page: 1 }) { (question.category) }
            }
        }
        (as_written(&question.text))
        div class="answer" {
            p { strong { (site.body_name) " trả lời:" } }
            (as_written(&question.answer))
        }
    }
}
