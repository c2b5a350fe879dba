//! The page of the feedback form. If the form is shown again, it still has everything that was typed.

use cong_core::addresses::{About, Route};
use cong_core::submission::SubmissionKind;
use cong_core::vietnamese::grouped;
use maud::{Markup, html};

use super::comment_fields::{about_sender, comments};
use super::field::{Field, FieldProblem};
use super::form_view::{FeedbackPage, message, problem_id, problem_of};
use super::input::MAX_TEXT_CHARS;
use super::receipt::other_ways;
use crate::layout::{Frame, Head, foreign, layout};
use crate::site::Site;

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
        @if !page.problems.is_empty() { (summary(page.problems)) }
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
            input type="hidden" name="ma_phieu" value=(typed.form_token);
            input type="hidden" name="bai" value=(typed.about);
            @if is_comment {
                input type="hidden" name=(Field::Kind.name()) value=(typed.kind);
            } @else {
                (kinds(page))
            }
            @if is_comment {
                (comments(page))
            } @else {
                (line(page, Field::Subject, "Tiêu đề", &typed.subject, None))
                (text(page))
            }
            fieldset {
                legend { "Thông tin của bạn" }
                @if is_comment {
                    (about_sender(typed))
                } @else {
                    p class="hint" {
                        "Chỉ người xử lý ý kiến được xem, không bao giờ hiện công khai. "
                        a href=(Route::Privacy) { "Quyền riêng tư" }
                    }
                }
                (line(page, Field::Name, "Họ tên hoặc tên tổ chức", &typed.name, Some("name")))
                (line(page, Field::Address, "Địa chỉ", &typed.address, Some("address-line1")))
                (line(page, Field::Phone, "Điện thoại", &typed.phone, Some("tel")))
                (line(page, Field::Email, "Thư điện tử", &typed.email, Some("email")))
                (consent(page, &site.body_name))
            }
            (trap())
            @if let Some(turnstile) = &site.turnstile { (robot_check(&turnstile.site_key)) }
            button class="button" type="submit" { "Gửi" }
        }
    }
}

/// A hidden field that only robots fill in (a honeypot). Submissions with a value in it are stored, but flagged.
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

/// The list of all problems at the head of the page, with links to their fields.
fn summary(problems: &[FieldProblem]) -> Markup {
    html! {
        section class="problems" role="alert" aria-labelledby="can_sua" {
            h2 id="can_sua" { "Chưa gửi được: còn " (problems.len()) " chỗ cần sửa" }
            ul {
                @for problem in problems {
                    li { a href=(format!("#{}", problem.field.name())) { (problem.message) } }
                }
            }
        }
    }
}

fn kinds(page: &FeedbackPage<'_>) -> Markup {
    let has_problem = problem_of(page, Field::Kind).is_some();
    html! {
        fieldset class=[has_problem.then_some("has-problem")]
            aria-describedby=[has_problem.then(|| problem_id(Field::Kind))] {
            legend { "Loại ý kiến" }
            (message(page, Field::Kind))
            @for (position, kind) in SubmissionKind::CHOICES.into_iter().enumerate() {
                // The first radio button has the id of the field, so that the link in the list of problems leads to
                // it.
                @let id = match position {
                    0 => Field::Kind.name().into_owned(),
                    _ => format!("{}_{}", Field::Kind.name(), kind.code()),
                };
                div class="choice" {
                    input type="radio" id=(id) name=(Field::Kind.name()) value=(kind.code())
                        checked[page.typed.kind == kind.code()];
                    label for=(id) { (kind.label()) }
                }
            }
        }
    }
}

/// The note beside a field's label that says which kinds require it. The rules are in `feedback`.
fn requirement(page: &FeedbackPage<'_>, field: Field) -> Option<String> {
    if let Some(kind) =
        SubmissionKind::from_code(&page.typed.kind).filter(|k| *k == SubmissionKind::DraftComment)
    {
        return (!field.is_required_for(kind)).then(|| "không bắt buộc".to_owned());
    }
    let requiring: Vec<_> = SubmissionKind::CHOICES
        .into_iter()
        .filter(|kind| field.is_required_for(*kind))
        .map(SubmissionKind::label)
        .collect();
    match requiring.len() {
        0 => Some("không bắt buộc".to_owned()),
        all if all == SubmissionKind::CHOICES.len() => None,
        1 => Some(format!("chỉ bắt buộc với “{}”", requiring.concat())),
        _ => {
            let free: Vec<_> = SubmissionKind::CHOICES
                .into_iter()
                .filter(|kind| !field.is_required_for(*kind))
                .map(|kind| format!("“{}”", kind.label()))
                .collect();
            Some(format!("không bắt buộc với {}", free.join(", ")))
        }
    }
}

fn label(page: &FeedbackPage<'_>, field: Field, text: &str) -> Markup {
    html! {
        label for=(field.name()) {
            (text)
            @if let Some(requirement) = requirement(page, field) {
                " " span class="hint" { "(" (requirement) ")" }
            }
        }
    }
}

fn line(
    page: &FeedbackPage<'_>,
    field: Field,
    label_text: &str,
    value: &str,
    autocomplete: Option<&str>,
) -> Markup {
    let has_problem = problem_of(page, field).is_some();
    let input_type = match field {
        Field::Phone => "tel",
        Field::Email => "email",
        _ => "text",
    };
    html! {
        div class={ "field" @if has_problem { " has-problem" } } {
            (label(page, field, label_text))
            (message(page, field))
            input type=(input_type) id=(field.name()) name=(field.name()) value=(value)
                autocomplete=[autocomplete]
                aria-invalid=[has_problem.then_some("true")]
                aria-describedby=[has_problem.then(|| problem_id(field))];
        }
    }
}

pub fn text(page: &FeedbackPage<'_>) -> Markup {
    let field = Field::Text;
    let has_problem = problem_of(page, field).is_some();
    html! {
        div class={ "field" @if has_problem { " has-problem" } } {
            (label(page, field, "Nội dung"))
            p class="hint" id="noi_dung_goi_y" {
                "Nhiều nhất " (grouped(MAX_TEXT_CHARS)) " ký tự. Xin đừng ghi thông tin cá nhân của người khác. Ý kiến có thể được công bố cùng câu trả lời, "
                "sau khi bỏ những gì cho biết ai là người gửi."
            }
            (message(page, field))
            textarea id=(field.name()) name=(field.name()) rows="10"
                aria-invalid=[has_problem.then_some("true")]
                aria-describedby=(if has_problem { format!("noi_dung_goi_y {}", problem_id(field)) }
                    else { "noi_dung_goi_y".to_owned() }) {
                // Browsers drop a line break right after the start tag.
                "\n" (page.typed.text)
            }
        }
    }
}

fn consent(page: &FeedbackPage<'_>, body_name: &str) -> Markup {
    let field = Field::Consent;
    let has_problem = problem_of(page, field).is_some();
    html! {
        div class={ "choice" @if has_problem { " has-problem" } } {
            (message(page, field))
            input type="checkbox" id=(field.name()) name=(field.name()) value="1"
                checked[page.typed.consent]
                aria-invalid=[has_problem.then_some("true")]
                aria-describedby=[has_problem.then(|| problem_id(field))];
            label for=(field.name()) {
                "Tôi đồng ý để " (body_name) " lưu các thông tin cá nhân đã điền ở trên, chỉ để xem xét và trả lời ý kiến này."
            }
        }
    }
}
