use cong_core::addresses::Route;
use maud::{Markup, html};

use crate::catalogue::hot_index;
use crate::layout::{Frame, Head, frame, layout, phone_digits, public_page};
use crate::web::{PageError, Portal, Response};

pub async fn contact(portal: &Portal) -> Result<Response, PageError> {
    let index = hot_index(portal).await;
    let frame = frame(portal, &index);
    Ok(public_page(frame, contact_page(frame), None))
}

pub fn contact_page(frame: Frame<'_>) -> Markup {
    let site = frame.site;
    let main = html! {
        h1 { "Liên hệ" }
        section class="panel" aria-label="Địa chỉ liên hệ" {
            dl {
                div { dt { "Cơ quan" } dd { (site.body_name) } }
                @if let Some(address) = &site.address { div { dt { "Địa chỉ" } dd { (address) } } }
                @if let Some(phone) = &site.phone {
                    div {
                        dt { "Điện thoại" }
                        dd { a href=(format!("tel:{}", phone_digits(phone))) { (phone) } }
                    }
                }
                @if let Some(email) = &site.email {
                    div {
                        dt { "Thư điện tử" }
                        dd { a href=(format!("mailto:{email}")) { (email) } }
                    }
                }
                @if let Some(responsible) = &site.responsible {
                    div { dt { "Chịu trách nhiệm nội dung" } dd { (responsible) } }
                }
            }
        }
        p {
            "Bạn có thể gửi góp ý, câu hỏi hoặc phản ánh ngay trên trang này, không cần tài khoản; "
            "mỗi lần gửi có một mã biên nhận."
        }
        p { a class="button" href=(Route::FEEDBACK) { "Gửi góp ý" } }
        p { a href=(Route::Lookup) { "Tra cứu ý kiến đã gửi" } }
    };
    let description = format!(
        "Địa chỉ, điện thoại, thư điện tử của {}, và người chịu trách nhiệm về nội dung.",
        frame.site.body_name
    );
    layout(
        frame,
        Head { title: "Liên hệ", description: Some(&description), route: Some(&Route::Contact) },
        main,
    )
}
