//! The desk's page that makes a question public with its answer. It shows the submission beside the public version, and
//! lists the parts of the public version that may identify the sender, such as a name or a telephone number.

use cong_core::addresses::{DeskPage, SubmissionStep};
use maud::{Markup, html};

use super::answer;
use super::dossier::Dossier;
use crate::desk::layout::{DeskFrame, FormErrors, desk_layout, version_field};
use crate::desk::redaction::{BLACKED_OUT, Detail};
use crate::feedback::{MAX_TEXT_CHARS, Question, question_body};
use crate::layout::as_written;
use crate::web::{FieldChoice, FormField};

pub const SUBJECT: FormField<'_> = FormField {
    missing: "Hãy ghi tiêu đề.",
    ..FormField::line("tieu_de", "Tiêu đề công bố")
};

pub const TEXT: FormField<'_> = FormField {
    missing: "Hãy ghi câu hỏi.",
    max_chars: MAX_TEXT_CHARS,
    ..FormField::text("cau_hoi", "Câu hỏi công bố", 10)
};

pub const ANSWER: FormField<'_> = FormField {
    missing: "Hãy ghi câu trả lời.",
    max_chars: answer::ANSWER.max_chars,
    ..FormField::text("cau_tra_loi", "Câu trả lời công bố", 10)
};

pub const CATEGORY: FormField<'_> = FormField {
    hint: "Không bắt buộc. Chọn một lĩnh vực đã có, hoặc ghi tên mới.",
    max_chars: 100,
    ..FormField::line("linh_vuc", "Lĩnh vực")
};

pub const IS_CHECKED: FormField<'_> = FormField {
    missing: "Hãy bỏ những chỗ có thể là thông tin cá nhân nêu dưới đây, hoặc đánh dấu là đã kiểm tra.",
    ..FormField::tick("da_kiem_tra", "Tôi đã kiểm tra: những chỗ này được phép công bố")
};

/// The public version of a question with its answer, as the editor typed it.
#[derive(Clone, Debug, Default)]
pub struct ReleaseInput {
    pub subject: String,
    pub text: String,
    pub answer: String,
    pub category: String,
    /// Whether the editor has confirmed that the listed parts, which may be personal data, were checked.
    pub is_checked: bool,
}

/// A part of the public version that may identify the sender, such as a name or a telephone number.
pub struct Shown {
    /// The label of the form field that contains the part.
    pub place: &'static str,
    pub detail: Detail,
    pub text: String,
}

pub struct ReleasePage<'a> {
    pub dossier: &'a Dossier,
    pub typed: &'a ReleaseInput,
    pub shown: &'a [Shown],
    pub categories: &'a [String],
    pub is_preview: bool,
    pub again: &'a FormErrors,
}

pub fn release_page(frame: &DeskFrame<'_>, page: &ReleasePage<'_>) -> Markup {
    let ReleasePage { dossier, again, .. } = page;
    let title = format!("Công bố ý kiến số {}", dossier.id);
    let main = html! {
        (again.head())
        p { a href=(DeskPage::submission(dossier.id)) { "‹ Ý kiến số " (dossier.id) } }
        h1 { (title) }
        @if let (false, Some(current)) = (again.changed.is_empty(), &dossier.released) {
            section {
                h2 { "Bản công bố hiện nay" }
                div class="desk-original" {
                    p { strong { (current.subject) } }
                    (as_written(&current.text))
                    (as_written(&current.answer))
                }
            }
        }
        @if page.is_preview { (preview(frame, page)) }
        @if dossier.can_be_released() {
            p {
                "Mọi người đọc được ở trang Hỏi đáp, không nêu tên người gửi. Những gì giống thông tin cá nhân đã được "
                "thay bằng " code { (BLACKED_OUT) } "; máy có thể bỏ sót, hãy đọc kỹ."
            }
            (form(frame, page))
            @if dossier.released.is_some() { (taking_back(frame, dossier)) }
        } @else {
            p class="desk-warning" { "Chỉ công bố được ý kiến đã trả lời, không phải góp ý dự thảo." }
            @for text in [&page.typed.subject, &page.typed.text, &page.typed.answer] {
                @if !text.is_empty() { pre class="desk-typed" { (text) } }
            }
        }
    };
    desk_layout(frame, Some(&DeskPage::submissions()), &title, &main)
}

fn preview(frame: &DeskFrame<'_>, page: &ReleasePage<'_>) -> Markup {
    let ReleaseInput { subject, text, answer, category, .. } = page.typed.clone();
    let released_at = page.dossier.released.as_ref().map_or(frame.now, |old| old.released_at);
    let question = Question {
        id: page.dossier.id,
        subject,
        text,
        answer,
        category,
        received_at: page.dossier.received_at,
        released_at,
        changed_at: frame.now,
    };
    html! {
        section class="desk-preview" aria-labelledby="xem_truoc" {
            h2 id="xem_truoc" { "Xem trước: mọi người sẽ thấy" }
            article class="question" {
                h3 { (question.subject) }
                (question_body(frame.site, &question))
            }
        }
    }
}

fn form(frame: &DeskFrame<'_>, page: &ReleasePage<'_>) -> Markup {
    let ReleasePage { dossier, typed, again, categories, .. } = page;
    let problems = &again.problems;
    let categories: Vec<_> =
        categories.iter().map(|category| FieldChoice::new(category, "")).collect();
    let given = dossier.answer.as_ref().map_or("", |answer| answer.text.as_str());
    let address = DeskPage::step(dossier.id, SubmissionStep::Release);
    html! {
        form class="form desk-wide" action=(address) method="post" {
            (frame.token_field())
            (version_field(dossier.version()))
            (beside("Tiêu đề đã gửi", &dossier.subject, &SUBJECT.show(problems, &typed.subject)))
            (beside("Nội dung đã gửi", &dossier.text, &TEXT.show(problems, &typed.text)))
            (beside("Câu trả lời đã gửi", given, &ANSWER.show(problems, &typed.answer)))
            (FormField { choices: &categories, ..CATEGORY }.show(problems, &typed.category))
            @if !page.shown.is_empty() {
                section class="desk-warning" {
                    h2 { "Còn những chỗ có thể là thông tin cá nhân" }
                    ul {
                        @for shown in page.shown {
                            li { (shown.place) ": " (shown.detail.label()) " “" strong { (shown.text) } "”" }
                        }
                    }
                    (IS_CHECKED.show(problems, if typed.is_checked { "1" } else { "" }))
                }
            }
            div class="desk-buttons" {
                button class="button quiet" type="submit" name="xem" value="1" { "Xem trước" }
                button class="button" type="submit" {
                    @if dossier.released.is_some() { "Lưu bản công bố" } @else { "Công bố" }
                }
            }
        }
    }
}

fn beside(label: &str, original: &str, field: &Markup) -> Markup {
    html! {
        div class="desk-beside" {
            div {
                h2 class="desk-small" { (label) }
                div class="desk-original" {
                    @if original.is_empty() { p { "(không có)" } } @else { (as_written(original)) }
                }
            }
            (field)
        }
    }
}

fn taking_back(frame: &DeskFrame<'_>, dossier: &Dossier) -> Markup {
    html! {
        section {
            h2 { "Thu hồi" }
            p { "Bản công bố biến khỏi trang Hỏi đáp trong vòng một phút. Câu trả lời trên biên nhận của người gửi vẫn còn." }
            form action=(DeskPage::step(dossier.id, SubmissionStep::Release)) method="post" {
                (frame.token_field())
                (version_field(dossier.version()))
                input type="hidden" name="viec" value="thu-hoi";
                button class="button quiet" type="submit" { "Thu hồi bản công bố" }
            }
        }
    }
}
