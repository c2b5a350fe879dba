use cong_core::addresses::{DeskConsultationsPage, DeskPage, Route};
use cong_core::article::Article;
use cong_core::vietnamese::Timestamp;
use maud::{Markup, html};

use super::comments_store::StoredComment;
use super::draft::DeskDraft;
use crate::consultations::answer;
use crate::layout::{as_written, date_time};

/// Shows the title of the draft. It is a link if the draft is public.
pub fn draft_title(draft: &DeskDraft, now: Timestamp) -> Markup {
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

/// Shows the sender of a comment and the time when it was received, with a link to the whole submission.
pub fn sender(comment: &StoredComment) -> Markup {
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

/// Shows two texts side by side: the comment as the sender wrote it, and its public text.
pub fn texts(comment: &StoredComment) -> Markup {
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

/// Shows the answer to a comment, or a note that it has no answer.
pub fn answered(comment: &StoredComment) -> Markup {
    html! {
        @if comment.decision.is_none() { p { em { "Chưa trả lời" } } }
        (answer(comment.decision, comment.answer.as_deref(), comment.changed.as_deref()))
    }
}

/// Shows a note that only publishers may do `what`.
pub fn publishers_only(what: &str) -> Markup {
    html! {
        p class="desk-note" {
            (what) " là việc của người được công bố (địa chỉ thư trong thiết lập " code { "PUBLISHERS" } ")."
        }
    }
}

pub fn route(page: DeskConsultationsPage) -> Route {
    Route::Desk(DeskPage::Consultations(page))
}
