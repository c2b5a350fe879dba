//! The page of a receipt: the state of the submission, the due date of the answer, and the answer. Everybody who has
//! the address of the page can see it, so it shows nothing about the sender.

use cong_core::addresses::Route;
use cong_core::article::Article;
use cong_core::submission::{Receipt, ReceiptAction, SubmissionKind};
use cong_core::vietnamese::Timestamp;
use maud::{Markup, html};

use super::comments::{ReceiptComments, receipt_comments};
use crate::feedback::state::SubmissionState;
use crate::feedback::store::Received;
use crate::layout::{Frame, Head, as_written, date_time, foreign, layout, print_head};
use crate::site::Site;

pub struct ReceiptPage<'a> {
    pub receipt: &'a Receipt,
    pub received: &'a Received,
    /// The article that the submission is about; `None` if there is none, or if it is not public.
    pub about: Option<&'a Article>,
    /// The comments of the submission; `None` if it is not about a draft.
    pub comments: Option<&'a ReceiptComments<'a>>,
}

pub fn receipt_page(frame: Frame<'_>, page: &ReceiptPage<'_>) -> Markup {
    let ReceiptPage { receipt, received, about, comments } = page;
    let site = frame.site;
    let main = html! {
        // Who knows the address of the receipt can act as the sender. Printed pages therefore show the address of the
        // lookup page.
        (print_head(frame, &Route::Lookup))
        section class="panel receipt" aria-labelledby="bien_nhan" {
            div class="receipt-issuer" {
                img src="/emblem.svg" alt="" width="40" height="40";
                p { strong { "Biên nhận" } (site.body_name) }
            }
            h1 id="bien_nhan" { (heading(received.state)) }
            p class="receipt-label" { "Mã biên nhận" }
            p class="receipt-code" { (receipt) }
            dl {
                div { dt { "Trạng thái" } dd { strong { (received.state.label()) } } }
                @if let (SubmissionState::PassedOn, Some(unit)) = (received.state, &received.passed_to) {
                    div { dt { "Đã chuyển đến" } dd { (unit) } }
                }
                div { dt { "Loại" } dd { (received.kind.label()) } }
                @if let (Some(slug), Some(article)) = (&received.about, about) {
                    div {
                        dt { @if received.kind == SubmissionKind::DraftComment { "Về dự thảo" } @else { "Về bài" } }
                        dd {
                            a href=(Route::article(slug)) lang=[foreign(&article.lang)] { (article.title) }
                        }
                    }
                }
                @if !received.subject.is_empty() {
                    div { dt { "Tiêu đề" } dd { (received.subject) } }
                }
                div { dt { "Nhận lúc" } dd { (date_time(received.received_at)) ", giờ Việt Nam" } }
                div { dt { "Nơi nhận" } dd { (site.body_name) } }
                @match &received.answer {
                    Some(answer) => div {
                        dt { "Trả lời lúc" } dd { (date_time(answer.at)) ", giờ Việt Nam" }
                    },
                    None => (due(site, received, frame.now)),
                }
            }
        }
        @if let Some(answer) = &received.answer {
            (answer_to_sender(site, &answer.text))
        }
        @if let Some(comments) = comments { (receipt_comments(comments)) }
        @if received.state == SubmissionState::Withdrawn {
            p {
                "Theo yêu cầu của người gửi, nội dung và thông tin cá nhân đã được xóa. Chỉ còn lại mã biên nhận, "
                "loại ý kiến, tên bài được góp ý (nếu có) và thời điểm nhận."
            }
        } @else {
            (how_to_follow(received.kind))
            (other_ways(site))
            (rights(receipt, received))
        }
        p { a href=(Route::Home) { "Về trang chủ" } }
    };
    layout(frame, Head { title: "Biên nhận", description: None, route: None }, main)
}

/// The office's answer, as the sender sees it on the receipt.
pub fn answer_to_sender(site: &Site, text: &str) -> Markup {
    html! {
        section class="answer" aria-labelledby="tra_loi" {
            h2 id="tra_loi" { "Trả lời của " (site.body_name) }
            (as_written(text))
        }
    }
}

fn heading(state: SubmissionState) -> &'static str {
    match state {
        SubmissionState::Received => "Đã nhận ý kiến của bạn",
        SubmissionState::PassedOn => "Ý kiến của bạn đã được chuyển đi",
        SubmissionState::InProgress => "Ý kiến của bạn đang được xử lý",
        SubmissionState::Answered => "Ý kiến của bạn đã được trả lời",
        SubmissionState::Withdrawn => "Ý kiến này đã được rút lại",
    }
}

/// The due date of the answer, and the law that sets the answer period.
fn due(site: &Site, received: &Received, now: Timestamp) -> Markup {
    let Some(due) = received.due.filter(|_| received.state != SubmissionState::Withdrawn) else {
        return html! {};
    };
    // If the office's answer period has changed since the submission was received, its source is not that of this due
    // date.
    let source = site
        .answer_period(received.kind)
        .filter(|period| (period.days, period.counts) == (due.days, due.counts))
        .and_then(|period| period.source.as_ref());
    html! {
        div {
            dt { "Hạn trả lời" }
            dd {
                strong { (due) }
                @if due.is_estimate { " (dự kiến, chưa tính ngày nghỉ lễ của năm đó)" }
                @if now.day() > due.date { strong { " – đã quá hạn" } }
                @if let Some(source) = source {
                    span class="hint due-source" { "Căn cứ: " (source) }
                }
            }
        }
    }
}

fn how_to_follow(kind: SubmissionKind) -> Markup {
    let answer = match kind {
        SubmissionKind::DraftComment => {
            "Góp ý dự thảo được tổng hợp và trả lời cùng một lúc; khi ấy câu trả lời hiện trên trang này"
        }
        _ => "Câu trả lời hiện trên trang này",
    };
    html! {
        h2 { "Hãy giữ lại mã này" }
        ul {
            li {
                (answer) ", không gửi qua thư điện tử hay tin nhắn. Hãy đánh dấu trang, "
                "hoặc " a href=(Route::Lookup) { "tra cứu" } " bằng mã khi cần xem lại."
            }
            li { "Chép, chụp hoặc in trang này: mã không tìm lại được nếu mất." }
            li {
                "Ai có mã hoặc địa chỉ của trang này đều xem được trang. Trang không hiện họ tên, địa chỉ, "
                "điện thoại hay thư điện tử của bạn."
            }
        }
    }
}

/// A list of other ways to send files and papers, which the feedback form does not accept.
pub fn other_ways(site: &Site) -> Markup {
    html! {
        h2 { "Các cách gửi khác, gửi kèm tệp" }
        p {
            "Trang này không nhận tệp. Muốn gửi tệp, ảnh, giấy tờ, hoặc không gửi được qua trang này, xin gửi thẳng "
            "tới cơ quan, nêu mã biên nhận nếu có."
        }
        ul {
            @if let Some(email) = &site.email {
                li { "qua thư điện tử: " a href=(format!("mailto:{email}")) { (email) } }
            }
            @if let Some(address) = &site.address {
                li { "qua bưu điện, hoặc nộp trực tiếp: " (site.body_name) ", " (address) }
            }
            @if let Some(phone) = &site.phone {
                li { "hỏi qua điện thoại: " (phone) }
            }
        }
    }
}

fn rights(receipt: &Receipt, received: &Received) -> Markup {
    let action = |action| Route::Receipt { receipt: receipt.clone(), action: Some(action) };
    html! {
        section class="rights" aria-labelledby="quyen_cua_ban" {
            h2 id="quyen_cua_ban" { "Rút lại hoặc xóa thông tin" }
            ul {
                li {
                    a href=(action(ReceiptAction::Withdraw)) { "Rút lại ý kiến này" }
                    ": xóa toàn bộ nội dung, kể cả câu trả lời nếu đã có."
                }
                @if received.has_identity {
                    li {
                        a href=(action(ReceiptAction::EraseIdentity)) { "Xóa thông tin cá nhân của tôi" }
                        ": ý kiến vẫn được xem xét, nhưng không còn biết ai gửi."
                    }
                }
            }
        }
    }
}
