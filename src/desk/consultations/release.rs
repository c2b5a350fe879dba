//! Shows whether the answers of a draft are released and when they become public, with the form that takes the release
//! back.

use cong_core::addresses::DeskConsultationsPage;
use cong_core::vietnamese::Timestamp;
use maud::{Markup, html};

use super::draft::DeskDraft;
use super::parts::{publishers_only, route};
use crate::desk::editor::Role;
use crate::desk::layout::DeskFrame;
use crate::layout::date_time;

pub fn status(frame: &DeskFrame<'_>, draft: &DeskDraft) -> Markup {
    html! {
        @match draft.facts.released_at {
            None => p { "Trả lời chưa được công bố." },
            Some(at) if at > frame.now => section class="desk-warning" aria-labelledby="sap_hien" {
                h2 id="sap_hien" { "Trả lời hiện ra lúc " (date_time(at)) }
                p {
                    "Còn khoảng " (minutes_until(at, frame.now)) " phút. Từ nay đến đó chỉ bàn biên tập thấy; thu hồi trước đó "
                    "thì sổ cái góp ý không có dấu vết nào."
                }
                (take_back(frame, draft, at))
            },
            Some(at) => section class="panel" aria-labelledby="da_hien" {
                h2 id="da_hien" { "Trả lời đã hiện ra từ " (date_time(at)) }
                p {
                    "Thu hồi thì người đọc không xem được nữa, nhưng có thể đã có người thấy, và sổ cái góp ý giữ lại việc đã "
                    "công bố rồi thu hồi. Chỗ sai nhỏ thì sửa thẳng câu trả lời."
                }
                (take_back(frame, draft, at))
            },
        }
    }
}

/// The form that takes the release back. Its field `at` is the time at which the answers become public. By it the desk
/// notices if somebody else has made another release since the page was loaded.
fn take_back(frame: &DeskFrame<'_>, draft: &DeskDraft, at: Timestamp) -> Markup {
    let is_unseen = at > frame.now;
    html! {
        @if frame.editor.role == Role::Publisher {
            form action=(route(DeskConsultationsPage::preview(&draft.slug))) method="post" {
                (frame.token_field())
                input type="hidden" name="hien_ra" value=(at.0);
                button class="button quiet" type="submit" name="viec" value=(if is_unseen { "giu-lai" } else { "thu-hoi" }) {
                    @if is_unseen { "Thu hồi, chưa ai thấy" } @else { "Thu hồi" }
                }
            }
        } @else { (publishers_only("Thu hồi")) }
    }
}

/// The number of minutes until `at`, rounded up.
fn minutes_until(at: Timestamp, now: Timestamp) -> i64 {
    (at.0 - now.0 + 59) / 60
}
