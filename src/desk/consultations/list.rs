//! The desk's list of drafts.

use cong_core::addresses::{DeskConsultationsPage, DeskPage};
use cong_core::consultation::days_left;
use cong_core::vietnamese::{Timestamp, grouped};
use maud::{Markup, html};

use super::list_store::{CommentCounts, DeskDraftList, DeskListedDraft, draft_list};
use super::parts::route;
use crate::consultations::state_name;
use crate::desk::due_soon::SOON_DAYS;
use crate::desk::layout::{DeskFrame, desk_layout};
use crate::desk::request::Desk;
use crate::layout::{date_time, page_links};
use crate::site::VIETNAMESE;
use crate::web::{PageError, Response};

pub fn consultations_page(frame: &DeskFrame<'_>, list: &DeskDraftList) -> Markup {
    let title = match list.page {
        1 => "Dự thảo".to_owned(),
        page => format!("Dự thảo – trang {page}"),
    };
    let main = html! {
        h1 { "Dự thảo" }
        @if list.drafts.is_empty() {
            p { "Chưa có dự thảo nào. Một bài trở thành dự thảo lấy ý kiến khi có nhóm " code { "[consultation]" } "." }
        } @else {
            div class="table-scroll desk-drafts" role="region" tabindex="0" aria-label="Các dự thảo" {
                table class="desk-table" {
                    caption { "Chờ lâu nhất và sắp hết hạn đứng trước" }
                    thead {
                        tr {
                            th scope="col" { "Dự thảo" }
                            th scope="col" { "Hết hạn góp ý" }
                            th scope="col" class="right" { "Ý kiến" }
                            th scope="col" class="right" { "Chưa trả lời" }
                            th scope="col" class="right" { "Chưa công bố" }
                            th scope="col" { "Trả lời" }
                        }
                    }
                    tbody { @for (draft, counts) in &list.drafts { (row(draft, counts, frame.now)) } }
                }
            }
        }
        (page_links(list.page, list.pages, |page| route(DeskConsultationsPage::All { page })))
    };
    desk_layout(frame, Some(&DeskPage::CONSULTATIONS), &title, &main)
}

fn row(draft: &DeskListedDraft, counts: &CommentCounts, now: Timestamp) -> Markup {
    let number = |count: u32| {
        html! { td class="right" { @if count > 0 { strong { (grouped(count as usize)) } } @else { "0" } } }
    };
    html! {
        tr {
            th scope="row" {
                a href=(route(DeskConsultationsPage::of_draft(&draft.slug))) {
                    @match &draft.article {
                        Some(article) => (article.title),
                        None => (draft.slug),
                    }
                }
                span class="desk-note" {
                    @match (&draft.article, draft.state(now)) {
                        (Some(article), Some(state)) => {
                            (state_name(&VIETNAMESE, state))
                            @if article.is_hidden == 1 { "; bài chưa công bố" }
                        }
                        _ => "Bài đã gỡ hoặc đang có lỗi",
                    }
                }
            }
            td {
                @if let Some(article) = &draft.article {
                    (date_time(article.closes))
                    @let days = days_left(article.closes, now);
                    @if article.closes >= now && days <= SOON_DAYS.into() {
                        span class="desk-note desk-overdue" {
                            @if days == 0 { "hôm nay" } @else { "còn " (days) " ngày" }
                        }
                    }
                }
            }
            td class="right" { (grouped(counts.comments as usize)) }
            (number(counts.undecided))
            (number(counts.unreleased))
            td {
                @match draft.released_at {
                    None => "chưa công bố",
                    Some(at) if at > now => { "hiện ra lúc " (date_time(at)) }
                    Some(at) => { "công bố lúc " (date_time(at)) }
                }
            }
        }
    }
}

pub async fn all(desk: &Desk<'_>, page: u32) -> Result<Response, PageError> {
    let (catalogue, db) = (desk.portal.catalogue()?, desk.portal.feedback()?);
    let list = draft_list(&catalogue, &db, page, desk.portal.now).await?;
    Ok(desk.page(consultations_page(&desk.frame(), &list.ok_or(PageError::NOT_FOUND)?)))
}
