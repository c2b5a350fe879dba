//! The page with the list of drafts that were published for comment.

use std::collections::HashMap;

use cong_core::addresses::Route;
use cong_core::consultation::ConsultationState;
use cong_core::vietnamese::Timestamp;
use futures_util::future::join3;
use maud::{Markup, html};

use super::comments;
use super::panel::{results, state_name, time_left};
use crate::catalogue;
use crate::catalogue::{DraftList, ListedDraft, hot_index};
use crate::layout::{Frame, Head, foreign, frame, layout, page_links, public_page};
use crate::web::{PageError, Portal, Response};

/// How long the list may be cached if `DB` did not tell which drafts have public answers, in seconds.
const SECONDS_WITHOUT_ANSWERED: i64 = 10;

/// The page with the list of drafts. If `DB` does not answer, drafts whose answers are public are listed as closed.
pub async fn consultations(portal: &Portal, page: u32) -> Result<Response, PageError> {
    let drafts = async { catalogue::drafts(&portal.catalogue()?).await };
    let (drafts, answered, index) = join3(drafts, answered(portal), hot_index(portal)).await;
    let soon = Timestamp(portal.now.0 + SECONDS_WITHOUT_ANSWERED + 1);
    let soon = answered.is_none().then_some(soon);
    let listed = DraftList::of(drafts?, &answered.unwrap_or_default(), page, portal.now)
        .ok_or(PageError::NOT_FOUND)?;
    let frame = frame(portal, &index);
    let changes_at = soon.into_iter().chain(listed.changes_at).min();
    Ok(public_page(frame, consultations_page(frame, &listed), changes_at))
}

async fn answered(portal: &Portal) -> Option<HashMap<String, Timestamp>> {
    let asked = async { comments::answered(&portal.feedback()?).await };
    match asked.await {
        Ok(answered) => Some(answered),
        Err(error) => {
            portal
                .log_error(&format!("D1 failed while reading which drafts are answered: {error}"));
            None
        }
    }
}

pub fn consultations_page(frame: Frame<'_>, listed: &DraftList) -> Markup {
    let title = "Dự thảo lấy ý kiến";
    let heading = match listed.page {
        1 => title.to_owned(),
        page => format!("{title} – trang {page}"),
    };
    let main = html! {
        h1 { (title) }
        @if listed.drafts.is_empty() { p { "Chưa có dự thảo nào được đưa ra lấy ý kiến." } }
        @else { p class="entry-meta" { "Thời hạn tính theo giờ Việt Nam." } }
        @for section in listed.drafts.chunk_by(|one, next| one.state == next.state) {
            @if let Some(first) = section.first() {
                section class="drafts" {
                    h2 { (state_name(frame.texts(), first.state)) }
                    ul class="entries" { @for one in section { (entry(frame, one)) } }
                }
            }
        }
        (page_links(listed.page, listed.pages, |page| Route::Consultations { page }))
    };
    let route = Route::Consultations { page: listed.page };
    let description = format!(
        "Dự thảo mà {} đang lấy ý kiến, đang tổng hợp ý kiến hoặc đã trả lời.",
        frame.site.body_name
    );
    layout(
        frame,
        Head { title: &heading, description: Some(&description), route: Some(&route) },
        main,
    )
}

fn entry(frame: Frame<'_>, listed: &ListedDraft) -> Markup {
    let ListedDraft { draft, state, answered_at } = listed;
    let consultation = &draft.consultation;
    html! {
        li class="entry" {
            h3 lang=[foreign(&draft.lang)] { a href=(Route::article(&draft.slug)) { (draft.title) } }
            p class="entry-meta" {
                @match state {
                    ConsultationState::NotYetOpen => {
                        "Nhận ý kiến từ " (consultation.opens.hour_and_date())
                        " đến " (consultation.closes.hour_and_date())
                    }
                    ConsultationState::Open => {
                        "Nhận ý kiến đến " (consultation.closes.hour_and_date()) " – "
                        strong { (time_left(frame, consultation.closes)) }
                    }
                    _ => { "Hết hạn lúc " (consultation.closes.hour_and_date()) }
                }
            }
            @if !consultation.unit.is_empty() {
                p class="entry-meta" { "Đơn vị tổng hợp: " (consultation.unit) }
            }
            (results(frame, &draft.slug, consultation, *answered_at))
        }
    }
}
