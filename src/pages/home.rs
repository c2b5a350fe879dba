//! Home: open consultations, the newest articles, the categories.

use maud::{Markup, html};

use super::consultation::time_left;
use super::layout::{Frame, Head, layout};
use super::parts::{entries, foreign};
use crate::routes::Route;

/// Articles on home.
const ARTICLES: usize = 10;

pub fn home(frame: Frame<'_>) -> Markup {
    let articles = frame.index.pinned_then_latest(frame.now, ARTICLES);
    let consultations = frame.index.open_consultations(frame.now);
    let categories = &frame.index.categories;
    let main = html! {
        h1 class="visually-hidden" { (frame.site.body_name) }
        div class="columns" {
            section aria-labelledby="tin_moi" {
                h2 id="tin_moi" { "Tin bài mới" }
                @if articles.is_empty() {
                    p { "Chưa có bài viết nào." }
                } @else {
                    (entries(articles, true))
                    p class="more" { a href=(Route::ARTICLES) { "Tất cả tin bài" } }
                }
            }
            div {
                @if !consultations.is_empty() {
                    section class="panel" aria-labelledby="dang_lay_y_kien" {
                        h2 id="dang_lay_y_kien" { "Đang lấy ý kiến" }
                        ul {
                            @for consultation in consultations {
                                li {
                                    a href=(Route::article(&consultation.slug))
                                        lang=[foreign(&consultation.lang)] {
                                        (consultation.title)
                                    }
                                    p class="entry-meta" {
                                        "Nhận ý kiến đến "
                                        (consultation.consultation_closes.hour_and_date())
                                        " – "
                                        strong {
                                            (time_left(consultation.consultation_closes, frame.now))
                                        }
                                    }
                                }
                            }
                        }
                        p class="more" { a href=(Route::CONSULTATIONS) { "Tất cả dự thảo" } }
                    }
                }
                @if !categories.is_empty() {
                    section aria-labelledby="chuyen_muc" {
                        h2 id="chuyen_muc" { "Chuyên mục" }
                        ul class="plain-list" {
                            @for category in categories {
                                li {
                                    a href=(Route::category(&category.category_slug)) {
                                        (category.category_name)
                                    }
                                }
                            }
                        }
                    }
                }
                section aria-labelledby="gop_y" {
                    h2 id="gop_y" { "Góp ý, hỏi đáp" }
                    p { "Gửi góp ý, câu hỏi hoặc phản ánh tới cơ quan; mỗi lần gửi có một mã biên nhận." }
                    p { a class="button" href=(Route::FEEDBACK) { "Gửi góp ý" } }
                    ul class="plain-list" {
                        li { a href=(Route::Lookup) { "Tra cứu ý kiến đã gửi" } }
                        li { a href=(Route::QUESTIONS) { "Câu hỏi đã được trả lời" } }
                    }
                }
            }
        }
    };
    let description = (!frame.site.greeting.is_empty()).then_some(frame.site.greeting.as_str());
    layout(
        frame,
        Head { title: &frame.site.body_name, description, route: Some(&Route::Home) },
        main,
    )
}
