//! The page frame of the desk (banner and navigation), and parts that many of its pages share.

mod closed;
mod error;
mod form;
mod trail;

pub use closed::closed_page;
pub use error::desk_error_page;
pub use form::{FormErrors, VERSION, problem_summary, version_field, version_of};
pub use trail::{changed_meanwhile, trail};

use cong_core::addresses::{DeskPage, Done, Route};
use cong_core::stylesheet::Stylesheet;
use cong_core::vietnamese::Timestamp;
use maud::{DOCTYPE, Markup, html};

use super::editor::{Editor, Role};
use crate::layout::appearance;
use crate::site::Site;

/// The name of the hidden field with the form token, in every form of the desk.
pub const FORM_TOKEN: &str = "ma_phien";

/// The data that every page of the desk needs, such as the settings of the portal and the signed-in editor.
pub struct DeskFrame<'a> {
    pub site: &'a Site,
    pub now: Timestamp,
    pub editor: &'a Editor,
    pub form_token: String,
}

impl DeskFrame<'_> {
    /// Shows the hidden field with the form token. Every form of the desk begins with it.
    pub fn token_field(&self) -> Markup {
        html! { input type="hidden" name=(FORM_TOKEN) value=(self.form_token); }
    }
}

/// The HTML document of a page of the desk. `body` is the whole visible page, including banner and navigation if it has
/// them.
pub fn shell(title: &str, site: &Site, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                title { (title) " – Bàn biên tập – " (site.body_name) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                (appearance(site, &Stylesheet::ALL))
            }
            body class="desk" {
                a class="skip" href="#noi_dung_chinh" { "Đi thẳng tới nội dung" }
                (body)
            }
        }
    }
}

/// Renders a page of the desk in its page frame. `current` is the section to which the page belongs, which the
/// navigation marks, and `main` is the content of the page.
pub fn desk_layout(
    frame: &DeskFrame<'_>,
    current: Option<&DeskPage>,
    title: &str,
    main: &Markup,
) -> Markup {
    let items = [
        (DeskPage::TODAY, "Hôm nay"),
        (DeskPage::submissions(), "Ý kiến"),
        (DeskPage::CONSULTATIONS, "Dự thảo"),
        (DeskPage::ARTICLES, "Bài viết"),
    ];
    let is_current = |page: &DeskPage| {
        current.is_some_and(|c| std::mem::discriminant(c) == std::mem::discriminant(page))
    };
    let role = match frame.editor.role {
        Role::Editor => "biên tập",
        Role::Publisher => "công bố",
    };
    let body = html! {
        header class="desk-banner" {
            p class="desk-name" { a href=(DeskPage::TODAY) { "Bàn biên tập" } " " span { (frame.site.body_name) } }
            p class="desk-person" {
                (frame.editor.email) " (" (role) ")"
                @if let Some(access) = &frame.site.access { " · " a href=(access.logout_url()) { "Đăng xuất" } }
                " · " a href=(Route::Home) { "Xem cổng" }
            }
        }
        nav class="navigation" aria-label="Bàn biên tập" {
            ul {
                @for (page, label) in &items {
                    li { a href=(page) aria-current=[is_current(page).then_some("page")] { (label) } }
                }
            }
        }
        main id="noi_dung_chinh" tabindex="-1" { (main) }
    };
    shell(title, frame.site, &body)
}

/// The message that replaces a part of a page that could not be read.
pub const AWAY: &str = "Tạm thời chưa đọc được phần này; nguyên nhân có trong nhật ký.";

/// The message that an action was completed, for the top of the page to which the editor is redirected.
pub fn done_message(done: Option<Done>) -> Markup {
    let Some(done) = done else { return Markup::default() };
    let message = match done {
        Done::Synced => "Đã đồng bộ một lượt: danh sách và trang tìm kiếm theo các bài trong KV.",
        Done::NotSynced => {
            "Chưa đồng bộ được: một lượt khác đang chạy, hoặc có lỗi mà nhật ký ghi nguyên nhân."
        }
        Done::Started => "Đã đánh dấu đang xử lý.",
        Done::PassedOn => "Đã ghi là chuyển đi. Việc gửi cho đơn vị ấy vẫn do bạn làm.",
        Done::FoundNoSpam => "Đã bỏ nghi ngờ: ý kiến này đứng cùng các ý kiến khác.",
        Done::FoundSpam => "Đã xác nhận là rác: ý kiến này không còn trong danh sách chờ.",
        Done::Answered => "Đã gửi câu trả lời: người gửi đọc được trên biên nhận.",
        Done::AnswerChanged => "Đã sửa câu trả lời trên biên nhận.",
        Done::Released => "Đã công bố: mọi người đọc được trong vòng một phút.",
        Done::ReleaseChanged => "Đã sửa bản công bố: bản mới hiện ra trong vòng một phút.",
        Done::TakenBack => {
            "Đã thu hồi bản công bố: nó biến khỏi trang Hỏi đáp trong vòng một phút."
        }
        Done::IdentityErased => "Đã xóa thông tin người gửi.",
        Done::SubmissionErased => "Đã xóa cả ý kiến.",
        Done::CommentsAnswered => {
            "Đã lưu câu trả lời. Người đọc thấy nó khi và chừng nào toàn bộ trả lời được công bố."
        }
        Done::CommentsReleased => "Đã công bố: mọi người đọc được trong vòng một phút.",
        Done::CommentTakenBack => "Đã thôi công bố ý này; có thể đã có người đọc thấy.",
        Done::AnswersReleased => {
            "Đã đặt lịch công bố: mười phút nữa trả lời hiện ra với mọi người."
        }
        Done::AnswersHeldBack => "Đã thu hồi trước khi hiện ra: chưa người đọc nào thấy trả lời.",
        Done::AnswersTakenBack => "Đã thu hồi trả lời; có thể đã có người đọc thấy.",
    };
    let class = if done == Done::NotSynced { "desk-warning" } else { "desk-done" };
    html! { p class=(class) role="status" { (message) } }
}

/// Shows the values of a submitted form with their line breaks, to be read or copied. Empty values and the form token
/// are left out.
pub fn typed<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! {
        @for (name, value) in fields.filter(|(name, value)| *name != FORM_TOKEN && !value.is_empty()) {
            p { strong { (name) } }
            pre class="desk-typed" { (value) }
        }
    }
}
