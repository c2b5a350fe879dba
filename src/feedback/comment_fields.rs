//! The fields of the feedback form for comments on a draft: clause, text, and the capacity in which the sender writes,
//! such as "organisation".

use cong_core::addresses::Route;
use cong_core::consultation::{Capacity, Clause};
use cong_core::vietnamese::{grouped, truncate_at_word};
use maud::{Markup, html};

use super::comment::{CommentInput, MAX_COMMENTS};
use super::fields::{
    CAPACITY, COMMENT_CLAUSE, COMMENT_TEXT, COMMENTS_SHOWN, IS_NAMED, MAX_TEXT_CHARS,
};
use super::form_view::FeedbackPage;
use crate::web::{FieldChoice, FormField};

/// The maximum length of a clause's title in the form's list of clauses, in characters. A longer title is cut.
const MAX_OPTION_CHARS: usize = 110;

/// The fields for the comments: one group for each comment, and a button that sends the form to get one more group.
pub fn comments(page: &FeedbackPage<'_>) -> Markup {
    let count = page.typed.comments.len();
    html! {
        p class="hint" id=(COMMENT_TEXT.shared_hint) {
            "Nêu rõ đề nghị sửa thế nào và vì sao. Tất cả cộng lại nhiều nhất " (grouped(MAX_TEXT_CHARS))
            " ký tự. Xin đừng ghi thông tin cá nhân trong nội dung: ý kiến sẽ được công bố cùng câu trả lời."
        }
        (COMMENTS_SHOWN.show(page.problems, &count.to_string()))
        @for (number, comment) in (1..).zip(&page.typed.comments) {
            fieldset class="comment-block" {
                legend { @if count > 1 { "Ý kiến " (number) } @else { "Ý kiến" } }
                (clause(page, number, comment))
                (COMMENT_TEXT.in_group(number).show(page.problems, &comment.text))
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
    let mut choices = vec![FieldChoice::new("", Clause::WHOLE_LABEL)];
    // A clause that was chosen stays in the list, even if the draft no longer has it.
    if !comment.clause.is_empty() && page.clauses.iter().all(|clause| clause.id != comment.clause) {
        let is_unread = page.clauses.is_empty();
        let label = if is_unread {
            "(phần bạn đã chọn)"
        } else {
            "(phần không còn trong dự thảo)"
        };
        choices.push(FieldChoice::new(&comment.clause, label));
    }
    choices.extend(page.clauses.iter().map(|clause| {
        // Indentation is the only way in which a `select` can show that one clause is part of another.
        let indent = "\u{2003}".repeat(usize::from(clause.level.saturating_sub(2)));
        let title = truncate_at_word(&clause.title, MAX_OPTION_CHARS);
        FieldChoice::new(&clause.id, format!("{indent}{title}"))
    }));
    let field = FormField { choices: &choices, ..COMMENT_CLAUSE.in_group(number) };
    field.show(page.problems, &comment.clause)
}

/// The fields for the capacity in which the sender writes, and for whether the sender's name may be shown.
pub fn about_sender(page: &FeedbackPage<'_>) -> Markup {
    let capacities = Capacity::ALL.map(|capacity| FieldChoice {
        note: match capacity {
            Capacity::Organisation => "(khi ấy cần tên tổ chức)",
            _ => "",
        },
        ..FieldChoice::new(capacity.code(), capacity.label())
    });
    let [individual, organisation] =
        [Capacity::Individual, Capacity::Organisation].map(Capacity::label);
    let note = format!(
        "Không đánh dấu: chỉ ghi “{individual}” hoặc “{organisation}”. Tên thôi hiện khi thông tin cá nhân được xóa."
    );
    let named = if page.typed.is_named { "1" } else { "" };
    html! {
        p class="hint" {
            "Địa chỉ, điện thoại, thư điện tử không bao giờ hiện công khai; chỉ người tổng hợp được xem. "
            a href=(Route::Privacy) { "Quyền riêng tư" }
        }
        (FormField { choices: &capacities, ..CAPACITY }.show(page.problems, page.typed.capacity.code()))
        (FormField { note: &note, ..IS_NAMED }.show(page.problems, named))
    }
}
