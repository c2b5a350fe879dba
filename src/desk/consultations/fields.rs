//! The form fields of an answer to comments, and a read-only view of what an editor has typed into them.

use cong_core::ledger::Decision;
use maud::{Markup, html};

use super::input::{ANSWER, AnswerInput, CHANGED, DECISION};
use crate::web::{FieldChoice, FormField, FormProblems};

/// Shows an answer that the editor typed into a form that the page no longer offers, so that the editor can copy it.
/// Shows nothing if no answer was typed.
pub fn typed_before(typed: &AnswerInput) -> Markup {
    let lines = [&typed.answer, &typed.changed].into_iter().filter(|line| !line.is_empty());
    html! {
        @for (index, line) in lines.enumerate() {
            @if index == 0 { h3 { "Nội dung bạn đã gõ, chưa được lưu" } }
            pre class="desk-typed" { (line) }
        }
    }
}

/// Shows the form fields for the decision, the answer, and the place in the draft that was changed.
pub fn answer_fields(typed: &AnswerInput, problems: &FormProblems) -> Markup {
    let decisions =
        Decision::ALL.map(|decision| FieldChoice::new(decision.code(), decision.label()));
    html! {
        (FormField { choices: &decisions, ..DECISION }.show(problems, &typed.decision))
        (ANSWER.show(problems, &typed.answer))
        (CHANGED.show(problems, &typed.changed))
    }
}
