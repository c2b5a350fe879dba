//! What the pages of drafts say of one comment: who sent it, what everybody reads of it, how it is answered.

use maud::{Markup, html};

use crate::article::Article;
use crate::desk::consultations::{Comment, Draft};
use crate::pages::answers::answer;
use crate::pages::parts::{as_written, date_time};
use crate::routes::{DeskPage, Route};
use crate::vietnamese::Timestamp;

/// Which draft it is: to its page, while visitors can see that.
pub fn draft_title(draft: &Draft, now: Timestamp) -> Markup {
    let is_public = |article: &&Article| article.is_public(now);
    html! {
        p class="draft-title" {
            @match draft.article.as_ref() {
                Some(article) if is_public(&article) => a href=(Route::article(&draft.slug)) { (article.title) },
                Some(article) => { (article.title) " (bài chưa công bố)" }
                None => { (draft.slug) " (bài đã gỡ hoặc đang có lỗi: các điều khoản xếp theo thứ tự ý kiến đến)" }
            }
        }
    }
}

/// Who sent it and when, with a way to the whole submission.
pub fn sender(comment: &Comment) -> Markup {
    html! {
        strong {
            @match &comment.name {
                Some(name) if !name.is_empty() => bdi { (name) },
                _ => "Không ghi tên",
            }
        }
        " (" (comment.capacity.unwrap_or_default().label())
        @if comment.name.is_some() {
            @if comment.is_named == 1 { ", đề nghị hiện tên" } @else { ", không hiện tên" }
        }
        ") · " (date_time(comment.received_at)) " · "
        a href=(DeskPage::submission(comment.submission_id)) {
            "Lượt góp ý số " (comment.submission_id)
        }
        @if comment.suspicion.is_some() { " · " strong class="desk-overdue" { "bị nghi là rác" } }
    }
}

/// What was sent beside what everybody reads.
pub fn texts(comment: &Comment) -> Markup {
    html! {
        div class="desk-pair" {
            div {
                p class="desk-label" { "Nguyên văn" }
                @match &comment.text {
                    Some(text) => (as_written(text)),
                    None => p { em { "Nội dung đã được xóa." } },
                }
            }
            div {
                p class="desk-label" { "Bản công bố" }
                @match &comment.public_text {
                    None => p { em { "Chưa công bố" } },
                    public if *public == comment.text => p { "Đúng nguyên văn" },
                    Some(public) => (as_written(public)),
                }
            }
        }
    }
}

/// Its answer, or that it has none.
pub fn answered(comment: &Comment) -> Markup {
    html! {
        @if comment.decision.is_none() { p { em { "Chưa trả lời" } } }
        (answer(comment.decision, comment.answer.as_deref(), comment.changed.as_deref()))
    }
}

/// Who can do what this editor may not.
pub fn publishers_only(what: &str) -> Markup {
    html! {
        p class="desk-note" {
            (what) " là việc của người được công bố (địa chỉ thư trong thiết lập " code { "PUBLISHERS" } ")."
        }
    }
}
