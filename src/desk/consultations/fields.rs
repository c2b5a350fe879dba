//! The fields of an answer, and what was typed into them if the page no longer has the form.

use cong_core::ledger::Decision;
use maud::{Markup, html};

use super::input::{ANSWER, AnswerInput, CHANGED, DECISION};
use crate::web::{FieldChoice, FormField, FormProblems};

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
pub fn answer_fields(typed: &AnswerInput, problems: &FormProblems) -> Markup {
    let decisions =
        Decision::ALL.map(|decision| FieldChoice::new(decision.code(), decision.label()));
    html! {
        (FormField { choices: &decisions, ..DECISION }.show(problems, &typed.decision))
        (ANSWER.show(problems, &typed.answer))
        (CHANGED.show(problems, &typed.changed))
    }
}
