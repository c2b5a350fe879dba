//! The fields of the feedback form for comments on a draft: the clause, the comment, the capacity of the sender.

use cong_core::addresses::Route;
use cong_core::consultation::{Capacity, Clause};
use cong_core::vietnamese::{grouped, truncate_at_word};
use maud::{Markup, html};

use super::comment::{CommentInput, MAX_COMMENTS};
use super::field::{CommentField, Field};
use super::form_view::{FeedbackPage, message, problem_id, problem_of};
use super::input::{FeedbackInput, MAX_TEXT_CHARS};

/// The length at which a clause's title is cut in the list of choices, in characters.
const MAX_OPTION_CHARS: usize = 110;

/// A group of fields for each comment, and a button that adds another group without sending the submission.
pub fn comments(page: &FeedbackPage<'_>) -> Markup {
    let count = page.typed.comments.len();
    html! {
        p class="hint" id="goi_y_gop_y" {
            "Nêu rõ đề nghị sửa thế nào và vì sao. Tất cả cộng lại nhiều nhất " (grouped(MAX_TEXT_CHARS))
            " ký tự. Xin đừng ghi thông tin cá nhân trong nội dung: ý kiến sẽ được công bố cùng câu trả lời."
        }
        input type="hidden" name="so_y_kien" value=(count);
        @for (number, comment) in (1..).zip(&page.typed.comments) {
            fieldset class="comment-block" {
                legend { @if count > 1 { "Ý kiến " (number) } @else { "Ý kiến" } }
                (clause(page, number, comment))
                (text(page, number, comment))
            }
        }
        @if count < MAX_COMMENTS {
            p {
                button class="button quiet" type="submit" name="them" value="1" {
                    "Thêm ý kiến về điều khoản khác"
                }
            }
        }
    }
}

fn clause(page: &FeedbackPage<'_>, number: usize, comment: &CommentInput) -> Markup {
    let field = Field::Comment(number, CommentField::Clause);
    let has_problem = problem_of(page, field).is_some();
    let is_known = |id: &str| page.clauses.iter().any(|clause| clause.id == id);
    html! {
        div class={ "field" @if has_problem { " has-problem" } } {
            label for=(field.name()) { "Góp ý về" }
            (message(page, field))
            select id=(field.name()) name=(field.name())
                aria-invalid=[has_problem.then_some("true")]
                aria-describedby=[has_problem.then(|| problem_id(field))] {
                option value="" { (Clause::WHOLE_LABEL) }
                // A chosen clause stays in the list, even if the draft no longer has it.
                @if !comment.clause.is_empty() && !is_known(&comment.clause) {
                    option value=(comment.clause) selected {
                        @if page.clauses.is_empty() { "(phần bạn đã chọn)" }
                        @else { "(phần không còn trong dự thảo)" }
                    }
                }
                @for clause in page.clauses {
                    option value=(clause.id) selected[clause.id == comment.clause] {
                        // Indentation is the only way in which a `select` can show that one clause is part of
                        // another.
                        @for _ in 2..clause.level { "\u{2003}" }
                        (truncate_at_word(&clause.title, MAX_OPTION_CHARS))
                    }
                }
            }
        }
    }
}

fn text(page: &FeedbackPage<'_>, number: usize, comment: &CommentInput) -> Markup {
    let field = Field::Comment(number, CommentField::Text);
    let has_problem = problem_of(page, field).is_some();
    html! {
        div class={ "field" @if has_problem { " has-problem" } } {
            label for=(field.name()) { "Nội dung ý kiến" }
            (message(page, field))
            textarea id=(field.name()) name=(field.name()) rows="7"
                aria-invalid=[has_problem.then_some("true")]
                aria-describedby=(if has_problem { format!("goi_y_gop_y {}", problem_id(field)) }
                    else { "goi_y_gop_y".to_owned() }) {
                // Browsers drop a line break right after the start tag.
                "\n" (comment.text)
            }
        }
    }
}

/// The fields for the sender's capacity, and for whether the name may be shown.
pub fn about_sender(typed: &FeedbackInput) -> Markup {
    html! {
        p class="hint" {
            "Địa chỉ, điện thoại, thư điện tử không bao giờ hiện công khai; chỉ người tổng hợp được xem. "
            a href=(Route::Privacy) { "Quyền riêng tư" }
        }
        fieldset {
            legend { "Góp ý với tư cách" }
            @for capacity in Capacity::ALL {
                @let id = format!("tu_cach_{}", capacity.code());
                div class="choice" {
                    input type="radio" id=(id) name="tu_cach" value=(capacity.code())
                        checked[typed.capacity == capacity];
                    label for=(id) {
                        (capacity.label())
                        @if capacity == Capacity::Organisation {
                            " " span class="hint" { "(khi ấy cần tên tổ chức)" }
                        }
                    }
                }
            }
        }
        div class="choice" {
            input type="checkbox" id="cong_khai_ten" name="cong_khai_ten" value="1" checked[typed.is_named];
            label for="cong_khai_ten" {
                "Hiện tên của tôi hoặc tổ chức khi công bố ý kiến. "
                span class="hint" {
                    "Không đánh dấu: chỉ ghi “" (Capacity::Individual.label()) "” hoặc “"
                    (Capacity::Organisation.label()) "”. Tên thôi hiện khi thông tin cá nhân được xóa."
                }
            }
        }
    }
}
