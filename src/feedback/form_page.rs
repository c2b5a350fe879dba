//! The page with the feedback form. A form that is shown again still has everything that was typed.

use cong_core::addresses::{About, Route};
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::comment_fields::{about_sender, comments};
use super::fields::{
    ABOUT, ADDRESS, CONSENT, EMAIL, FORM_TOKEN, KIND, NAME, PHONE, SUBJECT, TEXT, is_required,
};
use super::form_view::FeedbackPage;
use super::receipt::other_ways;
use crate::layout::{Frame, Head, foreign, layout};
use crate::site::Site;
use crate::web::{FieldChoice, FormField};

pub fn feedback_page(frame: Frame<'_>, page: &FeedbackPage<'_>) -> Markup {
    let typed = page.typed;
    let is_comment = typed.is_comment();
    let title = if is_comment { "Góp ý dự thảo" } else { "Góp ý" };
    let main = html! {
        h1 { (title) }
        @if let Some(notice) = page.notice {
            @let (heading, text) = notice.texts();
            section class="problems" role="alert" aria-labelledby="thong_bao" {
                h2 id="thong_bao" { (heading) }
                p {
                    (text)
                    @if page.with_form && notice.is_of_the_draft() {
                        " Nội dung bạn viết vẫn còn nguyên bên dưới để bạn chép lại."
                    }
                }
            }
        }
        (page.problems.summary(&format!("Chưa gửi được: còn {} chỗ cần sửa", page.problems.len())))
        @if let Some((slug, article)) = page.about {
            p {
                @if is_comment { "Về dự thảo: " } @else { "Về bài: " }
                a href=(Route::article(slug)) lang=[foreign(&article.lang)] { (article.title) }
            }
            @if let Some(consultation) = article.consultation.as_ref().filter(|_| is_comment && page.with_form) {
                p {
                    "Nhận góp ý đến " strong { (consultation.closes.hour_and_date()) }
                    ", giờ Việt Nam. Đơn vị tổng hợp: " (consultation.unit) "."
                }
            }
        }
        @if page.with_form { (form(page, frame.site)) }
        (other_ways(frame.site))
    };
    let draft = page.about.filter(|_| is_comment).map(|(slug, _)| Route::Feedback {
        about: Some(About::Draft { slug: slug.to_owned(), clause: None }),
    });
    let description = format!(
        "Gửi góp ý, câu hỏi hoặc phản ánh tới {}, không cần tài khoản; mỗi lần gửi có một mã biên nhận.",
        frame.site.body_name
    );
    layout(
        frame,
        Head {
            title,
            description: Some(&description),
            route: Some(&draft.unwrap_or(Route::FEEDBACK)),
        },
        main,
    )
}

fn form(page: &FeedbackPage<'_>, site: &Site) -> Markup {
    let typed = page.typed;
    let is_comment = typed.is_comment();
    html! {
        p {
            @if is_comment { "Không cần tài khoản, không bắt buộc cho biết tên. " } @else { "Không cần tài khoản. Bạn không phải cho biết mình là ai, trừ khi gửi phản ánh, kiến nghị về "
            "quy định hành chính. " }
            "Gửi xong, bạn nhận được một mã biên nhận. Đã gửi rồi? "
            a href=(Route::Lookup) { "Tra cứu ý kiến đã gửi" } "."
        }
        form class="form" method="post" action=(Route::FEEDBACK) novalidate {
            (FORM_TOKEN.show(page.problems, &typed.form_token))
            (ABOUT.show(page.problems, &typed.about))
            @if is_comment {
                (FormField::hidden(KIND.name).show(page.problems, &typed.kind))
                (comments(page))
            } @else {
                (kinds(page))
                (field(page, SUBJECT, &typed.subject))
                (text(page))
            }
            fieldset {
                legend { "Thông tin của bạn" }
                @if is_comment {
                    (about_sender(page))
                } @else {
                    p class="hint" {
                        "Chỉ người xử lý ý kiến được xem, không bao giờ hiện công khai. "
                        a href=(Route::Privacy) { "Quyền riêng tư" }
                    }
                }
                (field(page, NAME, &typed.name))
                (field(page, ADDRESS, &typed.address))
                (field(page, PHONE, &typed.phone))
                (field(page, EMAIL, &typed.email))
                (consent(page, &site.body_name))
            }
            (trap())
            @if let Some(turnstile) = &site.turnstile { (robot_check(&turnstile.site_key)) }
            button class="button" type="submit" { "Gửi" }
        }
    }
}

/// A field that is hidden from people, so that only robots fill it in (a honeypot). A submission with a value in it is
/// stored, but marked as suspicious.
fn trap() -> Markup {
    html! {
        div class="trap" aria-hidden="true" {
            label for="trang_web" { "Trang web (xin để trống)" }
            input type="text" id="trang_web" name="trang_web" tabindex="-1" autocomplete="off";
        }
    }
}

fn robot_check(site_key: &str) -> Markup {
    html! {
        noscript {
            p class="problem" {
                "Để gửi biểu mẫu này, trình duyệt phải chạy được JavaScript. Nếu không, xin gửi theo các cách "
                "khác ở cuối trang."
            }
        }
        div class="cf-turnstile" data-sitekey=(site_key) data-language="vi" {}
        script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async defer {}
    }
}

fn kinds(page: &FeedbackPage<'_>) -> Markup {
    let kinds = SubmissionKind::CHOICES.map(|kind| FieldChoice::new(kind.code(), kind.label()));
    FormField { choices: &kinds, ..KIND }.show(page.problems, &page.typed.kind)
}

/// The note after a field's label that says which kinds of submission require the field; empty if all kinds do.
fn requirement(page: &FeedbackPage<'_>, field: &FormField<'_>) -> String {
    let requires = |kind: &SubmissionKind| is_required(field, *kind);
    if page.typed.is_comment() {
        let is_required = requires(&SubmissionKind::DraftComment);
        return if is_required { String::new() } else { "(không bắt buộc)".to_owned() };
    }
    let (requiring, free): (Vec<_>, Vec<_>) =
        SubmissionKind::CHOICES.into_iter().partition(requires);
    let quoted = |kinds: &[SubmissionKind]| {
        kinds.iter().map(|kind| format!("“{}”", kind.label())).collect::<Vec<_>>().join(", ")
    };
    match requiring.len() {
        0 => "(không bắt buộc)".to_owned(),
        _ if free.is_empty() => String::new(),
        1 => format!("(chỉ bắt buộc với {})", quoted(&requiring)),
        _ => format!("(không bắt buộc với {})", quoted(&free)),
    }
}

/// A field of the form, with the note that says which kinds of submission require it.
fn field(page: &FeedbackPage<'_>, field: FormField<'_>, typed: &str) -> Markup {
    let note = requirement(page, &field);
    FormField { note: &note, ..field }.show(page.problems, typed)
}

fn text(page: &FeedbackPage<'_>) -> Markup {
    let max = grouped(TEXT.max_chars);
    let hint = format!(
        "Nhiều nhất {max} ký tự. Xin đừng ghi thông tin cá nhân của người khác. Ý kiến có thể được công bố cùng câu trả lời, \
         sau khi bỏ những gì cho biết ai là người gửi."
    );
    field(page, FormField { hint: &hint, ..TEXT }, &page.typed.text)
}

fn consent(page: &FeedbackPage<'_>, body_name: &str) -> Markup {
    let label = format!(
        "Tôi đồng ý để {body_name} lưu các thông tin cá nhân đã điền ở trên, chỉ để xem xét và trả lời ý kiến này."
    );
    let typed = if page.typed.consent { "1" } else { "" };
    FormField { label: &label, ..CONSENT }.show(page.problems, typed)
}
