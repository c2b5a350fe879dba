//! "Thông tin này có ích không?": the form under an article, and where it leads.

use maud::{Markup, html};

use super::layout::{Frame, Head, layout};
use super::parts::foreign;
use crate::feedback::{MAX_REMARK_CHARS, TypedRating};
use crate::routes::Route;

pub struct RatingPage<'a> {
    /// The article's.
    pub slug: &'a str,
    pub title: &'a str,
    pub lang: &'a str,
    /// Why the rating was not taken, and what was typed; `None` once it was.
    pub again: Option<(RatingNotice, &'a TypedRating)>,
}

/// Why a rating was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatingNotice {
    NoButton,
    TooLong,
    TooMany,
    NotStored,
}

impl RatingNotice {
    pub fn status(self) -> u16 {
        match self {
            Self::NoButton | Self::TooLong => 422,
            Self::TooMany => 429,
            Self::NotStored => 503,
        }
    }

    fn message(self) -> String {
        match self {
            Self::NoButton => "Hãy bấm một trong hai nút.".to_owned(),
            Self::TooLong => {
                format!("Nhận xét dài quá {MAX_REMARK_CHARS} ký tự; hãy rút gọn rồi bấm lại.")
            }
            Self::TooMany => {
                "Từ mạng của bạn vừa có quá nhiều lần đánh giá. Xin đợi một phút rồi bấm lại."
                    .to_owned()
            }
            Self::NotStored => {
                "Hệ thống tạm thời không lưu được. Xin đợi một phút rồi bấm lại.".to_owned()
            }
        }
    }
}

pub fn rating(frame: Frame<'_>, page: &RatingPage<'_>) -> Markup {
    let title = if page.again.is_some() {
        "Đánh giá bài viết"
    } else {
        "Cảm ơn bạn đã đánh giá"
    };
    let article = html! {
        a href=(Route::article(page.slug)) lang=[foreign(page.lang)] { (page.title) }
    };
    let main = html! {
        h1 { (title) }
        @match page.again {
            Some((notice, typed)) => {
                section class="problems" role="alert" aria-labelledby="thong_bao" {
                    h2 id="thong_bao" { "Chưa ghi nhận được" }
                    p {
                        @if notice == RatingNotice::TooLong { a href="#nhan_xet" { (notice.message()) } }
                        @else { (notice.message()) }
                    }
                }
                p { "Về bài: " (article) }
                (rating_form(page.slug, &typed.remark, notice == RatingNotice::TooLong))
            },
            None => {
                p { "Đánh giá chỉ dùng để cải thiện nội dung, không ghi lại ai đã đánh giá và không được trả lời." }
                p {
                    "Nếu cần câu trả lời, hãy " a href=(Route::FEEDBACK) { "gửi góp ý" }
                    " để có mã biên nhận."
                }
                p { "Quay lại bài: " (article) }
            },
        }
    };
    layout(frame, Head { title, description: None, route: None }, main)
}

/// The same on every copy of a page, so that it works on one from a cache.
pub fn rating_form(slug: &str, remark: &str, is_too_long: bool) -> Markup {
    html! {
        form class="form rating" lang="vi" method="post"
            action=(Route::Rating { slug: slug.to_owned() }) aria-labelledby="co_ich_khong" {
            h2 id="co_ich_khong" { "Thông tin này có ích không?" }
            div class={ "field" @if is_too_long { " has-problem" } } {
                label for="nhan_xet" { "Nhận xét thêm " span class="hint" { "(không bắt buộc; xin đừng ghi thông tin cá nhân)" } }
                @if is_too_long {
                    p class="problem" id="nhan_xet_loi" {
                        span class="visually-hidden" { "Lỗi: " } (RatingNotice::TooLong.message())
                    }
                }
                textarea id="nhan_xet" name="nhan_xet" rows="2"
                    aria-invalid=[is_too_long.then_some("true")]
                    aria-describedby=[is_too_long.then_some("nhan_xet_loi")] { "\n" (remark) }
            }
            button class="button quiet" type="submit" name="co_ich" value="co" { "Có ích" }
            " "
            button class="button quiet" type="submit" name="co_ich" value="khong" { "Chưa có ích" }
        }
    }
}
