//! The receipt of a submission. Whoever has the address sees it, so it shows nothing of who sent
//! it.

use maud::{Markup, html};

use super::layout::{Frame, Head, layout};
use super::parts::date_time;
use crate::feedback::{Receipt, Received};
use crate::routes::Route;

pub fn receipt(frame: Frame<'_>, receipt: &Receipt, received: &Received) -> Markup {
    let main = html! {
        section class="panel receipt" aria-labelledby="bien_nhan" {
            h1 id="bien_nhan" { "Đã nhận ý kiến của bạn" }
            p { "Mã biên nhận" }
            p class="receipt-code" { (receipt) }
            dl {
                div { dt { "Loại" } dd { (received.kind.label()) } }
                @if !received.subject.is_empty() {
                    div { dt { "Tiêu đề" } dd { (received.subject) } }
                }
                div { dt { "Nhận lúc" } dd { (date_time(received.received_at)) ", giờ Việt Nam" } }
                div { dt { "Nơi nhận" } dd { (frame.site.body_name) } }
            }
        }
        h2 { "Hãy giữ lại mã này" }
        ul {
            li { "Chép, chụp hoặc in trang này: mã biên nhận không được gửi qua thư và không tìm lại được nếu mất." }
            li { "Ai có mã hoặc địa chỉ của trang này đều xem được trang; trang không hiện họ tên, điện thoại hay địa chỉ của bạn." }
            li {
                "Khi cần hỏi thêm về ý kiến đã gửi, hãy "
                a href=(Route::Contact) { "liên hệ cơ quan" } " và nêu mã biên nhận."
            }
        }
        p { a href=(Route::Home) { "Về trang chủ" } }
    };
    layout(frame, Head { title: "Biên nhận", description: None, route: None }, main)
}
