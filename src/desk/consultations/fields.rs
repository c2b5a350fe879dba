//! The form fields of an answer and of a public text, with their error messages.

use cong_core::ledger::Decision;
use maud::{Markup, html};

use super::input::{AnswerInput, AnswerProblem};

/// The list of all problems at the head of the page, with links to their fields.
pub fn summary(problems: &[AnswerProblem]) -> Markup {
    html! {
        @if !problems.is_empty() {
            section class="problems" role="alert" aria-labelledby="can_sua" {
                h2 id="can_sua" { "Chưa lưu: có chỗ cần sửa" }
                ul {
                    @for problem in problems {
                        li { a href={ "#" (problem.field()) } { (problem.message()) } }
                    }
                }
            }
        }
    }
}

/// The error messages beside the field with this id.
pub fn message(problems: &[AnswerProblem], field: &str) -> Markup {
    html! {
        @for problem in of(problems, field) {
            p class="problem" id={ "loi_" (field) } { (problem.message()) }
        }
    }
}

fn of<'a>(problems: &'a [AnswerProblem], field: &str) -> impl Iterator<Item = &'a AnswerProblem> {
    problems.iter().filter(move |problem| problem.field() == field)
}

/// The values of the attributes `aria-invalid` and `aria-describedby` of a field.
pub fn invalid(problems: &[AnswerProblem], field: &str) -> (Option<&'static str>, Option<String>) {
    let is_invalid = of(problems, field).next().is_some();
    (is_invalid.then_some("true"), is_invalid.then(|| format!("loi_{field}")))
}

/// A typed answer, to be copied, if the page no longer has the form; nothing if none was typed.
pub fn typed_before(typed: &AnswerInput) -> Markup {
    let lines = [&typed.answer, &typed.changed].into_iter().filter(|line| !line.is_empty());
    html! {
        @for (index, line) in lines.enumerate() {
            @if index == 0 { h3 { "Nội dung bạn đã gõ, chưa được lưu" } }
            pre class="desk-typed" { (line) }
        }
    }
}

/// The fields for the decision, the answer, and the place where the draft was changed.
pub fn answer_fields(typed: &AnswerInput, problems: &[AnswerProblem]) -> Markup {
    let class_of =
        |field| if of(problems, field).next().is_some() { "field has-problem" } else { "field" };
    let (answer_invalid, answer_described) = invalid(problems, "tra_loi");
    let (changed_invalid, changed_described) = invalid(problems, "da_sua");
    let (_, decision_described) = invalid(problems, "ket_qua");
    html! {
        fieldset id="ket_qua" tabindex="-1" class=(class_of("ket_qua")) aria-describedby=[decision_described] {
            legend { "Kết quả" }
            (message(problems, "ket_qua"))
            @for decision in Decision::ALL {
                @let id = format!("ket_qua_{}", decision.code());
                div class="choice" {
                    input type="radio" id=(id) name="ket_qua" value=(decision.code())
                        checked[typed.decision == decision.code()];
                    label for=(id) { (decision.label()) }
                }
            }
        }
        div class=(class_of("tra_loi")) {
            label for="tra_loi" { "Câu trả lời" }
            (message(problems, "tra_loi"))
            textarea id="tra_loi" name="tra_loi" rows="6" aria-invalid=[answer_invalid]
                aria-describedby=[answer_described] { "\n" (typed.answer) }
        }
        div class=(class_of("da_sua")) {
            label for="da_sua" {
                "Đã sửa tại "
                span class="hint" { "(không bắt buộc; ví dụ: Điều 5 khoản 2)" }
            }
            (message(problems, "da_sua"))
            input type="text" id="da_sua" name="da_sua" value=(typed.changed) autocomplete="off"
                aria-invalid=[changed_invalid] aria-describedby=[changed_described];
        }
    }
}
