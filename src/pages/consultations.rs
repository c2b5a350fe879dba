//! The list of drafts that were published for comment, in sections by state.

use maud::{Markup, html};

use super::consultation::{results, state_name, time_left};
use super::frame::Frame;
use super::layout::{Head, layout};
use super::parts::{foreign, page_links};
use crate::catalogue::{DraftList, ListedDraft};
use cong_core::addresses::Route;
use cong_core::consultation::ConsultationState;

pub fn consultations(frame: Frame<'_>, listed: &DraftList) -> Markup {
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
