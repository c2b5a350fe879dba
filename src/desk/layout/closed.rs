//! The page for requests to the desk that are not signed in.

use cong_core::addresses::Route;
use maud::{Markup, html};

use super::{shell, typed};
use crate::desk::access::SignInError;
use crate::site::Site;
use crate::web::SentFields;

/// Renders the page for a request to the desk that is not signed in. `back` is the page that is shown after signing in.
/// `fields` are the fields of a form that was sent without a sign-in.
pub fn closed_page(site: &Site, cause: &SignInError, back: &Route, fields: &SentFields) -> Markup {
    let title = match cause {
        SignInError::NotConfigured => "Bàn biên tập chưa mở",
        SignInError::NoToken => "Đăng nhập bàn biên tập",
        SignInError::Refused(_) => "Lần đăng nhập này không dùng được",
        SignInError::KeysAway(_) => "Tạm thời chưa kiểm tra được đăng nhập",
    };
    let body = html! {
        main id="noi_dung_chinh" tabindex="-1" {
            h1 { (title) }
            @match cause {
                SignInError::NotConfigured => {
                    p { "Bàn biên tập chỉ mở sau khi người vận hành nối nó với Cloudflare Access:" }
                    ol {
                        li { "Trong Cloudflare Zero Trust, tạo một ứng dụng tự quản (self-hosted) cho địa chỉ "
                             code { (site.absolute("/bien-tap")) } ", với chính sách cho phép các địa chỉ thư của người biên tập." }
                        li { "Chép tên miền của nhóm vào " code { "ACCESS_TEAM" } " và thẻ Audience (AUD) của ứng dụng vào "
                             code { "ACCESS_AUDIENCE" } ", trong mục " code { "[vars]" } " của " code { "wrangler.toml" } "." }
                        li { "Ghi địa chỉ thư của những người được công bố và xóa vào " code { "PUBLISHERS" } ", rồi triển khai lại." }
                    }
                    p { "Hướng dẫn đầy đủ có trong sổ tay vận hành của phần mềm (docs/operations.md)." }
                }
                SignInError::NoToken => {
                    p { "Phần này dành cho người biên tập của cơ quan." }
                }
                SignInError::Refused(_) => {
                    p { "Phiên đăng nhập đã hết hạn, hoặc không phải của trang này. Xin đăng nhập lại; nếu vẫn không được, hãy báo người vận hành: nguyên nhân có trong nhật ký." }
                }
                SignInError::KeysAway(_) => {
                    p { "Máy chủ đăng nhập không trả lời. Xin thử lại sau ít phút." }
                }
            }
            @if let Some(access) = &site.access {
                @if !matches!(cause, SignInError::KeysAway(_)) {
                    p { a class="button" href=(access.login_url(&site.base_url, &back.to_string())) { "Đăng nhập" } }
                }
                @if matches!(cause, SignInError::Refused(_)) {
                    p { a href=(access.logout_url()) { "Đăng xuất để dùng tài khoản khác" } }
                }
            }
            @if fields.iter().any(|(_, value)| !value.is_empty()) {
                h2 { "Nội dung bạn vừa gửi chưa được lưu" }
                p { "Hãy chép lại trước khi đăng nhập." }
                (typed(fields.iter()))
            }
            p { a href=(Route::Home) { "Về trang chủ" } }
        }
    };
    shell(title, site, &body)
}
