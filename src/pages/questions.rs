//! The pages of public questions and answers.

use maud::{Markup, html};

use super::frame::Frame;
use super::layout::{Head, layout};
use super::parts::{as_written, breadcrumb, date, page_links};
use crate::feedback::{Question, QuestionsPage};
use crate::site::Site;
use cong_core::addresses::Route;
use cong_core::vietnamese::truncate_at_word;

pub fn questions(frame: Frame<'_>, category: Option<&str>, page: &QuestionsPage) -> Markup {
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

/// The page of one question, to which feeds and links lead.
pub fn question(frame: Frame<'_>, question: &Question) -> Markup {
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

/// One question as the content of a feed entry. Lines become paragraphs, because feeds have no stylesheet that keeps
/// line breaks.
pub fn question_in_feed(question: &Question) -> Markup {
    let lines = |text| str::lines(text).filter(|line| !line.trim().is_empty());
    html! {
        @for line in lines(&question.text) { p { (line) } }
        p { strong { "Trả lời:" } }
        @for line in lines(&question.answer) { p { (line) } }
    }
}

/// A question with its answer, as the public reads them.
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
