//! The pages of the stand-in for Cloudflare Access: sign-in and messages.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::sample_editors::EDITORS;

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}\
     button{font:inherit;display:block;width:100%;margin:1rem 0;padding:.8rem;text-align:left;cursor:pointer}";

/// The sign-in page for development: instead of typing a password, the developer picks one of the sample editors.
/// `address` is the address of this page, to which its form is sent.
pub fn login(address: &str) -> Markup {
    page(
        "Đăng nhập bàn biên tập",
        &html! {
            p { "Trang này thay cho Cloudflare Access khi cổng chạy trên máy của bạn. Hãy chọn người để đăng nhập." }
            form method="post" action=(address) {
                @for editor in &EDITORS {
                    button name="email" value=(editor.email) {
                        strong { (editor.name) }
                        br;
                        @if editor.is_publisher { "Biên tập và công bố" } @else { "Biên tập" }
                        " · " (editor.email)
                    }
                }
            }
        },
    )
}

/// A page with a message and a link to `back`, a page of the portal.
pub fn message(text: &str, back: &str) -> Markup {
    page(
        text,
        &html! {
            p { a href=(back) { "Về cổng thông tin" } }
        },
    )
}

fn page(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    (content)
                }
            }
        }
    }
}
